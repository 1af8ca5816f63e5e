import { fileURLToPath } from 'node:url'
import { and, asc, eq, max } from 'drizzle-orm'
import { openSqlite, type SqliteStore } from '../../../runtime/database.ts'
import { administrationRecords } from './sqlite-administration.ts'
import { agreementRecords } from './sqlite-agreements.ts'
import { decisionRecords } from './sqlite-decisions.ts'
import { sourceRecords } from './sqlite-list-sources.ts'
import { reportRecords } from './sqlite-reports.ts'
import { statementWriter } from './sqlite-statements.ts'
import { toService } from './statement-row.ts'
import { agreements, lists, statements } from './tables.ts'
import type { HeldList, ListHead, TrustRecords } from './trust-store.ts'

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))

/** Keeps the promises of `TrustRecords` on SQLite. @param file path of the database, or `:memory:`. */
export function openTrustStore(file: string): TrustRecords {
  const { db, close } = openSqlite(file, MIGRATIONS)
  const writer = statementWriter(db)
  return {
    reports: reportRecords(db),
    decisions: decisionRecords(db),
    ...agreementRecords(db, (now) => nextMoment(db, now)),
    ...sourceRecords(db),
    ...administrationRecords(db),
    close,
    statements: async () =>
      db.select().from(statements).orderBy(asc(statements.recordedAt), asc(statements.serviceId)).all().map(toService),
    lists: async () => db.select(HEAD).from(lists).orderBy(asc(lists.recordedAt)).all(),
    listBytes: async (list) => db.select({ bytes: lists.bytes }).from(lists).where(isList(list)).get()?.bytes ?? null,
    record: async (given, now) => {
      const write = () => writer.write(given, nextMoment(db, now))
      return db.transaction(write, { behavior: 'immediate' })
    },
    recordList: async ({ bytes, ...list }, given, now) => {
      await writer.stage(given)
      const write = (): HeldList | null => {
        if (newestSequence(db, list) >= list.sequence) return null
        const held = { ...list, recordedAt: nextMoment(db, now) }
        db.insert(lists)
          .values({ ...held, bytes: Buffer.from(bytes) })
          .run()
        writer.promote(held.recordedAt)
        return held
      }
      return db.transaction(write, { behavior: 'immediate' })
    },
  }
}

const HEAD = {
  territory: lists.territory,
  sequence: lists.sequence,
  own: lists.own,
  issuedAt: lists.issuedAt,
  nextUpdate: lists.nextUpdate,
  recordedAt: lists.recordedAt,
  digest: lists.digest,
  signer: lists.signer,
}

type Database = SqliteStore['db']

/** Later than every commit before, of statements, lists and agreements. */
function nextMoment(db: Database, now: number): number {
  const newest = [statements, lists, agreements].map(
    (table) =>
      db
        .select({ at: max(table.recordedAt) })
        .from(table)
        .get()?.at ?? 0,
  )
  return Math.max(now, ...newest.map((at) => at + 1))
}

function newestSequence(db: Database, { territory, own }: ListHead): number {
  const sameList = and(eq(lists.territory, territory), eq(lists.own, own))
  return (
    db
      .select({ sequence: max(lists.sequence) })
      .from(lists)
      .where(sameList)
      .get()?.sequence ?? -1
  )
}

function isList({ territory, sequence, own }: Pick<ListHead, 'territory' | 'sequence' | 'own'>) {
  return and(eq(lists.territory, territory), eq(lists.sequence, sequence), eq(lists.own, own))
}
