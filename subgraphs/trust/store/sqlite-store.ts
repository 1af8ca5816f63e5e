import { fileURLToPath } from 'node:url'
import { and, asc, desc, eq, max, sql } from 'drizzle-orm'
import { openSqlite, type SqliteStore } from '../../../runtime/database.ts'
import { saysTheSame, serviceId, type TrustService, type TrustStatement } from '../service.ts'
import { administrationRecords } from './sqlite-administration.ts'
import { agreementRecords } from './sqlite-agreements.ts'
import { decisionRecords } from './sqlite-decisions.ts'
import { sourceRecords } from './sqlite-list-sources.ts'
import { reportRecords } from './sqlite-reports.ts'
import { toRow, toService } from './statement-row.ts'
import { agreements, lists, statements } from './tables.ts'
import type { HeldList, ListHead, TrustRecords } from './trust-store.ts'

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url))

/** Keeps the promises of `TrustRecords` on SQLite. @param file path of the database, or `:memory:`. */
export function openTrustStore(file: string): TrustRecords {
  const { db, close } = openSqlite(file, MIGRATIONS)
  const prepared = { newest: newestOfService(db), insert: insertStatement(db) }
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
      const write = () => recordAll(prepared, given, nextMoment(db, now))
      return db.transaction(write, { behavior: 'immediate' })
    },
    recordList: async ({ bytes, ...list }, given, now) => {
      const write = (): HeldList | null => {
        if (newestSequence(db, list) >= list.sequence) return null
        const held = { ...list, recordedAt: nextMoment(db, now) }
        db.insert(lists)
          .values({ ...held, bytes: Buffer.from(bytes) })
          .run()
        recordAll(prepared, given, held.recordedAt)
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

/** Written once: a list brings thousands of statements. */
interface Prepared {
  readonly newest: ReturnType<typeof newestOfService>
  readonly insert: ReturnType<typeof insertStatement>
}

function recordAll({ newest, insert }: Prepared, given: readonly TrustStatement[], recordedAt: number): (TrustService | null)[] {
  return given.map((statement) => {
    const id = serviceId(statement)
    const held = newest.get({ id })
    if (held && saysTheSame(toService(held), statement)) return null
    const service: TrustService = { ...statement, id, recordedAt }
    insert.run({ ...toRow(service) })
    return service
  })
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

function newestOfService(db: Database) {
  return db
    .select()
    .from(statements)
    .where(eq(statements.serviceId, sql.placeholder('id')))
    .orderBy(desc(statements.recordedAt))
    .limit(1)
    .prepare()
}

function insertStatement(db: Database) {
  return db
    .insert(statements)
    .values({
      recordedAt: sql.placeholder('recordedAt'),
      serviceId: sql.placeholder('serviceId'),
      role: sql.placeholder('role'),
      fingerprint: sql.placeholder('fingerprint'),
      name: sql.placeholder('name'),
      scope: sql.placeholder('scope'),
      from: sql.placeholder('from'),
      until: sql.placeholder('until'),
      evidence: sql.placeholder('evidence'),
      list: sql.placeholder('list'),
      classes: sql.placeholder('classes'),
      caKind: sql.placeholder('caKind'),
      location: sql.placeholder('location'),
      evidenceDigest: sql.placeholder('evidenceDigest'),
      endReason: sql.placeholder('endReason'),
      endEvidenceDigest: sql.placeholder('endEvidenceDigest'),
    })
    .prepare()
}
