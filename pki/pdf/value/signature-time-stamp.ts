import { singleValue } from '../../cms/attributes.ts'
import type { SignerInfo } from '../../cms/signed-data.ts'
import { PkiError } from '../../error.ts'
import { type Finding, finding, NOT_APPLICABLE } from '../../ses/check-row.ts'
import { decodeTimeStampToken } from '../../timestamp/token.ts'
import { verifyTimeStampToken } from '../../timestamp/verify-token.ts'

/** id-aa-signatureTimeStampToken, RFC 3161 appendix A: unsigned, over the signature value. */
const SIGNATURE_TIME_STAMP = '1.2.840.113549.1.9.16.2.14'

/**
 * The time-stamp beside a signer's value (PAdES B-T). It must hold where it is present; whose it is, and so whether it proves a
 * time, is not judged here.
 */
export function checkSignatureTimeStamp({ unsignedAttributes, signature }: SignerInfo): Finding {
  try {
    const token = unsignedAttributes && singleValue(unsignedAttributes, SIGNATURE_TIME_STAMP)
    if (!token) return NOT_APPLICABLE
    const verdict = verifyTimeStampToken(decodeTimeStampToken(token.any().encoded), signature)
    if ('fault' in verdict) return { outcome: 'FAILED', detail: verdict.fault.detail }
    const at = new Date(verdict.timeStamp.genTime).toISOString()
    return finding('NOTE', `${at}，时间戳机构未在此判断`, `${at}; its authority is not judged here`)
  } catch (cause) {
    if (cause instanceof PkiError) return finding('FAILED', '时间戳无法读取', cause.message)
    throw cause
  }
}
