import { PkiError } from '../error.ts'
import { type Finding, finding, NOT_APPLICABLE } from './check-row.ts'
import { digestNamed, digestOf } from './digest-name.ts'
import { readTimeStampToken, type TimeStampToken } from './time-stamp-token.ts'

/**
 * What a time-stamp's bytes tell without verifying its signature and authority. A time-stamp that is present must hold
 * (GM/T 0031-2025), so bytes that are no token, a token over other bytes, or one older than what it stamps, FAIL; all else is UNKNOWN.
 * @param stamped the bytes the token must be over; null where the standard does not say.
 * @param notBefore the token cannot be older than this: the moment the stamped thing says it was made.
 */
export function checkTimeStamp(token: Uint8Array | null, stamped: Uint8Array | null, notBefore: number | null): Finding {
  if (token === null) return NOT_APPLICABLE
  const read = readOrReason(token)
  if (typeof read === 'string')
    return finding('FAILED', `${token.length} 字节，不是时间戳`, `${token.length} bytes, no token: ${read}`)
  const digest = digestNamed(read.imprint.algorithm)
  if (stamped !== null && digest === null)
    return finding('UNKNOWN', `不接受杂凑算法 ${read.imprint.algorithm}`, `digest ${read.imprint.algorithm} is not accepted`)
  if (stamped !== null && digest !== null && Buffer.compare(digestOf(digest, stamped), read.imprint.digest) !== 0)
    return finding('FAILED', '时间戳所盖的不是此签名值', 'the token is over other bytes')
  const at = new Date(read.genTime).toISOString()
  if (notBefore !== null && read.genTime < notBefore)
    return finding('FAILED', `时间戳早于所盖对象：${at}`, `older than what it stamps: ${at}`)
  return finding('UNKNOWN', `所称时间 ${at}，时间戳尚未验证`, `claims ${at}; the token itself has not been verified`)
}

function readOrReason(token: Uint8Array): TimeStampToken | string {
  try {
    return readTimeStampToken(token)
  } catch (cause) {
    if (cause instanceof PkiError) return cause.message
    throw cause
  }
}
