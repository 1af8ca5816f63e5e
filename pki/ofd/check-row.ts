import type { CheckRow } from '../ses/check-row.ts'

/** One thing checked on a signature of a document; shaped like the rows of seals. */
export interface DocumentRow extends Omit<CheckRow, 'check'> {
  readonly check: DocumentCheck
}

export type DocumentCheck =
  | 'SIGNATURE_FILE'
  | 'PROTECTED_FILES'
  | 'PROTECTED_RANGE'
  | 'SEAL_FILE'
  | 'UNPROTECTED_FILES'
  | 'ADDED_LATER'
