import { and, asc, eq, gte, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Contact } from '../../../model/facts.ts'
import type { Instant } from '../../../model/time.ts'
import { envelopes } from './tables.ts'

/** More silences than this are not told; the history is then complete only since the oldest one told. */
const MAXIMUM_SILENCES = 64

interface Folded extends Contact {
  /** The last word folded in. */
  readonly heardAt: Instant
}

/**
 * How platforms were heard, from their envelopes: read once for each platform and then only what has come since.
 * @param bound how long a silence must be to be told, in milliseconds.
 * @returns a function of a platform and of when it was last heard.
 */
export function contacts(db: BetterSQLite3Database, bound: number): (platform: string, heardAt: Instant) => Contact {
  const since = db
    .select({ at: envelopes.recordedAt })
    .from(envelopes)
    .where(and(eq(envelopes.platform, sql.placeholder('platform')), gte(envelopes.recordedAt, sql.placeholder('from'))))
    .orderBy(asc(envelopes.recordedAt))
    .prepare()
  const held = new Map<string, Folded>()
  return (platform, heardAt) => {
    const before = held.get(platform)
    const folded =
      before?.heardAt === heardAt ? before : fold(before ?? null, since.all({ platform, from: before?.heardAt ?? 0 }), bound)
    held.set(platform, folded)
    const { heardAt: _, ...contact } = folded
    return contact
  }
}

function fold(before: Folded | null, words: readonly { readonly at: Instant }[], bound: number): Folded {
  const first = before?.heardAt ?? words[0]?.at ?? 0
  const silences = [...(before?.silences ?? [])]
  let heardAt = first
  for (const { at } of words) {
    if (at - heardAt > bound) silences.unshift({ from: heardAt, until: at })
    heardAt = at
  }
  const told = silences.slice(0, MAXIMUM_SILENCES)
  const oldest = told.length < silences.length ? told.at(-1) : undefined
  return { since: oldest?.from ?? before?.since ?? first, silences: told, bound, heardAt }
}
