import { asc } from 'drizzle-orm'
import type { SqliteStore } from '../../../runtime/database.ts'
import { listSources } from './tables.ts'
import type { TrustStore } from './trust-store.ts'

/** The part of `TrustStore` that remembers where lists came from. */
export function sourceRecords(db: SqliteStore['db']): Pick<TrustStore, 'sources' | 'rememberSource'> {
  return {
    sources: async () => db.select().from(listSources).orderBy(asc(listSources.url)).all(),
    rememberSource: async (source) => {
      db.insert(listSources).values(source).onConflictDoUpdate({ target: listSources.url, set: source }).run()
    },
  }
}
