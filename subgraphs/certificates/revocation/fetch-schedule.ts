import type { Instant } from '../../../model/time.ts'
import type { SourceState } from '../store/source-store.ts'
import type { FetchFailure } from './fetch-failure.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** How soon and how late a source that answers is asked again: authorities publish early when it is urgent. */
const SOONEST_MS = 5 * MINUTE_MS
const LATEST_MS = 6 * HOUR_MS
/** Of a source whose answer is already past its next update. */
const OVERDUE_MS = HOUR_MS
const FIRST_RETRY_MS = MINUTE_MS

/** What a successful attempt leaves behind. */
export interface Success {
  /** Until when what was fetched is good; null when it does not say. */
  readonly freshUntil: Instant | null
  readonly etag: string | null
  readonly lastModified: string | null
}

/**
 * The state after an attempt that succeeded: asked again half-way to the next update, not sooner than 5 minutes and not later
 * than 6 hours from now; hourly where the next update has passed.
 * @param random from 0 to 1; spreads sources by a tenth either way.
 */
export function afterSuccess(
  source: SourceState,
  { freshUntil, etag, lastModified }: Success,
  now: Instant,
  random: number,
): SourceState {
  const wait = freshUntil !== null && freshUntil > now ? clamp((freshUntil - now) / 2) : OVERDUE_MS
  return {
    ...source,
    lastAttempt: now,
    lastSuccess: now,
    freshUntil,
    failingSince: null,
    failures: 0,
    errorCode: null,
    errorDetail: null,
    nextAttempt: now + Math.round(wait * (0.9 + 0.2 * random)),
    etag,
    lastModified,
  }
}

/**
 * The state after one that failed: asked again after a minute, then twice as long each time, up to 6 hours; half of the wait is left
 * to chance, so that many hubs do not fall upon a server that has just come back.
 */
export function afterFailure(source: SourceState, { code, detail }: FetchFailure, now: Instant, random: number): SourceState {
  const failures = source.failures + 1
  const wait = Math.min(LATEST_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20))
  return {
    ...source,
    lastAttempt: now,
    failingSince: source.failingSince ?? now,
    failures,
    errorCode: code,
    errorDetail: detail,
    nextAttempt: now + Math.round(wait * (0.5 + 0.5 * random)),
  }
}

function clamp(wait: number): number {
  return Math.min(LATEST_MS, Math.max(SOONEST_MS, wait))
}
