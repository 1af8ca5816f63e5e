import { PkiError } from '../error.ts'
import { verifySignature } from '../signature.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { CrlReason } from '../x509/crl-entry.ts'
import type { Detail } from '../x509/verdict.ts'
import { type CertIdSubject, isCertIdOf } from './cert-id.ts'
import { nonceValue, OCSP_NONCE } from './request.ts'
import { findResponder } from './responder.ts'
import type { BasicOcspResponse, SingleResponse } from './response.ts'

/** Why an OCSP response is not believed. */
export type OcspFaultCode =
  | 'RESPONDER' // signed by nobody the issuer authorised
  | 'SIGNATURE'
  | 'ALGORITHM'
  | 'OTHER_CERTIFICATE' // it does not speak of the certificate asked about
  | 'NONCE' // another nonce than the one sent
  | 'FUTURE' // dated in the future
  | 'DATES' // its dates contradict one another
  | 'CRITICAL_EXTENSION'

/** What a believed response says of the certificate. Whether it is fresh enough is for the reader of its dates. */
export interface OcspAnswer {
  readonly status: 'GOOD' | 'REVOKED' | 'UNKNOWN'
  readonly thisUpdate: number
  readonly nextUpdate: number | null
  readonly producedAt: number
  readonly revocation: { readonly revokedAt: number; readonly reason: CrlReason } | null
  /** The responder the issuer delegated to; null when the issuer itself signed. */
  readonly delegate: Certificate | null
  /** Whether the delegate's own revocation is still to be checked: it has no id-pkix-ocsp-nocheck (RFC 6960 4.2.2.2.1). */
  readonly delegateUnchecked: boolean
}

export type OcspVerdict =
  | { readonly answer: OcspAnswer }
  | { readonly fault: { readonly code: OcspFaultCode; readonly detail: Detail } }

export interface OcspExpectation {
  /** The certificate asked about, or as much of it as names it. */
  readonly certificate: CertIdSubject
  /** The certificate whose key verifies `certificate`. */
  readonly issuer: Certificate
  /** UTC milliseconds of the present. */
  readonly now: number
  /** The nonce sent. A response without one is borne with (most are prepared in advance); one with another is not. */
  readonly nonce?: Uint8Array
}

const CLOCK_SKEW_MS = 5 * 60_000

/**
 * Whether an OCSP response may be believed about a certificate (RFC 6960 §3.2): it speaks of this certificate under this
 * issuer, its signer is the issuer or a responder the issuer delegated to directly, the signature holds, its dates are
 * sound and not ahead of `now`, the nonce is ours. No unsigned word is believed.
 */
export function verifyOcspResponse(basic: BasicOcspResponse, expected: OcspExpectation): OcspVerdict {
  const single = basic.responses.find(({ certId }) => isCertIdOf(certId, expected.certificate, expected.issuer))
  if (!single) return fault('OTHER_CERTIFICATE', 'OCSP 应答不涉及此证书', 'the OCSP response does not speak of this certificate')
  const fitting = datesFault(basic, single, expected.now) ?? nonceFault(basic, expected.nonce) ?? criticalFault(basic, single)
  if (fitting) return fitting
  const responder = findResponder(basic, expected.issuer)
  if (!responder)
    return fault('RESPONDER', '应答者未经证书颁发者授权', "the responder is not authorised by the certificate's issuer")
  const broken = signatureFault(basic, responder.certificate)
  if (broken) return broken
  const { thisUpdate, nextUpdate, revocation } = single
  const status = STATUSES[single.status]
  const { delegate, unchecked } = responder
  return {
    answer: { status, thisUpdate, nextUpdate, producedAt: basic.producedAt, revocation, delegate, delegateUnchecked: unchecked },
  }
}

const STATUSES = { good: 'GOOD', revoked: 'REVOKED', unknown: 'UNKNOWN' } as const

function datesFault(basic: BasicOcspResponse, { thisUpdate, nextUpdate }: SingleResponse, now: number): OcspVerdict | null {
  if (thisUpdate > now + CLOCK_SKEW_MS || basic.producedAt > now + CLOCK_SKEW_MS)
    return fault('FUTURE', 'OCSP 应答的时间在未来', 'the OCSP response is dated in the future')
  const sound = thisUpdate <= basic.producedAt + CLOCK_SKEW_MS && (nextUpdate === null || nextUpdate >= thisUpdate)
  return sound ? null : fault('DATES', 'OCSP 应答的时间自相矛盾', 'the dates of the OCSP response contradict one another')
}

function nonceFault({ extensions }: BasicOcspResponse, nonce: Uint8Array | undefined): OcspVerdict | null {
  const given = extensions.get(OCSP_NONCE)
  if (!given || !nonce || Buffer.compare(given.value, nonceValue(nonce)) === 0) return null
  return fault('NONCE', 'OCSP 应答的随机数不符', 'the OCSP response answers another request')
}

function criticalFault({ extensions }: BasicOcspResponse, single: SingleResponse): OcspVerdict | null {
  const all = [...extensions.values(), ...single.extensions.values()]
  const unknown = all.find(({ critical, oid }) => critical && oid !== OCSP_NONCE)
  if (!unknown) return null
  return fault('CRITICAL_EXTENSION', `不认识的关键扩展 ${unknown.oid}`, `critical extension ${unknown.oid} is not understood`)
}

function signatureFault({ signatureAlgorithm, tbs, signature }: BasicOcspResponse, { spki }: Certificate): OcspVerdict | null {
  try {
    if (verifySignature(signatureAlgorithm, spki, tbs, signature)) return null
    return fault('SIGNATURE', 'OCSP 应答的签名不正确', 'the signature of the OCSP response does not hold')
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    return fault('ALGORITHM', `无法验证 OCSP 应答的签名：${error.message}`, error.message)
  }
}

function fault(code: OcspFaultCode, zh: string, en: string): OcspVerdict {
  return { fault: { code, detail: { zh, en } } }
}
