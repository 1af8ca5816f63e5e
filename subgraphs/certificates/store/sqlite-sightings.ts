import { inArray, max } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Instant } from '../../../model/time.ts'
import type { SightingStore } from './sighting-store.ts'
import { sightings } from './tables.ts'

type Database = Pick<BetterSQLite3Database, 'select'>

/** The part of the store that remembers when evidence was first seen. */
export function sightingQueries(db: BetterSQLite3Database): SightingStore {
  return {
    sightings: async (digests) => seenAmong(db, digests),
    see: async (digests, now, limit) =>
      db.transaction(
        (tx) => {
          const seen = new Map(seenAmong(tx, digests))
          const room =
            limit -
            (tx
              .select({ last: max(sightings.id) })
              .from(sightings)
              .get()?.last ?? 0)
          const unseen = [...new Set(digests)].filter((digest) => !seen.has(digest)).slice(0, Math.max(0, room))
          for (const digest of unseen) {
            tx.insert(sightings).values({ digest, seenAt: now }).run()
            seen.set(digest, now)
          }
          return seen
        },
        { behavior: 'immediate' },
      ),
  }
}

function seenAmong(db: Database, digests: readonly string[]): ReadonlyMap<string, Instant> {
  const rows = db.select().from(sightings).where(inArray(sightings.digest, [...digests])).all() // biome-ignore format: a sentence
  return new Map(rows.map(({ digest, seenAt }) => [digest, seenAt]))
}
