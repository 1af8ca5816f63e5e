import type { HubErrorCode } from '../model/error.ts'

/** The HTTP status that says the same as a code, where HTTP is all there is to answer with. */
const STATUS: Readonly<Record<HubErrorCode, number>> = {
  BAD_INPUT: 400,
  UNREADABLE: 422,
  TOO_LARGE: 413,
  NOT_FOUND: 404,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  ENVELOPE_SIGNATURE: 403,
  ENVELOPE_SEQUENCE: 409,
  REPLAY: 409,
  NOT_A_MEMBER: 403,
  OUT_OF_SCOPE: 403,
  STALE: 409,
  CONFLICT: 409,
  POLICY: 422,
  FACTS_REFUSED: 403,
  INTEGRITY: 422,
  UNAVAILABLE: 503,
  RATE_LIMITED: 429,
  UNSUPPORTED: 501,
}

/** The status for a code; null for what is none of ours. */
export function httpStatusOf(code: HubErrorCode): number
export function httpStatusOf(code: string): number | null
export function httpStatusOf(code: string): number | null {
  return Object.hasOwn(STATUS, code) ? STATUS[code as HubErrorCode] : null
}
