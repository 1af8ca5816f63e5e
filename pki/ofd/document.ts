import { PkiError } from '../error.ts'
import { childOf, childrenOf, parseXml, type XmlElement } from '../xml.ts'
import { legible } from './legible.ts'
import { findFile } from './location.ts'
import type { OfdPackage } from './package.ts'

export const ENTRY = '/OFD.xml'
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
  /** Absolute path of its Signature.xml; null when the location names no file. */
  readonly path: string | null
  /** The location as written. */
  readonly location: string
}

/**
 * Every document body with its list of signatures, in the order of OFD.xml (GB/T 33190-2016 7.4, 18.1).
 * @throws PkiError STRUCTURE when there is no OFD.xml, when it is none, or names a list that is not there; TOO_LARGE, TOO_DEEP.
 */
export function documentBodies(files: OfdPackage): readonly DocumentBody[] {
  const entry = files.get(ENTRY)
  if (!entry) throw new PkiError('STRUCTURE', 'no OFD.xml')
  const root = parseXml(entry)
  const bodies = childrenOf(root, 'DocBody')
  if (root.name !== 'OFD' || bodies.length === 0) throw new PkiError('STRUCTURE', 'OFD.xml is no OFD')
  if (bodies.length > MAXIMUM_BODIES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_BODIES} documents`)
  return bodies.map((element) => {
    const location = childOf(element, 'Signatures')?.text ?? null
    return { element, list: location === null ? null : readList(files, location) }
  })
}

function readList(files: OfdPackage, location: string): SignatureList {
  const path = findFile(files, ENTRY, location)
  const bytes = path === null ? undefined : files.get(path)
  if (path === null || !bytes) throw new PkiError('STRUCTURE', `no file at ${legible(location)}`)
  const signatures = childrenOf(parseXml(bytes), 'Signature')
  return { path, signatures: signatures.map(({ attributes }) => readListed(files, path, attributes)) }
}

function readListed(files: OfdPackage, holder: string, attributes: ReadonlyMap<string, string>): ListedSignature {
  const location = attributes.get('BaseLoc') ?? ''
  return {
    id: attributes.get('ID') ?? '',
    type: attributes.get('Type') ?? 'Seal',
    relative: attributes.get('Relative') ?? null,
    path: findFile(files, holder, location),
    location,
  }
}
