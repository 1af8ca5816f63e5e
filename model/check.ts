import type { Bilingual } from './text.ts'

/**
 * PASSED: done, and it holds. FAILED: done, and it does not. UNKNOWN: could not be done, or its evidence is missing or stale.
 * NOTE: holds, but a reader should know. NOT_APPLICABLE: this format or question has no such check.
 */
export type CheckOutcome = 'PASSED' | 'FAILED' | 'UNKNOWN' | 'NOTE' | 'NOT_APPLICABLE'

/** The rule a check stands on: a standard's clause, a measure's article or the hub's own decision. */
export interface Rule {
  readonly source: Bilingual
  readonly clause: string
}

/** What was checked, on which object, with which outcome, by which rule, and what to do next. */
export interface Check {
  /** Stable name of the check, UPPER_CASE: `SEAL_SIGNATURE`. */
  readonly check: string
  /** What it was done on: `seal 32050000011053`, `maker certificate CN=…`. */
  readonly object: string
  readonly outcome: CheckOutcome
  readonly rule: Rule
  readonly explanation: Bilingual
  /** What the reader can do; null when nothing needs doing. */
  readonly next: Bilingual | null
}
