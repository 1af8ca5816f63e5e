import { type DerReader, openDer } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { encodeObjectIdentifier, encodeOctetString, encodeSequence, encodeSetOf, encodeTime } from '../der/writer.ts'
import { PkiError } from '../error.ts'

/** Attribute, RFC 5652 §5.3: encoded values, at least one. */
export interface CmsAttribute {
  readonly type: string
  readonly values: readonly Uint8Array[]
}

/** Attributes as received. */
export interface CmsAttributes {
  /** The SET OF under its own tag: what the signature covers (RFC 5652 §5.4). Only the tag differs from the bytes received. */
  readonly signedBytes: Uint8Array
  readonly attributes: readonly CmsAttribute[]
  /** Whether they stand in the order DER prescribes for SET OF (X.690 §11.6). */
  readonly inDerOrder: boolean
}

export const CONTENT_TYPE = '1.2.840.113549.1.9.3'
export const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
export const SIGNING_TIME = '1.2.840.113549.1.9.5'
const MAXIMUM_ATTRIBUTES = 64

/** Reads a SET OF Attribute under an IMPLICIT tag. @throws PkiError DER, STRUCTURE (an attribute twice, or empty), TOO_LARGE */
export function decodeAttributes(reader: DerReader): CmsAttributes {
  const signedBytes = Uint8Array.from(reader.encoded)
  signedBytes[0] = TAG.SET
  const attributes: CmsAttribute[] = []
  const types = new Set<string>()
  const encodings: Uint8Array[] = []
  while (!reader.isEmpty()) {
    if (encodings.length === MAXIMUM_ATTRIBUTES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_ATTRIBUTES} attributes`)
    const fields = reader.sequence()
    const attribute = { type: fields.oid(), values: decodeValues(fields.set()) }
    fields.end()
    if (types.has(attribute.type)) throw new PkiError('STRUCTURE', `the attribute ${attribute.type} twice`)
    types.add(attribute.type)
    attributes.push(attribute)
    encodings.push(fields.encoded)
  }
  const inDerOrder = encodings.every((encoding, i) => i === 0 || Buffer.compare(encodings[i - 1] ?? encoding, encoding) <= 0)
  return { signedBytes, attributes, inDerOrder }
}

/** The one value of an attribute that may have only one; null where the attribute is absent. @throws PkiError STRUCTURE */
export function singleValue({ attributes }: CmsAttributes, type: string): DerReader | null {
  const attribute = attributes.find((candidate) => candidate.type === type)
  if (!attribute) return null
  const [value] = attribute.values
  if (!value || attribute.values.length !== 1) throw new PkiError('STRUCTURE', `the attribute ${type} has more than one value`)
  return openDer(value)
}

/**
 * Writes the attributes every signer gives: content type, message digest and, if there is one, the signing time (RFC 5652 §11).
 * Returns the SET OF in DER order.
 */
export function encodeAttributes(contentType: string, digest: Uint8Array, signingTime?: number): Uint8Array {
  const attribute = (type: string, value: Uint8Array) => encodeSequence(encodeObjectIdentifier(type), encodeSetOf(value))
  return encodeSetOf(
    attribute(CONTENT_TYPE, encodeObjectIdentifier(contentType)),
    attribute(MESSAGE_DIGEST, encodeOctetString(digest)),
    ...(signingTime === undefined ? [] : [attribute(SIGNING_TIME, encodeTime(signingTime))]),
  )
}

/** The same SET OF under the IMPLICIT tag `[0]`, as SignerInfo carries it. */
export function underImplicitTag(set: Uint8Array): Uint8Array {
  const tagged = Uint8Array.from(set)
  tagged[0] = 0xa0
  return tagged
}

function decodeValues(values: DerReader): readonly Uint8Array[] {
  const list: Uint8Array[] = []
  do list.push(values.any().encoded)
  while (!values.isEmpty() && list.length <= MAXIMUM_ATTRIBUTES)
  values.end()
  return list
}
