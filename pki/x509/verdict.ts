/** What was seen, in both languages of the program: Chinese first. */
export interface Detail {
  readonly zh: string
  readonly en: string
}

/** PASSED: done, and it holds. FAILED: done, and it does not. UNKNOWN: could not be done. NOTE: holds, but a reader should know. */
export type Outcome = 'PASSED' | 'FAILED' | 'UNKNOWN' | 'NOTE'
