import { asc, desc, eq } from 'drizzle-orm'
import type { SqliteStore } from '../../../runtime/database.ts'
import { type Agreement, agreementId } from '../recognition/agreement.ts'
import { agreements } from './tables.ts'
import type { TrustStore } from './trust-store.ts'

type Row = typeof agreements.$inferSelect

/** The part of `TrustStore` that keeps agreements. @param nextMoment a moment later than every commit before. */
export function agreementRecords(
  db: SqliteStore['db'],
  nextMoment: (now: number) => number,
): Pick<TrustStore, 'agreements' | 'recordAgreement'> {
  return {
    agreements: async () =>
      db.select().from(agreements).orderBy(asc(agreements.recordedAt), asc(agreements.agreementId)).all().map(toAgreement),
    recordAgreement: async (statement, now) => {
      const id = agreementId(statement)
      const write = (): Agreement | null => {
        const held = db
          .select()
          .from(agreements)
          .where(eq(agreements.agreementId, id))
          .orderBy(desc(agreements.recordedAt))
          .limit(1)
          .get()
        if (held && held.until === statement.span.until) return null
        const agreement = { ...statement, id, recordedAt: nextMoment(now) }
        db.insert(agreements).values(toRow(agreement)).run()
        return agreement
      }
      return db.transaction(write, { behavior: 'immediate' })
    },
  }
}

function toRow({ id, span, classes, purposes, networks, ...agreement }: Agreement): Row {
  const words = { classes: JSON.stringify(classes), purposes: JSON.stringify(purposes), networks: JSON.stringify(networks) }
  return { ...agreement, ...words, agreementId: id, from: span.from, until: span.until }
}

function toAgreement({ agreementId: id, from, until, classes, purposes, networks, ...row }: Row): Agreement {
  const words = {
    classes: JSON.parse(classes) as Agreement['classes'],
    purposes: JSON.parse(purposes) as Agreement['purposes'],
    networks: JSON.parse(networks) as Agreement['networks'],
  }
  return { ...row, ...words, id, span: { from, until } }
}
