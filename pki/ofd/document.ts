import { PkiError } from '../error.ts'
import { childOf, childrenOf, parseXml, type XmlElement } from '../xml.ts'
import { legible } from './legible.ts'
import { type Located, locate, locationFault } from './location.ts'
import type { OfdPackage } from './package.ts'

export const ENTRY = '/OFD.xml'
/** GM/T 0099-2020 7.3: the entry of what is encrypted in a package. */
const ENCRYPTIONS = '/Encryptions.xml'
const MAXIMUM_BODIES = 64

/** One DocBody of OFD.xml: a document with its signatures. */
export interface DocumentBody {
  readonly element: XmlElement
  /** Null: it names no signatures. */
  readonly list: SignatureList | null
}

/** Signatures.xml (GB/T 33190-2016 18.1). */
export interface SignatureList {
  /** Its absolute path. */
  readonly path: string
  readonly signatures: readonly ListedSignature[]
}

/** One signature as the list has it. */
export interface ListedSignature {
  readonly id: string
  /** `Seal` where the attribute is left out, as most tax and government files do. */
  readonly type: string
  /** Id of the signature this one builds upon (OFD 2.0). */
  readonly relative: string | null
  /** Absolute path of its Signature.xml; null when the location names no file, or may name several. */
  readonly path: string | null
  /** Null exactly where `path` is there. */
  readonly fault: string | null
}

/**
 * Every document body with its list of signatures, in the order of OFD.xml (GB/T 33190-2016 7.4, 18.1).
 * @throws PkiError STRUCTURE when there is no OFD.xml, when it is none, or names a list that is not there; UNSUPPORTED for an
 *   encrypted package; TOO_LARGE, TOO_DEEP.
 */
export function documentBodies(files: OfdPackage): readonly DocumentBody[] {
  if (files.has(ENCRYPTIONS)) throw new PkiError('UNSUPPORTED', 'a package with encrypted files (GM/T 0099)')
  const entry = files.get(ENTRY)
  if (!entry) throw new PkiError('STRUCTURE', 'no OFD.xml')
  const root = parseXml(entry)
  const bodies = childrenOf(root, 'DocBody')
  if (root.name !== 'OFD' || bodies.length === 0) throw new PkiError('STRUCTURE', 'OFD.xml is no OFD')
  if (bodies.length > MAXIMUM_BODIES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_BODIES} documents`)
  return bodies.map((element) => {
    const location = childOf(element, 'Signatures')?.text ?? ''
    return { element, list: location === '' ? null : readList(files, location, childrenOf(element, 'DocRoot')) }
  })
}

function readList(files: OfdPackage, location: string, roots: readonly XmlElement[]): SignatureList {
  const located = locateList(files, location, roots)
  const bytes = located.path === null ? undefined : files.get(located.path)
  if (located.path === null || !bytes) throw new PkiError('STRUCTURE', `no file at ${legible(location)}`)
  const { path } = located
  const root = parseXml(bytes)
  if (root.name !== 'Signatures') throw new PkiError('STRUCTURE', `no list of signatures at ${legible(path)}`)
  return { path, signatures: childrenOf(root, 'Signature').map((element) => readListed(files, path, element)) }
}

/** From the root, where OFD.xml stands; some write it from the document's folder. */
function locateList(files: OfdPackage, location: string, [root]: readonly XmlElement[]): Located {
  const located = locate(files, ENTRY, location)
  const folder = located.path === null && root ? locate(files, ENTRY, root.text).path : null
  return folder === null ? located : locate(files, folder, location)
}

function readListed(files: OfdPackage, holder: string, { attributes }: XmlElement): ListedSignature {
  const location = attributes.get('BaseLoc') ?? ''
  const located = locate(files, holder, location)
  return {
    id: attributes.get('ID') ?? '',
    type: attributes.get('Type') ?? 'Seal',
    relative: attributes.get('Relative') ?? null,
    path: located.path,
    fault: located.path === null ? locationFault(location, located.fault) : null,
  }
}
