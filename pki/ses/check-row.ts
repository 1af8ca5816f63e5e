/** One thing checked on a seal or signature; the words for rule and next step stand with whoever answers people. */
export interface CheckRow {
  readonly check: SesCheck
  /** What it was done on: `seal 32050000011053`, `signature`. */
  readonly object: string
  /** UNKNOWN: could not be done. NOTE: holds, but a reader should know. NOT_APPLICABLE: nothing there to check. */
  readonly outcome: 'PASSED' | 'FAILED' | 'UNKNOWN' | 'NOTE' | 'NOT_APPLICABLE'
  readonly detail?: Remark
}

/** What was seen, Chinese first. */
export interface Remark {
  readonly zh: string
  readonly en: string
}

export type SesCheck =
  | 'SEAL_FORMAT'
  | 'SEAL_SIGNATURE'
  | 'SEAL_ALGORITHM'
  | 'SEAL_EXTENSIONS'
  | 'SEAL_TIME_STAMP'
  | 'SEAL_VALIDITY_AGREES'
  | 'SIGNATURE_FORMAT'
  | 'SIGNATURE_VALUE'
  | 'SIGNATURE_ALGORITHM'
  | 'SIGNATURE_ENCODING'
  | 'SIGNER_CERTIFICATE'
  | 'SIGNER_IN_SEAL'
  | 'DATA_HASH'
  | 'VERSIONS_AGREE'
  | 'SIGNATURE_EXTENSIONS'
  | 'SIGNATURE_TIME_STAMP'

/** What a check found, before it is known on which object. */
export type Finding = Pick<CheckRow, 'outcome' | 'detail'>

export const PASSED: Finding = { outcome: 'PASSED' }
export const NOT_APPLICABLE: Finding = { outcome: 'NOT_APPLICABLE' }

/** A finding with what was seen. */
export function finding(outcome: CheckRow['outcome'], zh: string, en: string): Finding {
  return { outcome, detail: { zh, en } }
}

/** FAILED for any fault, NOTE for any quirk, PASSED with neither; every remark is named. */
export function judgeRemarks(faults: readonly Remark[], quirks: readonly Remark[]): Finding {
  if (faults.length > 0) return { outcome: 'FAILED', detail: joinRemarks(faults) }
  if (quirks.length > 0) return { outcome: 'NOTE', detail: joinRemarks(quirks) }
  return PASSED
}

/** Several remarks as one. */
export function joinRemarks(remarks: readonly Remark[]): Remark {
  return { zh: remarks.map(({ zh }) => zh).join('；'), en: remarks.map(({ en }) => en).join('; ') }
}
