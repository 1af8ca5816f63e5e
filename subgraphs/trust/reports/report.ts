import type { DivisionCode } from '../../../model/division-code.ts'
import type { Instant } from '../../../model/time.ts'

/** 拒绝使用合规印章（国办 27，西藏 12，福建 10）；涉嫌伪造、冒用（遂平 21）. */
export const REPORT_KINDS = ['REFUSAL', 'MISUSE'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

export const REPORT_SUBJECTS = ['SEAL', 'SIGNATURE', 'DOCUMENT', 'CERTIFICATE'] as const
export type ReportSubject = (typeof REPORT_SUBJECTS)[number]

/** 属实，不属实，转交. */
export const REPORT_OUTCOMES = ['UPHELD', 'DISMISSED', 'REFERRED'] as const
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number]

/** What somebody reports; who they are is kept as the caller's id alone. */
export interface NewReport {
  readonly kind: ReportKind
  readonly subject: ReportSubject
  /** Code of the seal, digest of the document or signature, fingerprint of the certificate. */
  readonly subjectId: string
  /** SM3 of the signed decision it is about, lower-case hex; null when none was asked for. */
  readonly decision: string | null
  /** Where it happened. */
  readonly division: DivisionCode
  /** The agency that refused; null for suspected misuse. */
  readonly agency: string | null
  readonly text: string
}

export interface ReportAnswer {
  readonly outcome: ReportOutcome
  readonly text: string
  readonly answeredAt: Instant
  readonly answeredBy: string
}

export interface Report extends NewReport {
  readonly id: string
  readonly reportedAt: Instant
  readonly reportedBy: string
  /** The newest answer; null while it is open. */
  readonly answer: ReportAnswer | null
}
