import type { DivisionCode } from '../../../model/division-code.ts'
import type { Instant } from '../../../model/time.ts'
import type { Report, ReportAnswer, ReportKind } from './report.ts'

export interface ReportQuery {
  readonly kind: ReportKind | null
  /** Only those without an answer, or only those with one. */
  readonly open: boolean | null
  /** Only reports before this one, newest first. */
  readonly before: { readonly reportedAt: Instant; readonly id: string } | null
  readonly limit: number
}

export interface ReportCount {
  readonly kind: ReportKind
  readonly division: DivisionCode
  readonly number: number
  readonly open: number
}

/** Reports and answers are only ever added. */
export interface ReportStore {
  /** Adds a report, durable once resolved. */
  readonly add: (report: Report) => Promise<void>
  readonly byId: (id: string) => Promise<Report | null>
  /** Reports with their newest answer, newest first. */
  readonly page: (query: ReportQuery) => Promise<readonly Report[]>
  readonly answer: (id: string, answer: ReportAnswer) => Promise<void>
  /** How many somebody has reported since a moment. */
  readonly countOf: (reportedBy: string, since: Instant) => Promise<number>
  /** How many there are, by kind and division. */
  readonly counts: () => Promise<readonly ReportCount[]>
  readonly total: () => Promise<number>
}
