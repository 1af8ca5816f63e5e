import { HubError } from './error.ts'

/** UTC milliseconds since 1970-01-01T00:00:00Z. The only time inside the house; ISO 8601 lives at an edge. */
export type Instant = number

/** Where the present comes from; handed in by the edge, never read below it. */
export type Clock = () => Instant

/** A span of time, both ends included; `until` null means open. */
export interface Span {
  readonly from: Instant
  readonly until: Instant | null
}

const ISO_8601 = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** Formats as ISO 8601 in UTC: `2026-11-21T08:00:00.000Z`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString()
}

/**
 * Parses ISO 8601 with a zone (`Z` or an offset), or a bare date, which means its first moment in UTC.
 * @throws HubError BAD_INPUT when the text is anything else.
 */
export function parseInstant(text: string): Instant {
  const instant = ISO_8601.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(instant) || !namesARealDay(text)) {
    throw new HubError(
      'BAD_INPUT',
      `时间须为带时区的 ISO 8601：${text.slice(0, 40)}`,
      `not an ISO 8601 time with a zone: ${text.slice(0, 40)}`,
    )
  }
  return instant
}

/** `Date.parse` rolls 31 February over into March; a date that does not exist is refused instead. */
function namesARealDay(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
}

/** Whether the span holds the instant; both ends belong to it. */
export function holds(span: Span, at: Instant): boolean {
  return span.from <= at && (span.until === null || at <= span.until)
}
