import { findFile } from '../ofd/location.ts'
import type { OfdPackage } from '../ofd/package.ts'
import { childrenOf, parseXml, type XmlElement } from '../xml.ts'

/** What the objects of a stamp refer to by ID. */
export interface StampResources {
  readonly drawParams: ReadonlyMap<string, XmlElement>
  /** Names of fonts. */
  readonly fonts: ReadonlyMap<string, string>
  /** The bytes of pictures within the picture. */
  readonly media: ReadonlyMap<string, Uint8Array>
}

/**
 * Reads resource files (GB/T 33190-2016 7.9).
 * @param paths absolute paths; a file that is not there is passed over, and what refers to it is then not drawn.
 * @throws PkiError STRUCTURE, TOO_LARGE, TOO_DEEP for XML that cannot be read.
 */
export function stampResources(files: OfdPackage, paths: readonly string[]): StampResources {
  const found = {
    drawParams: new Map<string, XmlElement>(),
    fonts: new Map<string, string>(),
    media: new Map<string, Uint8Array>(),
  }
  for (const path of paths) {
    const bytes = files.get(path)
    if (bytes === undefined) continue
    const root = parseXml(bytes)
    const folder = root.attributes.get('BaseLoc') ?? ''
    const each = (list: string, name: string) =>
      childrenOf(root, list)
        .flatMap((one) => childrenOf(one, name))
        .map((one) => [one.attributes.get('ID') ?? '', one] as const)
    for (const [id, element] of each('DrawParams', 'DrawParam')) found.drawParams.set(id, element)
    for (const [id, { attributes }] of each('Fonts', 'Font')) found.fonts.set(id, attributes.get('FontName') ?? '')
    for (const [id, element] of each('MultiMedias', 'MultiMedia')) {
      const location = childrenOf(element, 'MediaFile')[0]?.text ?? ''
      const file = findFile(files, path, `${folder}/${location}`) ?? findFile(files, path, location)
      const content = file === null ? undefined : files.get(file)
      if (content !== undefined) found.media.set(id, content)
    }
  }
  return found
}
