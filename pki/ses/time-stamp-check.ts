import { PkiError } from '../error.ts'
import { decodeTimeStampToken, type TimeStampToken } from '../timestamp/token.ts'
import { type TimeStamp, type TimeStampFaultCode, verifyTimeStampToken } from '../timestamp/verify-token.ts'
import { type CheckRow, type Finding, finding, NOT_APPLICABLE } from './check-row.ts'

/** What a time-stamp's bytes tell, and what it states where they hold. */
export interface StampReading {
  readonly finding: Finding
  /** Null unless it holds. Whose it is, and so whether it proves a time, is for the judge. */
  readonly timeStamp: TimeStamp | null
}

/** Bytes a token is over: the bytes themselves, or their digest by whatever algorithm the token names. */
export type Stamped = Uint8Array | { readonly digest: Uint8Array }

/** What could not be done is UNKNOWN; whatever else is wrong FAILS: a time-stamp that is present must hold (GM/T 0031-2025). */
const OUTCOMES: Readonly<Partial<Record<TimeStampFaultCode, CheckRow['outcome']>>> = {
  ALGORITHM: 'UNKNOWN',
  CERTIFICATE_MISSING: 'UNKNOWN',
}

/**
 * Checks a time-stamp by its bytes (RFC 3161, GB/T 20520): over what it must be over, signed, by a certificate for that purpose alone.
 * @param token null where there is none.
 * @param notBefore the token cannot be older than this: the moment the stamped thing says it was made.
 */
export function readStamp(token: Uint8Array | null, stamped: Stamped, notBefore: number | null): StampReading {
  if (token === null) return { finding: NOT_APPLICABLE, timeStamp: null }
  const decoded = decodeOrReason(token)
  if (typeof decoded === 'string')
    return failed('FAILED', `${token.length} 字节，不是时间戳`, `${token.length} bytes, no token: ${decoded}`)
  const verdict = verifyTimeStampToken(decoded, stamped)
  if ('fault' in verdict) {
    const { code, detail } = verdict.fault
    return failed(OUTCOMES[code] ?? 'FAILED', detail.zh, detail.en)
  }
  const { timeStamp } = verdict
  const at = new Date(timeStamp.genTime).toISOString()
  if (notBefore !== null && timeStamp.latest < notBefore)
    return failed('FAILED', `时间戳早于所盖对象：${at}`, `older than what it stamps: ${at}`)
  return { finding: finding('PASSED', at, at), timeStamp }
}

/** As `readStamp` for a token of which the standard does not say what it is over: it must hold, and that is all that can be told. */
export function readStampOverAnything(token: Uint8Array): StampReading {
  const decoded = decodeOrReason(token)
  const digest = typeof decoded === 'string' ? new Uint8Array() : decoded.info.imprint.digest
  return readStamp(token, { digest }, null)
}

function failed(outcome: CheckRow['outcome'], zh: string, en: string): StampReading {
  return { finding: finding(outcome, zh, en), timeStamp: null }
}

function decodeOrReason(token: Uint8Array): TimeStampToken | string {
  try {
    return decodeTimeStampToken(token)
  } catch (cause) {
    if (cause instanceof PkiError) return cause.message
    throw cause
  }
}
