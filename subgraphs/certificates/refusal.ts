import type { Bilingual } from '../../model/text.ts'
import { PkiError, type PkiErrorCode } from '../../pki/error.ts'
import type { OcspFaultCode } from '../../pki/ocsp/verify-response.ts'
import type { CrlFaultCode } from '../../pki/x509/crl-verification.ts'

/** Why a row of an import was refused; bytes that cannot be read and CRLs that do not hold keep the codes of `pki/`. */
export type RefusalCode =
  | PkiErrorCode
  | CrlFaultCode
  | OcspFaultCode
  | 'BAD_INPUT' // neither or both of two ways to hand bytes in
  | 'NOT_FOUND' // no such file uploaded
  | 'NO_ANSWER' // an OCSP response that refuses to answer
  | 'ISSUER_NOT_HELD' // import the certificate of the issuer first
  | 'BASE_NOT_HELD' // import the complete CRL that the delta builds on first
  | 'FUTURE' // dated in the future
  | 'STALE' // older than the newest one held of the same series
  | 'CONFLICT' // the same number with other content, or another CRL came in between
  | 'UNSUPPORTED' // a kind of CRL that is not taken in

export interface Refusal {
  readonly code: RefusalCode
  readonly reason: Bilingual
}

export function refuse(code: RefusalCode, zh: string, en: string): Refusal {
  return { code, reason: { zh, en } }
}

const UNREADABLE: Readonly<Record<PkiErrorCode, string>> = {
  DER: '不是严格的 DER 编码',
  STRUCTURE: '结构不符合标准',
  TOO_DEEP: '嵌套过深',
  TOO_LARGE: '超过大小限制',
  ALGORITHM: '算法不被接受',
  KEY: '密钥无效',
  PEM: '不是有效的 PEM',
  PASSPHRASE: '口令不符',
  BUDGET: '超过检索限额',
  UNSUPPORTED: '此类数据不受支持',
}

/** Puts what `pki/` threw into a refusal; anything else is no matter of the bytes and goes on. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof PkiError)) throw error
  return refuse(error.code, `${UNREADABLE[error.code]}（${error.message}）`, error.message)
}
