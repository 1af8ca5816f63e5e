import type { Bilingual } from './text.ts'
import type { Instant } from './time.ts'

/** How fresh a source is: never silence. Ages and bounds in milliseconds. */
export type Freshness =
  | { readonly kind: 'FRESH'; readonly age: number; readonly bound: number }
  | { readonly kind: 'STALE'; readonly age: number; readonly bound: number }
  | { readonly kind: 'UNKNOWN'; readonly reason: Bilingual }

/** Judges the age of what was last heard at `heardAt` against a bound. */
export function freshnessAt(heardAt: Instant | null, now: Instant, bound: number): Freshness {
  if (heardAt === null) return { kind: 'UNKNOWN', reason: { zh: '来源从未有过消息', en: 'the source was never heard' } }
  const age = Math.max(0, now - heardAt)
  return { kind: age <= bound ? 'FRESH' : 'STALE', age, bound }
}
