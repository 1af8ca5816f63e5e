import { HubError, type HubErrorCode } from '../model/error.ts'
import type { Indication } from '../model/indication.ts'

/** Exit codes: those of a judgement, and those of sysexits.h where no judgement was reached. */
export const EXIT = {
  passed: 0,
  failed: 1,
  indeterminate: 2,
  usage: 64,
  unreadable: 65,
  unavailable: 69,
  software: 70,
  refused: 77,
} as const

export function exitCodeOf(indication: Indication): number {
  if (indication === 'TOTAL_PASSED') return EXIT.passed
  return indication === 'TOTAL_FAILED' ? EXIT.failed : EXIT.indeterminate
}

const CODES: Readonly<Partial<Record<HubErrorCode, number>>> = {
  BAD_INPUT: EXIT.usage,
  UNREADABLE: EXIT.unreadable,
  TOO_LARGE: EXIT.unreadable,
  UNSUPPORTED: EXIT.unreadable,
  UNAVAILABLE: EXIT.unavailable,
  RATE_LIMITED: EXIT.unavailable,
}

/** The exit code for an error no judgement came out of: 64 usage, 65 unreadable, 69 unavailable, 77 refused, 70 a fault of ours. */
export function exitCodeOfError(error: unknown): number {
  return error instanceof HubError ? (CODES[error.code] ?? EXIT.refused) : EXIT.software
}
