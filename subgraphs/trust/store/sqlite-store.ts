import { fileURLToPath } from 'node:url'
import { asc, desc, eq, max, sql } from 'drizzle-orm'
import { openSqlite, type SqliteStore } from '../../../runtime/database.ts'
import { saysTheSame, serviceId, type TrustService } from '../service.ts'
import { statements } from './tables.ts'
import type { TrustStore } from './trust-store.ts'

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))

type Row = typeof statements.$inferSelect

/** Keeps the promise of `TrustStore` on SQLite. @param file path of the database, or `:memory:`. */
export function openTrustStore(file: string): TrustStore {
  const { db, close } = openSqlite(file, MIGRATIONS)
  const newest = newestOfService(db)
  const all = db.select().from(statements).orderBy(asc(statements.recordedAt), asc(statements.serviceId)).prepare()
  return {
    close,
    statements: async () => all.all().map(toService),
    record: async (given, now) =>
      db.transaction(
        (transaction) => {
          const last =
            transaction
              .select({ at: max(statements.recordedAt) })
              .from(statements)
              .get()?.at ?? 0
          const recordedAt = Math.max(now, last + 1)
          return given.map((statement) => {
            const id = serviceId(statement)
            const held = newest.get({ id })
            if (held && saysTheSame(toService(held), statement)) return null
            const service: TrustService = { ...statement, id, recordedAt }
            transaction.insert(statements).values(toRow(service)).run()
            return service
          })
        },
        { behavior: 'immediate' },
      ),
  }
}

function newestOfService(db: SqliteStore['db']) {
  return db
    .select()
    .from(statements)
    .where(eq(statements.serviceId, sql.placeholder('id')))
    .orderBy(desc(statements.recordedAt))
    .limit(1)
    .prepare()
}

function toRow({ id, span, ...service }: TrustService): Row {
  return { ...service, serviceId: id, from: span.from, until: span.until }
}

function toService({ serviceId: id, from, until, ...row }: Row): TrustService {
  return { ...row, id, span: { from, until } }
}
