import type { DivisionCode } from '../../../model/division-code.ts'
import type { Bilingual } from '../../../model/text.ts'
import type { Instant } from '../../../model/time.ts'

/** Where a list is fetched from, how that went, and what it brought. */
export interface ListSource {
  readonly url: string
  /** Territory whose list it must be, where another list points to it; null for a source somebody configured. */
  readonly expected: DivisionCode | null
  readonly lastAttempt: Instant | null
  readonly nextAttempt: Instant
  /** Attempts in a row that did not end well. */
  readonly failures: number
  readonly problem: SourceProblem | null
  /** The last list taken in from it; null before the first. */
  readonly confirmed: SourceMemory | null
}

/** What was last taken in from a source: kept over a restart, so that an unchanged list is not sent again. */
export interface SourceMemory {
  readonly url: string
  readonly territory: DivisionCode
  readonly etag: string | null
  /** SM3 of the list, lower-case hex. */
  readonly digest: string
  /** When the source last said that this is its list. */
  readonly confirmedAt: Instant
}

/** UNREACHABLE: no answer. UNREADABLE: bytes that are no list. REFUSED: a list that is not admitted. */
export interface SourceProblem {
  readonly kind: 'UNREACHABLE' | 'UNREADABLE' | 'REFUSED'
  readonly code: string
  readonly reason: Bilingual
  readonly since: Instant
  /** Generation of the lists it was refused by: news may let it in. */
  readonly generation: Instant
}

/** How often a source is asked that answers well. */
const REFRESH_MS = 5 * 60_000
/** With the time one attempt may take this keeps a source that is back from waiting longer than a minute. */
const LONGEST_WAIT_MS = 20_000
const FIRST_WAIT_MS = 1_000

/** A source never asked before, due at once. */
export function newSource(url: string, expected: DivisionCode | null, confirmed: SourceMemory | null): ListSource {
  return { url, expected, lastAttempt: null, nextAttempt: 0, failures: 0, problem: null, confirmed }
}

/** The source after an attempt that ended well. @param random 0 to 1, spreads hubs by a tenth either way. */
export function afterSuccess(source: ListSource, confirmed: SourceMemory, now: Instant, random: number): ListSource {
  const nextAttempt = now + Math.round(REFRESH_MS * (0.9 + 0.2 * random))
  return { ...source, lastAttempt: now, nextAttempt, failures: 0, problem: null, confirmed }
}

/**
 * The source after one that did not: a source out of reach is asked again after a second, then twice as long each time up to 20
 * seconds; one whose list is not taken in waits as long as one that does well. Half of a short wait is left to chance.
 */
export function afterProblem(
  source: ListSource,
  problem: Omit<SourceProblem, 'since'>,
  now: Instant,
  random: number,
): ListSource {
  const failures = source.failures + 1
  const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10)) * (0.5 + 0.5 * random)
  const wait = problem.kind === 'UNREACHABLE' ? backoff : REFRESH_MS * (0.9 + 0.2 * random)
  const since = source.problem?.kind === problem.kind ? source.problem.since : now
  return { ...source, lastAttempt: now, nextAttempt: now + Math.round(wait), failures, problem: { ...problem, since } }
}

/** Whether a source is to be asked now: its time has come, or what refused its list has changed since. */
export function isDue(source: ListSource, now: Instant, generation: Instant): boolean {
  if (now >= source.nextAttempt) return true
  const { problem, lastAttempt } = source
  const isNews = problem?.kind === 'REFUSED' && problem.generation < generation
  return isNews && now >= (lastAttempt ?? 0) + FIRST_WAIT_MS
}
