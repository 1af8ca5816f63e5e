import { PkiError } from '../error.ts'
import { childOf, childrenOf, parseXml, type XmlElement } from '../xml.ts'
import { type DocumentBody, documentBodies } from './document.ts'
import { legible } from './legible.ts'
import { findFile } from './location.ts'
import type { OfdPackage } from './package.ts'
import type { OfdSignature } from './read-signatures.ts'

/** What in a package speaks of a copy rather than of the document that was signed. */
export interface CopyTraces {
  /** Files of a signature that no list names: signatures were stripped from it. */
  readonly strippedSignatures: readonly string[]
  /** Who made the file, by its own word (`DocInfo`), where that is a converter or a printer. */
  readonly converter: string | null
  readonly printer: string | null
  /** Every page holds pictures and nothing else, as scans and renderings do. */
  readonly onlyPictures: boolean
}

const MAXIMUM_PAGES = 64
const MAXIMUM_SIGNATURE_FILE = 1024 * 1024

const PRINTERS = /print|scan|打印|扫描|影印/i
const CONVERTERS = /conver|转换|转版|pdf\s*(?:2|to)\s*ofd|ofd\s*(?:2|to)|ofdrw-converter/i

/**
 * Looks for traces of conversion, printing and scanning. The absence of traces proves nothing.
 * @throws PkiError STRUCTURE, TOO_LARGE, TOO_DEEP as `documentBodies` does.
 */
export function copyTraces(
  files: OfdPackage,
  signatures: readonly OfdSignature[],
  bodies: readonly DocumentBody[] = documentBodies(files),
): CopyTraces {
  const makers = bodies.map(makerOf)
  return {
    strippedSignatures: strippedSignatures(files, signatures),
    converter: makers.find((maker) => CONVERTERS.test(maker)) ?? null,
    printer: makers.find((maker) => PRINTERS.test(maker)) ?? null,
    onlyPictures: onlyPictures(files, bodies),
  }
}

/** `Creator` and `CreatorVersion` of DocInfo (GB/T 33190-2016 7.4). */
function makerOf({ element }: DocumentBody): string {
  const info = ifReadable(() => childOf(element, 'DocInfo'))
  const words = ['Creator', 'CreatorVersion'].flatMap((name) => childrenOf(info, name).map(({ text }) => text))
  return legible(words.join(' '))
}

function strippedSignatures(files: OfdPackage, signatures: readonly OfdSignature[]): readonly string[] {
  const listed = new Set(signatures.map(({ listed }) => listed.path))
  return [...files].filter(([path, bytes]) => !listed.has(path) && isSignatureFile(path, bytes)).map(([path]) => path)
}

function isSignatureFile(path: string, bytes: Uint8Array): boolean {
  if (!/\.xml$/i.test(path) || bytes.length > MAXIMUM_SIGNATURE_FILE || !Buffer.from(bytes).includes('SignedInfo')) return false
  const root = ifReadable(() => parseXml(bytes))
  return root?.name === 'Signature' && childrenOf(root, 'SignedInfo').length > 0
}

function onlyPictures(files: OfdPackage, bodies: readonly DocumentBody[]): boolean {
  const pages = bodies.flatMap((body) => pagesOf(files, body))
  return pages.length > 0 && pages.length <= MAXIMUM_PAGES && pages.every(holdsOnlyPictures)
}

/** The pages of a document; none when one of them cannot be read. */
function pagesOf(files: OfdPackage, { element }: DocumentBody): readonly XmlElement[] {
  const read = (holder: string, location: string) => {
    const path = findFile(files, holder, location)
    const bytes = path === null ? undefined : files.get(path)
    const root = bytes === undefined ? null : ifReadable(() => parseXml(bytes))
    return path === null || root === null ? null : { path, root }
  }
  const document = read('/OFD.xml', childrenOf(element, 'DocRoot')[0]?.text ?? '')
  if (document === null) return []
  const listed = childrenOf(document.root, 'Pages').flatMap((pages) => childrenOf(pages, 'Page'))
  if (listed.length > MAXIMUM_PAGES) return []
  const pages = listed.map(({ attributes }) => read(document.path, attributes.get('BaseLoc') ?? '')?.root ?? null)
  const found = pages.filter((page) => page !== null)
  return found.length === pages.length ? found : []
}

function holdsOnlyPictures(page: XmlElement): boolean {
  const names = new Set(namesIn(page))
  return names.has('ImageObject') && !names.has('TextObject') && !names.has('PathObject') && !names.has('Template')
}

function namesIn(root: XmlElement): readonly string[] {
  const names: string[] = []
  const waiting = [root]
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    names.push(element.name)
    for (const child of element.children) waiting.push(child)
  }
  return names
}

function ifReadable<Value>(read: () => Value | null): Value | null {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}
