import { randomUUID } from 'node:crypto'
import type { Caller } from '../../../model/caller.ts'
import { HubError } from '../../../model/error.ts'
import type { Instant } from '../../../model/time.ts'
import type { NewReport, Report, ReportAnswer, ReportOutcome } from './report.ts'
import type { ReportStore } from './store.ts'

/** What one member may report in a day, and all members ever: a report is read by a person. */
const A_DAY_EACH = 100
const MAXIMUM_REPORTS = 100_000
const DAY_MS = 24 * 60 * 60_000

const MAXIMUM_TEXT = 1_000
const MAXIMUM_AGENCY = 200
const SUBJECT_ID = /^[\x21-\x7e]{1,140}$/
const DIGEST = /^[0-9a-f]{64}$/
/** Identity numbers and mobile numbers of persons have no place in a report. */
const PERSONAL = /(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)/

/**
 * The way in for a report: who reports is kept as the caller's id alone, and text that holds a person's identity or telephone number
 * is refused.
 * @throws HubError BAD_INPUT naming what is wrong, RATE_LIMITED (100 a day each), TOO_LARGE (the hub's bound is reached).
 */
export async function admitReport(store: ReportStore, given: NewReport, { id: by }: Caller, now: Instant): Promise<Report> {
  const report: Report = {
    ...given,
    id: randomUUID(),
    text: textOf(given.text, MAXIMUM_TEXT, 'text'),
    agency: given.agency === null ? null : textOf(given.agency, MAXIMUM_AGENCY, 'agency'),
    reportedAt: now,
    reportedBy: by,
    answer: null,
  }
  if (!SUBJECT_ID.test(report.subjectId)) throw wrong('subjectId')
  if (report.decision !== null && !DIGEST.test(report.decision)) throw wrong('decision')
  if ((await store.countOf(by, now - DAY_MS)) >= A_DAY_EACH)
    throw new HubError('RATE_LIMITED', `每日至多 ${A_DAY_EACH} 件`, `at most ${A_DAY_EACH} a day`)
  if ((await store.total()) >= MAXIMUM_REPORTS) throw new HubError('TOO_LARGE', '报告已满', 'no more reports can be kept')
  await store.add(report)
  return report
}

/**
 * The administrator's answer; a later one replaces it and both are kept.
 * @throws HubError NOT_FOUND, BAD_INPUT.
 */
export async function answerReport(
  store: ReportStore,
  { id, outcome, text }: { readonly id: string; readonly outcome: ReportOutcome; readonly text: string },
  { id: by }: Caller,
  now: Instant,
): Promise<Report> {
  const report = await store.byId(id)
  if (!report) throw new HubError('NOT_FOUND', '没有该报告', 'no such report')
  const answeredAt = Math.max(now, (report.answer?.answeredAt ?? 0) + 1)
  const answer: ReportAnswer = { outcome, text: textOf(text, MAXIMUM_TEXT, 'text'), answeredAt, answeredBy: by }
  await store.answer(id, answer)
  return { ...report, answer }
}

function textOf(text: string, maximum: number, what: string): string {
  const trimmed = text.trim()
  if (trimmed.length === 0 || trimmed.length > maximum)
    throw new HubError('BAD_INPUT', `${what} 须为 1 至 ${maximum} 字`, `${what} has 1 to ${maximum} characters`)
  if (PERSONAL.test(trimmed))
    throw new HubError('BAD_INPUT', '请勿填写身份证号或手机号', 'leave out identity and telephone numbers of persons')
  return trimmed
}

function wrong(what: string): HubError {
  return new HubError('BAD_INPUT', `${what} 格式不符`, `${what} is malformed`)
}
