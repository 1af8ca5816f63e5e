import type { Instant } from '../../../model/time.ts'
import { PkiError } from '../../../pki/error.ts'
import type { BasicOcspResponse, OcspResponse, SingleResponse } from '../../../pki/ocsp/response.ts'
import { type OcspFaultCode, verifyOcspResponse } from '../../../pki/ocsp/verify-response.ts'
import { type Certificate, decodeCertificate } from '../../../pki/x509/certificate.ts'
import { formatName } from '../../../pki/x509/name.ts'
import { subjectKeyOf } from '../../../pki/x509/subject-key.ts'
import { decodedCertificate } from '../decoded-certificate.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { NewOcspResponse, OcspSaying } from '../store/ocsp-store.ts'
import type { AdmissionPorts } from './admit-crl.ts'
import { crlAuthorityOf } from './crl-series.ts'

const MAXIMUM_NAMED = 16

export interface OcspAdmission {
  readonly digest: string
  readonly bytes: Uint8Array
  readonly response: OcspResponse
  /** The nonce that was sent, where we asked ourselves. */
  readonly nonce?: Uint8Array
}

/**
 * The one way in for an OCSP response (RFC 6960 §3.2): successful, signed by an issuer held or by a responder it delegated to
 * directly, sound in its dates and not ahead of `now`; every answer in it that is about a certificate of an issuer held is kept.
 * @returns what is now held, or why it was refused; nothing is stored then.
 */
export async function admitOcsp(
  { digest, bytes, response, nonce }: OcspAdmission,
  { store, now }: AdmissionPorts,
): Promise<NewOcspResponse | Refusal> {
  const { basic } = response
  if (!basic) return refuse('NO_ANSWER', `应答者没有作答：${response.status}`, `the responder gave no answer: ${response.status}`)
  const sayings = sayingsIn(basic, { issuers: await possibleIssuers(basic, store), now: now(), ...(nonce ? { nonce } : {}) })
  if ('code' in sayings) return sayings
  const admitted = { digest, bytes, sayings, responder: responderText(basic), producedAt: basic.producedAt }
  await store.addOcsp(admitted, now())
  return admitted
}

/** Who may have issued what a response is about, when it arrived, and the nonce that was sent, if one was. */
export interface OcspCircumstances {
  readonly issuers: readonly Certificate[]
  readonly now: Instant
  readonly nonce?: Uint8Array
}

/** Every answer that is to be believed about a certificate of one of the issuers, at least one; otherwise the most telling fault. */
export function sayingsIn(basic: BasicOcspResponse, circumstances: OcspCircumstances): readonly OcspSaying[] | Refusal {
  const sayings: OcspSaying[] = []
  let fault: Refusal | null = null
  for (const single of basic.responses) {
    const found = sayingOf(single, basic, circumstances)
    if ('code' in found) fault = moreTelling(fault, found)
    else if (sayings.some((other) => other.authority === found.authority && other.serialNumber === found.serialNumber))
      return refuse('STRUCTURE', '对同一证书有两个回答', 'two answers about one certificate')
    else sayings.push(found)
  }
  return sayings.length === 0 ? (fault ?? NO_ISSUER) : sayings
}

const NO_ISSUER = refuse(
  'ISSUER_NOT_HELD',
  '未持有所涉证书的颁发者，请先导入',
  'the issuer of the certificate is not held; import it first',
)

/** Of several answers that cannot be kept, one whose issuer is held tells most. */
function moreTelling(before: Refusal | null, next: Refusal): Refusal {
  return before === null || before.code === 'ISSUER_NOT_HELD' ? next : before
}

/** Certificates held that may have issued what the response is about: the responder itself, or the issuers of those that came along. */
async function possibleIssuers(
  { responderId, certificates }: BasicOcspResponse,
  store: AdmissionPorts['store'],
): Promise<readonly Certificate[]> {
  const names = certificates.flatMap((der) => readable(der)?.issuer ?? [])
  const keys = [...names, ...('name' in responderId ? [responderId.name] : [])].slice(0, MAXIMUM_NAMED).map(subjectKeyOf)
  const bySubject = await Promise.all([...new Set(keys)].map((key) => store.bySubject(key)))
  const byKey = 'keyHash' in responderId ? await store.byKeyHash(Buffer.from(responderId.keyHash).toString('hex')) : []
  const held = new Map([...bySubject.flat(), ...byKey].map((certificate) => [certificate.fingerprint, certificate]))
  return [...held.values()].map(({ der }) => decodedCertificate(der).certificate)
}

function readable(der: Uint8Array): Certificate | null {
  try {
    return decodeCertificate(der)
  } catch (error) {
    if (error instanceof PkiError) return null // what cannot be read names no issuer
    throw error
  }
}

function sayingOf(
  { certId }: SingleResponse,
  basic: BasicOcspResponse,
  { issuers, now, nonce }: OcspCircumstances,
): OcspSaying | Refusal {
  let refusal: Refusal = NO_ISSUER
  for (const issuer of issuers) {
    const certificate = { serialNumber: certId.serialNumber, issuer: issuer.subject }
    const verdict = verifyOcspResponse(basic, { certificate, issuer, now, ...(nonce ? { nonce } : {}) })
    if ('answer' in verdict && isOver(verdict.answer.delegate, now)) refusal = RESPONDER_OVER
    else if ('answer' in verdict) {
      const { status, thisUpdate, nextUpdate, revocation, delegate, delegateUnchecked } = verdict.answer
      const authority = crlAuthorityOf(issuer.subject, issuer.spki)
      const entry = revocation && { ...revocation, invalidityDate: null }
      const looked = delegateUnchecked && delegate ? delegate.encoded : null
      return { authority, serialNumber: certId.serialNumber, status, thisUpdate, nextUpdate, entry, delegate: looked }
    } else if (!OTHER_ISSUER.has(verdict.fault.code)) refusal = { code: verdict.fault.code, reason: verdict.fault.detail }
  }
  return refusal
}

const RESPONDER_OVER = refuse(
  'RESPONDER',
  '应答者证书已过期，无从证明应答不是补签的',
  "the responder's certificate has expired: nothing shows that the response was not made afterwards",
)

/** A delegate's key outlives his certificate unwatched; what arrives only then could have been made then, whatever date it bears. */
function isOver(delegate: Certificate | null, now: Instant): boolean {
  return delegate !== null && delegate.validity.notAfter < now
}

/** Faults that only say that another issuer is meant. */
const OTHER_ISSUER: ReadonlySet<OcspFaultCode> = new Set<OcspFaultCode>(['OTHER_CERTIFICATE'])

/** Name or key of the responder, for people. */
export function responderText({ responderId }: BasicOcspResponse): string {
  return 'name' in responderId ? formatName(responderId.name) : `#${Buffer.from(responderId.keyHash).toString('hex')}`
}
