import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { desc, lte, max } from 'drizzle-orm'
import type { SqliteStore } from '../../../runtime/database.ts'
import type { DecisionStore } from '../questions/what-if-keeper.ts'
import type { RecordedDecision } from '../questions/what-if-record.ts'
import { decisions } from './tables.ts'

/** A decision that takes more is not kept. */
const MAXIMUM_BYTES = 64 * 1024

/** Keeps the promise of `DecisionStore`. */
export function decisionRecords(db: SqliteStore['db']): DecisionStore {
  return {
    keep: (given, limit) => {
      const rows = given.map(toRow).filter(({ asked }) => asked.length <= MAXIMUM_BYTES)
      if (rows.length === 0) return
      db.transaction(
        (tx) => {
          tx.insert(decisions).values(rows).run()
          const last =
            tx
              .select({ id: max(decisions.id) })
              .from(decisions)
              .get()?.id ?? 0
          tx.delete(decisions)
            .where(lte(decisions.id, last - limit))
            .run()
        },
        { behavior: 'immediate' },
      )
    },
    newest: async (number) =>
      db.select({ asked: decisions.asked }).from(decisions).orderBy(desc(decisions.id)).limit(number).all().map(toDecision),
  }
}

function toRow(decision: RecordedDecision) {
  const { judgedAt, indication, subIndication } = decision
  return { judgedAt, indication, subIndication, asked: deflateRawSync(JSON.stringify(decision)) }
}

function toDecision({ asked }: { readonly asked: Buffer }): RecordedDecision {
  return JSON.parse(inflateRawSync(asked).toString()) as RecordedDecision
}
