import { and, asc, count, eq, lte, min, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { SourceKey, SourceStore } from './source-store.ts'
import { revocationSources } from './tables.ts'

const NEW = {
  lastAttempt: null,
  lastSuccess: null,
  freshUntil: null,
  failingSince: null,
  failures: 0,
  errorCode: null,
  errorDetail: null,
  etag: null,
  lastModified: null,
}
const FIRST: SourceKey = { kind: 'CRL', url: '', certificate: '' }

/** The part of the store that remembers how sources of revocation evidence do. */
export function sourceQueries(db: BetterSQLite3Database): SourceStore {
  const { kind, url, certificate, nextAttempt } = revocationSources
  const isKey = (key: SourceKey) => and(eq(kind, key.kind), eq(url, key.url), eq(certificate, key.certificate))
  return {
    sources: async (limit, after) => {
      const from = after ?? FIRST
      return db
        .select()
        .from(revocationSources)
        .where(sql`(${kind}, ${url}, ${certificate}) > (${from.kind}, ${from.url}, ${from.certificate})`)
        .orderBy(asc(kind), asc(url), asc(certificate))
        .limit(limit)
        .all()
    },
    dueSources: async (now, limit) =>
      db.select().from(revocationSources).where(lte(nextAttempt, now)).orderBy(asc(nextAttempt), asc(url)).limit(limit).all(),
    nextDue: async () => db.select({ at: min(nextAttempt) }).from(revocationSources).get()?.at ?? null, // biome-ignore format: a sentence
    sourceTotals: async (now) => {
      const { failures, lastSuccess, freshUntil } = revocationSources
      const total = (condition: SQL) => sql<number>`coalesce(sum(${condition}), 0)`
      const answers = sql`${failures} = 0 and ${lastSuccess} is not null`
      const totals = db
        .select({
          never: total(sql`${failures} = 0 and ${lastSuccess} is null`),
          fresh: total(sql`${answers} and coalesce(${freshUntil}, -1) >= ${now}`),
          stale: total(sql`${answers} and coalesce(${freshUntil}, -1) < ${now}`),
          failing: total(sql`${failures} > 0`),
        })
        .from(revocationSources)
        .get()
      return totals ?? { never: 0, fresh: 0, stale: 0, failing: 0 }
    },
    addSources: async (keys, now, maximum) =>
      db.transaction(
        (tx) => {
          let room = maximum - (tx.select({ held: count() }).from(revocationSources).get()?.held ?? 0)
          for (const key of keys) {
            if (room <= 0) return
            room -= tx
              .insert(revocationSources)
              .values({ ...NEW, ...key, nextAttempt: now })
              .onConflictDoNothing()
              .run().changes
          }
        },
        { behavior: 'immediate' },
      ),
    replaceSource: async (state) => {
      db.update(revocationSources).set(state).where(isKey(state)).run()
    },
    dropSource: async (key) => {
      db.delete(revocationSources).where(isKey(key)).run()
    },
  }
}
