import { and, count, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { SqliteStore } from '../../../runtime/database.ts'
import type { Report, ReportAnswer } from '../reports/report.ts'
import type { ReportStore } from '../reports/store.ts'
import { reportAnswers, reports } from './tables.ts'

/** Keeps the promise of `ReportStore`. */
export function reportRecords(db: SqliteStore['db']): ReportStore {
  const answersOf = (ids: readonly string[]) => {
    const rows =
      ids.length === 0
        ? []
        : db
            .select()
            .from(reportAnswers)
            .where(inArray(reportAnswers.reportId, [...ids]))
            .all()
    const newest = new Map<string, ReportAnswer>()
    for (const { reportId, ...answer } of rows.sort((a, b) => a.answeredAt - b.answeredAt)) newest.set(reportId, answer)
    return newest
  }
  const answered = (rows: readonly (typeof reports.$inferSelect)[]): readonly Report[] => {
    const answers = answersOf(rows.map(({ id }) => id))
    return rows.map((row) => ({ ...row, answer: answers.get(row.id) ?? null }))
  }
  const isOpen = sql`not exists (select 1 from ${reportAnswers} where ${reportAnswers.reportId} = ${reports.id})`
  return {
    add: async ({ answer: _, ...report }) => {
      db.insert(reports).values(report).run()
    },
    byId: async (id) => answered(db.select().from(reports).where(eq(reports.id, id)).all())[0] ?? null,
    page: async ({ kind, open, before, limit }) => {
      const conditions: (SQL | undefined)[] = [
        kind === null ? undefined : eq(reports.kind, kind),
        open === null ? undefined : open ? isOpen : sql`not ${isOpen}`,
        before === null
          ? undefined
          : or(
              lt(reports.reportedAt, before.reportedAt),
              and(eq(reports.reportedAt, before.reportedAt), lt(reports.id, before.id)),
            ),
      ]
      const rows = db
        .select()
        .from(reports)
        .where(and(...conditions))
        .orderBy(desc(reports.reportedAt), desc(reports.id))
        .limit(limit)
      return answered(rows.all())
    },
    answer: async (id, answer) => {
      db.insert(reportAnswers)
        .values({ reportId: id, ...answer })
        .run()
    },
    countOf: async (reportedBy, since) =>
      db
        .select({ number: count() })
        .from(reports)
        .where(and(eq(reports.reportedBy, reportedBy), gte(reports.reportedAt, since)))
        .get()?.number ?? 0,
    counts: async () =>
      db
        .select({ kind: reports.kind, division: reports.division, number: count(), open: sql<number>`sum(${isOpen})` })
        .from(reports)
        .groupBy(reports.kind, reports.division)
        .orderBy(reports.kind, reports.division)
        .all(),
    total: async () => db.select({ number: count() }).from(reports).get()?.number ?? 0,
  }
}
