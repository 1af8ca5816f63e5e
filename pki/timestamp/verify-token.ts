import { messageDigest } from '../cms/cms-algorithms.ts'
import { verifySignedData } from '../cms/signed-data.ts'
import type { SignerFailure } from '../cms/signer-verification.ts'
import { type ValidationMaterial, validationMaterialOf } from '../cms/validation-material.ts'
import { PkiError } from '../error.ts'
import { type Certificate, decodeCertificate } from '../x509/certificate.ts'
import { purposeOid } from '../x509/purposes.ts'
import type { Detail } from '../x509/verdict.ts'
import { namesSigningCertificate } from './signing-certificate.ts'
import type { TimeStampToken } from './token.ts'

/** Why a token proves no time. */
export type TimeStampFaultCode =
  | 'IMPRINT' // it is over other bytes
  | 'ALGORITHM' // a digest or signature algorithm that is not accepted
  | 'SIGNATURE' // its signature does not hold
  | 'CERTIFICATE_MISSING' // the authority's certificate is not at hand
  | 'SIGNING_CERTIFICATE' // the signer does not name that certificate as its own
  | 'PURPOSE' // the certificate is not for time-stamping, or not for it alone
  | 'CRITICAL_EXTENSION'
  | 'MALFORMED'

/** What the token proves, as far as its authority is to be believed: whose path is judged elsewhere, as of `genTime`. */
export interface TimeStamp {
  /** UTC milliseconds. The stamped bytes existed no later than `latest`, the end of the accuracy stated. */
  readonly genTime: number
  readonly latest: number
  readonly authority: Certificate
  /** DER of the certificates that came along, for the path. */
  readonly certificates: readonly Uint8Array[]
  /** What else came along for validating it later. */
  readonly material: ValidationMaterial
  /** The purpose is not marked critical, against RFC 3161 §2.3. */
  readonly purposeNotCritical: boolean
}

export type TimeStampVerdict =
  | { readonly timeStamp: TimeStamp }
  | { readonly fault: { readonly code: TimeStampFaultCode; readonly detail: Detail } }

/**
 * Whether a token proves when bytes existed (RFC 3161 §2.4.2, GB/T 20520): it is over these bytes, its one signature holds over
 * signed attributes that name the signer's certificate, and that certificate is for time-stamping alone.
 * Bad evidence gives a fault, never an exception.
 * @param stamped the bytes it should be over, or their digest by whatever algorithm the token names.
 * @param certificates DER, beside the ones that came along, among which the authority's is looked for.
 */
export function verifyTimeStampToken(
  token: TimeStampToken,
  stamped: Uint8Array | { readonly digest: Uint8Array },
  certificates: readonly Uint8Array[] = [],
): TimeStampVerdict {
  try {
    return verify(token, stamped, certificates)
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    const code = error.code === 'ALGORITHM' || error.code === 'KEY' ? 'ALGORITHM' : 'MALFORMED'
    return fault(code, `时间戳无法验证：${error.message}`, error.message)
  }
}

function verify(
  token: TimeStampToken,
  stamped: Uint8Array | { readonly digest: Uint8Array },
  certificates: readonly Uint8Array[],
): TimeStampVerdict {
  const { info, signed, signer } = token
  const digest = stamped instanceof Uint8Array ? messageDigest(info.imprint.algorithm, stamped) : stamped.digest
  if (Buffer.compare(digest, info.imprint.digest) !== 0)
    return fault('IMPRINT', '时间戳所盖的不是此数据', 'the time-stamp is over other bytes')
  const unknown = [...info.extensions.values()].find(({ critical }) => critical)
  if (unknown)
    return fault('CRITICAL_EXTENSION', `不认识的关键扩展 ${unknown.oid}`, `critical extension ${unknown.oid} is not understood`)
  const [verified] = verifySignedData(signed, undefined, { certificates })
  if (!verified?.holds || verified.certificate === null) return SIGNATURE_FAULTS[verified?.failure ?? 'SIGNATURE']
  if (!namesSigningCertificate(signer, verified.certificate))
    return fault('SIGNING_CERTIFICATE', '签名属性未指明签名证书', 'the signer does not name this certificate as its own')
  const authority = decodeCertificate(verified.certificate)
  const purposes = authority.extensions.extKeyUsage
  if (purposes?.size !== 1 || !purposes.has(TIME_STAMPING))
    return fault('PURPOSE', '证书不是专用于时间戳的', 'the certificate is not for time-stamping alone')
  const { genTime } = info
  return {
    timeStamp: {
      genTime,
      latest: genTime + (info.accuracy ?? 0),
      authority,
      certificates: signed.certificates,
      material: validationMaterialOf(signed),
      purposeNotCritical: !authority.extensions.isCritical('extKeyUsage'),
    },
  }
}

const TIME_STAMPING = purposeOid('timeStamping')
const SIGNATURE = fault('SIGNATURE', '时间戳的签名不正确', 'the signature of the time-stamp does not hold')
const ALGORITHM = fault('ALGORITHM', '时间戳的算法或密钥不被接受', 'algorithm or key of the time-stamp are not accepted')
const MALFORMED = fault('MALFORMED', '时间戳的签名属性不符合标准', 'the signed attributes of the time-stamp are malformed')

const SIGNATURE_FAULTS: Readonly<Record<SignerFailure, TimeStampVerdict>> = {
  CONTENT_MISSING: MALFORMED,
  CONTENT_DIFFERS: MALFORMED,
  CERTIFICATE_MISSING: fault('CERTIFICATE_MISSING', '未持有时间戳机构的证书', "the authority's certificate is not at hand"),
  ATTRIBUTES: MALFORMED,
  DIGEST_MISMATCH: SIGNATURE,
  SIGNATURE,
  ALGORITHM,
  KEY: ALGORITHM,
}

function fault(code: TimeStampFaultCode, zh: string, en: string): TimeStampVerdict {
  return { fault: { code, detail: { zh, en } } }
}
