import { type AlgorithmIdentifier, decodeAlgorithmIdentifier } from '../algorithm.ts'
import { type DerReader, openDer } from '../der/reader.ts'
import { contextConstructed, contextPrimitive, TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { type CmsAttributes, decodeAttributes } from './attributes.ts'
import { type CmsStandard, SIGNED_DATA } from './content-types.ts'

export { encodeSignedData } from './signed-data-encoding.ts'
export { verifySignedData } from './signed-data-verification.ts'

/** SignedData (GB/T 35275-2017 clause 8, RFC 5652 §5), as received. */
export interface SignedData {
  readonly encoded: Uint8Array
  readonly standard: CmsStandard
  readonly version: number
  readonly digestAlgorithms: readonly AlgorithmIdentifier[]
  /** OID of the content's type. */
  readonly contentType: string
  /** The content octets; null where the content is detached. */
  readonly content: Uint8Array | null
  /** Embedded certificates, DER, in the order received; not decoded, not trusted. */
  readonly certificates: readonly Uint8Array[]
  /** Embedded CRLs and other revocation values, DER. */
  readonly crls: readonly Uint8Array[]
  /** At least one. */
  readonly signers: readonly SignerInfo[]
}

/** How a signer's certificate is named. */
export type SignerIdentifier =
  | { readonly issuer: Uint8Array /** Lower-case hex of the INTEGER's content octets. */; readonly serialNumber: string }
  | { readonly subjectKeyIdentifier: Uint8Array }

/** SignerInfo, RFC 5652 §5.3. */
export interface SignerInfo {
  readonly version: number
  readonly identifier: SignerIdentifier
  readonly digestAlgorithm: AlgorithmIdentifier
  readonly signedAttributes: CmsAttributes | null
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  /** Not covered by the signature: a time-stamp token for instance. */
  readonly unsignedAttributes: CmsAttributes | null
}

const MAXIMUM_SIGNERS = 16
const MAXIMUM_CERTIFICATES = 32
const MAXIMUM_ALGORITHMS = 16

/**
 * Reads ContentInfo with SignedData in strict DER, of either standard.
 * @throws PkiError DER; STRUCTURE (also: no signer at all, a content that is no OCTET STRING); TOO_LARGE (over 16 signers or 32 certificates)
 */
export function decodeSignedData(der: Uint8Array): SignedData {
  const whole = openDer(der)
  const contentInfo = whole.sequence()
  whole.end()
  const standard = standardOf(contentInfo.oid())
  const wrapper = contentInfo.constructed(contextConstructed(0))
  contentInfo.end()
  const fields = wrapper.sequence()
  wrapper.end()
  const version = fields.integer()
  const digestAlgorithms = list(fields.set(), MAXIMUM_ALGORITHMS, decodeAlgorithmIdentifier)
  const { contentType, content } = decodeContent(fields.sequence())
  const certificates = list(fields.optional(contextConstructed(0)), MAXIMUM_CERTIFICATES, (set) => set.sequence().encoded)
  const crls = list(fields.optional(contextConstructed(1)), MAXIMUM_CERTIFICATES, (set) => set.any().encoded)
  const signers = list(fields.set(), MAXIMUM_SIGNERS, decodeSigner)
  fields.end()
  if (signers.length === 0) throw new PkiError('STRUCTURE', 'signed data that nobody signed')
  return { encoded: der, standard, version, digestAlgorithms, contentType, content, certificates, crls, signers }
}

function standardOf(oid: string): CmsStandard {
  if (oid === SIGNED_DATA['GB/T 35275']) return 'GB/T 35275'
  if (oid === SIGNED_DATA['RFC 5652']) return 'RFC 5652'
  throw new PkiError('STRUCTURE', `${oid} is not signed data`)
}

/** EncapsulatedContentInfo, RFC 5652 §5.2. */
function decodeContent(fields: DerReader): { contentType: string; content: Uint8Array | null } {
  const contentType = fields.oid()
  const wrapper = fields.optional(contextConstructed(0))
  fields.end()
  const content = wrapper?.octetString() ?? null
  wrapper?.end()
  return { contentType, content }
}

function decodeSigner(set: DerReader): SignerInfo {
  const fields = set.sequence()
  const version = fields.integer()
  const identifier = decodeIdentifier(fields)
  const digestAlgorithm = decodeAlgorithmIdentifier(fields)
  const signed = fields.optional(contextConstructed(0))
  const signedAttributes = signed ? decodeAttributes(signed) : null
  const signatureAlgorithm = decodeAlgorithmIdentifier(fields)
  const signature = fields.octetString()
  const unsigned = fields.optional(contextConstructed(1))
  const unsignedAttributes = unsigned ? decodeAttributes(unsigned) : null
  fields.end()
  return { version, identifier, digestAlgorithm, signedAttributes, signatureAlgorithm, signature, unsignedAttributes }
}

function decodeIdentifier(fields: DerReader): SignerIdentifier {
  const keyIdentifier = contextPrimitive(0)
  if (fields.peek() === keyIdentifier) return { subjectKeyIdentifier: fields.primitive(keyIdentifier) }
  const both = fields.constructed(TAG.SEQUENCE)
  const issuer = both.sequence().encoded
  const serialNumber = Buffer.from(both.integerBytes()).toString('hex')
  both.end()
  return { issuer, serialNumber }
}

function list<Item>(set: DerReader | null, maximum: number, decode: (set: DerReader) => Item): readonly Item[] {
  const items: Item[] = []
  while (set && !set.isEmpty()) {
    if (items.length === maximum) throw new PkiError('TOO_LARGE', `over ${maximum} elements in signed data`)
    items.push(decode(set))
  }
  return items
}
