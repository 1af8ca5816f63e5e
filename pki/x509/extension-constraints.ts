import { type DerReader, decodeBitString, openDer } from '../der/reader.ts'
import { contextConstructed, contextPrimitive, TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { decodeGeneralName, type GeneralName } from './general-name.ts'

/** KeyUsage bits, RFC 5280 4.2.1.3, in the order of their numbers. */
export const KEY_USAGES = [
  'digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment', 'keyAgreement',
  'keyCertSign', 'cRLSign', 'encipherOnly', 'decipherOnly',
] as const // biome-ignore format: a table

export type KeyUsage = (typeof KEY_USAGES)[number]

export interface BasicConstraints {
  readonly ca: boolean
  /** Null: no limit. */
  readonly pathLength: number | null
}

/** The subtrees of NameConstraints, RFC 5280 4.2.1.10; null where the field is absent. */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[] | null
  readonly excluded: readonly GeneralName[] | null
}

const MAXIMUM_SUBTREES = 4096

/** BasicConstraints, RFC 5280 4.2.1.9. A path length without CA means nothing and is refused. */
export function decodeBasicConstraints(value: Uint8Array): BasicConstraints {
  const reader = openDer(value)
  const fields = reader.sequence()
  reader.end()
  const ca = fields.peek() === TAG.BOOLEAN && fields.boolean()
  const pathLength = fields.isEmpty() ? null : fields.integer()
  fields.end()
  if (pathLength !== null && pathLength < 0) throw new PkiError('STRUCTURE', 'negative path length')
  return { ca, pathLength }
}

/** KeyUsage, RFC 5280 4.2.1.3: at least one bit is set. */
export function decodeKeyUsage(value: Uint8Array): ReadonlySet<KeyUsage> {
  const reader = openDer(value)
  const { bytes } = decodeBitString(reader.primitive(TAG.BIT_STRING))
  reader.end()
  const usages = KEY_USAGES.filter((_, bit) => ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1)
  if (usages.length === 0) throw new PkiError('STRUCTURE', 'a key usage that allows nothing')
  return new Set(usages)
}

/** ExtKeyUsageSyntax, RFC 5280 4.2.1.12: OIDs, at least one. */
export function decodeExtKeyUsage(value: Uint8Array): ReadonlySet<string> {
  const reader = openDer(value)
  const list = reader.sequence()
  reader.end()
  const purposes = new Set<string>()
  do purposes.add(list.oid())
  while (!list.isEmpty())
  return purposes
}

/** NameConstraints, RFC 5280 4.2.1.10: at least one list, none of them empty, `minimum` 0 and `maximum` absent. */
export function decodeNameConstraints(value: Uint8Array): NameConstraints {
  const reader = openDer(value)
  const fields = reader.sequence()
  reader.end()
  const permitted = decodeSubtrees(fields.optional(contextConstructed(0)))
  const excluded = decodeSubtrees(fields.optional(contextConstructed(1)))
  fields.end()
  if (permitted === null && excluded === null) throw new PkiError('STRUCTURE', 'name constraints that constrain nothing')
  return { permitted, excluded }
}

function decodeSubtrees(list: DerReader | null): readonly GeneralName[] | null {
  if (list === null) return null
  const bases: GeneralName[] = []
  do {
    if (bases.length === MAXIMUM_SUBTREES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_SUBTREES} name constraints`)
    const subtree = list.sequence()
    bases.push(decodeGeneralName(subtree))
    if (subtree.peek() === contextPrimitive(0)) throw new PkiError('DER', 'minimum is 0 by DEFAULT and not written out')
    subtree.end() // `maximum` is never used in this profile
  } while (!list.isEmpty())
  return bases
}
