import { asc, max } from 'drizzle-orm'
import { canonicalJson } from '../../../model/canonical-json.ts'
import type { SqliteStore } from '../../../runtime/database.ts'
import type { AdministrationEvent, Change } from '../administration/event.ts'
import { administrationEvents } from './tables.ts'
import type { TrustStore } from './trust-store.ts'

type Row = typeof administrationEvents.$inferSelect

/** The part of `TrustStore` that keeps what administrators did. */
export function administrationRecords(db: SqliteStore['db']): Pick<TrustStore, 'administrationEvents' | 'recordAdministration'> {
  return {
    administrationEvents: async () =>
      db.select().from(administrationEvents).orderBy(asc(administrationEvents.sequence)).all().map(toEvent),
    recordAdministration: async ({ change, ...event }, now) => {
      const write = (): AdministrationEvent => {
        const newest = db
          .select({ at: max(administrationEvents.recordedAt) })
          .from(administrationEvents)
          .get()
        const recordedAt = Math.max(now, newest?.at ?? 0)
        const row = { ...event, recordedAt, change: change && canonicalJson(change) }
        return toEvent(db.insert(administrationEvents).values(row).returning().get())
      }
      return db.transaction(write, { behavior: 'immediate' })
    },
  }
}

function toEvent({ change, ...row }: Row): AdministrationEvent {
  return { ...row, change: change === null ? null : (JSON.parse(change) as Change) }
}
