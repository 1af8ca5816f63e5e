import { setImmediate } from 'node:timers/promises'
import { asc, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { sqliteTable } from 'drizzle-orm/sqlite-core'
import type { SqliteStore } from '../../../runtime/database.ts'
import { type NamedStatement, named, saysTheSame, type TrustService, type TrustStatement } from '../service.ts'
import { toRow, toService } from './statement-row.ts'
import { STATEMENT_COLUMNS, statements } from './tables.ts'

type Database = SqliteStore['db']

/** Statements written before others have their turn. */
const PIECE = 250

/** What a list says on its way in: seen by this connection only, and gone with it. */
const staged = sqliteTable('staged_statement', STATEMENT_COLUMNS)

/** Writes statements; everything within a transaction of the caller's but `stage`. */
export interface StatementWriter {
  /** Writes those that say anything new; null stands for the others. @throws where two speak of one service. */
  readonly write: (given: readonly TrustStatement[], recordedAt: number) => readonly (TrustService | null)[]
  /** Lays statements down beside the record, piece by piece; whatever lay there before is gone. */
  readonly stage: (given: readonly NamedStatement[]) => Promise<void>
  /** Writes all that was laid down, at once. */
  readonly promote: (recordedAt: number) => void
}

/** Prepares the writing: a list brings thousands of statements. */
export function statementWriter(db: Database): StatementWriter {
  db.run(sql`PRAGMA temp_store = MEMORY`)
  db.run(sql`CREATE TEMP TABLE staged_statement AS SELECT * FROM trust_statement WHERE 0`)
  const newest = newestOfService(db)
  const insert = insertInto(db, statements)
  const lay = insertInto(db, staged)
  return {
    write: (given, recordedAt) =>
      given.map((statement) => {
        const service: TrustService = { ...named(statement), recordedAt }
        const held = newest.get({ id: service.id })
        if (held && saysTheSame(toService(held), service)) return null
        insert.run({ ...toRow(service) })
        return service
      }),
    stage: async (given) => {
      db.delete(staged).run()
      for (const [i, statement] of given.entries()) {
        if (i > 0 && i % PIECE === 0) await setImmediate()
        lay.run({ ...toRow({ ...statement, recordedAt: 0 }) })
      }
    },
    promote: (recordedAt) => {
      const { recordedAt: _, ...columns } = getTableColumns(staged)
      const rows = db.select({ recordedAt: sql<number>`${recordedAt}`.as('recorded_at'), ...columns }).from(staged)
      db.insert(statements)
        .select(rows.orderBy(asc(staged.serviceId)))
        .run()
      db.delete(staged).run()
    },
  }
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

function insertInto(db: Database, table: typeof statements | typeof staged) {
  return db
    .insert(table)
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
      endCode: sql.placeholder('endCode'),
      endReason: sql.placeholder('endReason'),
      endEvidenceDigest: sql.placeholder('endEvidenceDigest'),
      notAfter: sql.placeholder('notAfter'),
      again: sql.placeholder('again'),
    })
    .prepare()
}
