import { type AlgorithmIdentifier, decodeAlgorithmIdentifier } from '../algorithm.ts'
import { type DerReader, openDer } from '../der/reader.ts'
import { contextConstructed, contextPrimitive } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { type CrlReason, decodeReason } from '../x509/crl-entry.ts'
import { decodeExtensions, type ExtensionMap } from '../x509/extension.ts'
import { decodeName, type Name } from '../x509/name.ts'
import { type CertId, decodeCertId } from './cert-id.ts'

/** OCSPResponseStatus, RFC 6960 4.2.1, by number; 4 is unused. */
const RESPONSE_STATUSES = [
  'successful', 'malformedRequest', 'internalError', 'tryLater', null, 'sigRequired', 'unauthorized',
] as const // biome-ignore format: a table

export type OcspResponseStatus = NonNullable<(typeof RESPONSE_STATUSES)[number]>

/** OCSPResponse, RFC 6960 §4.2.1. */
export type OcspResponse =
  | { readonly status: 'successful'; readonly basic: BasicOcspResponse }
  | { readonly status: Exclude<OcspResponseStatus, 'successful'>; readonly basic: null }

/** BasicOCSPResponse, RFC 6960 4.2.1, as received. */
export interface BasicOcspResponse {
  /** ResponseData as received: what the signature covers. */
  readonly tbs: Uint8Array
  readonly responderId: ResponderId
  /** UTC milliseconds. */
  readonly producedAt: number
  readonly responses: readonly SingleResponse[]
  readonly extensions: ExtensionMap
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  /** DER of the certificates that came along, unread. */
  readonly certificates: readonly Uint8Array[]
}

/** ResponderID: a name, or the SHA-1 of the bits of the public key. */
export type ResponderId = { readonly name: Name } | { readonly keyHash: Uint8Array }

export interface SingleResponse {
  readonly certId: CertId
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly revocation: { readonly revokedAt: number; readonly reason: CrlReason } | null
  readonly thisUpdate: number
  readonly nextUpdate: number | null
  readonly extensions: ExtensionMap
}

const BASIC = '1.3.6.1.5.5.7.48.1.1'
const MAXIMUM_BYTES = 256 * 1024
const MAXIMUM_RESPONSES = 256
const MAXIMUM_CERTIFICATES = 8
const NO_EXTENSIONS: ExtensionMap = new Map()

/**
 * Reads one OCSP response in strict DER. Whether it may be believed is for `verifyOcspResponse` to say.
 * @throws PkiError DER, STRUCTURE (also: another response type than basic), TOO_DEEP, TOO_LARGE (over 256 KiB, 256 answers, 8 certificates)
 */
export function decodeOcspResponse(der: Uint8Array): OcspResponse {
  if (der.length > MAXIMUM_BYTES) throw new PkiError('TOO_LARGE', `OCSP response over ${MAXIMUM_BYTES} bytes`)
  const reader = openDer(der)
  const fields = reader.sequence()
  reader.end()
  const number = fields.enumerated()
  const status = RESPONSE_STATUSES[number]
  if (!status) throw new PkiError('STRUCTURE', `no such OCSP response status: ${number}`)
  const bytes = fields.optional(contextConstructed(0))
  const basic = bytes && decodeResponseBytes(bytes)
  fields.end()
  if (status !== 'successful') return { status, basic: null }
  if (!basic) throw new PkiError('STRUCTURE', 'a successful OCSP response without an answer')
  return { status, basic }
}

function decodeResponseBytes(wrapper: DerReader): BasicOcspResponse {
  const fields = wrapper.sequence()
  wrapper.end()
  const type = fields.oid()
  if (type !== BASIC) throw new PkiError('STRUCTURE', `OCSP responses of type ${type} are not read`)
  const inner = openDer(fields.octetString())
  fields.end()
  const basic = inner.sequence()
  inner.end()
  const data = basic.sequence()
  const signatureAlgorithm = decodeAlgorithmIdentifier(basic)
  const signature = basic.bitStringBytes()
  const certificates = decodeCertificates(basic.optional(contextConstructed(0)))
  basic.end()
  return { tbs: data.encoded, ...decodeResponseData(data), signatureAlgorithm, signature, certificates }
}

function decodeCertificates(wrapper: DerReader | null): readonly Uint8Array[] {
  if (wrapper === null) return []
  const list = wrapper.sequence()
  wrapper.end()
  const certificates: Uint8Array[] = []
  while (!list.isEmpty()) {
    if (certificates.length === MAXIMUM_CERTIFICATES)
      throw new PkiError('TOO_LARGE', `over ${MAXIMUM_CERTIFICATES} certificates in an OCSP response`)
    certificates.push(list.sequence().encoded)
  }
  return certificates
}

/** ResponseData, RFC 6960 4.2.1: version 1 is the DEFAULT and not written out. */
function decodeResponseData(
  fields: DerReader,
): Pick<BasicOcspResponse, 'responderId' | 'producedAt' | 'responses' | 'extensions'> {
  if (fields.peek() === contextConstructed(0)) throw new PkiError('STRUCTURE', 'no such version of an OCSP response')
  const responderId = decodeResponderId(fields)
  const producedAt = fields.generalizedTime()
  const list = fields.sequence()
  const responses: SingleResponse[] = []
  do {
    if (responses.length === MAXIMUM_RESPONSES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_RESPONSES} OCSP answers`)
    responses.push(decodeSingleResponse(list.sequence()))
  } while (!list.isEmpty())
  const extensions = decodeOptionalExtensions(fields)
  fields.end()
  return { responderId, producedAt, responses, extensions }
}

function decodeResponderId(fields: DerReader): ResponderId {
  const byName = fields.optional(contextConstructed(1))
  const wrapper = byName ?? fields.constructed(contextConstructed(2))
  const responderId = byName ? { name: decodeName(byName) } : { keyHash: wrapper.octetString() }
  wrapper.end()
  return responderId
}

function decodeSingleResponse(fields: DerReader): SingleResponse {
  const certId = decodeCertId(fields)
  const { status, revocation } = decodeStatus(fields)
  const thisUpdate = fields.generalizedTime()
  const wrapper = fields.optional(contextConstructed(0))
  const nextUpdate = wrapper ? wrapper.generalizedTime() : null
  wrapper?.end()
  const extensions = decodeOptionalExtensions(fields)
  fields.end()
  return { certId, status, revocation, thisUpdate, nextUpdate, extensions }
}

/** CertStatus: `good [0]`, `revoked [1]`, `unknown [2]`. */
function decodeStatus(fields: DerReader): Pick<SingleResponse, 'status' | 'revocation'> {
  const revoked = fields.optional(contextConstructed(1))
  if (revoked) {
    const revokedAt = revoked.generalizedTime()
    const reason = revoked.optional(contextConstructed(0))
    const revocation = { revokedAt, reason: reason ? decodeReason(reason.any().encoded) : ('unspecified' as const) }
    reason?.end()
    revoked.end()
    return { status: 'revoked', revocation }
  }
  const status = fields.peek() === contextPrimitive(0) ? 'good' : 'unknown'
  if (fields.primitive(contextPrimitive(status === 'good' ? 0 : 2)).length > 0) throw new PkiError('DER', 'NULL with content')
  return { status, revocation: null }
}

function decodeOptionalExtensions(fields: DerReader): ExtensionMap {
  const wrapper = fields.optional(contextConstructed(1))
  if (wrapper === null) return NO_EXTENSIONS
  const extensions = decodeExtensions(wrapper)
  wrapper.end()
  return extensions
}
