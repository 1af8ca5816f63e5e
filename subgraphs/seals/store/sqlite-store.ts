import { fileURLToPath } from 'node:url'
import { and, eq, getTableColumns, isNull, max, or, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { HubError } from '../../../model/error.ts'
import { openSqlite } from '../../../runtime/database.ts'
import type { SealStore } from '../ports.ts'
import { isOneOf } from './one-of.ts'
import { storedEnvelope, storedEvent } from './rows.ts'
import { appending } from './sqlite-append.ts'
import { impactReader } from './sqlite-impact.ts'
import { sealReader } from './sqlite-reader.ts'
import { sealCertificateQueries } from './sqlite-seal-certificates.ts'
import { envelopes, events, firstSeen } from './tables.ts'

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))

const SILENCE_BOUND_MS = 72 * 3_600_000

/**
 * Keeps the promise of `SealStore` on SQLite.
 * @param file path of the database, or `:memory:`.
 * @param silenceBound how long a platform must have been silent for that to be told, in milliseconds.
 */
export function openSealStore(file: string, silenceBound = SILENCE_BOUND_MS): SealStore {
  const { db, close } = openSqlite(file, MIGRATIONS)
  const ofPlatform = eq(events.platform, sql.placeholder('platform'))
  const eventsById = db
    .select()
    .from(events)
    .where(and(ofPlatform, isOneOf(events.id, 'ids')))
    .prepare()
  const lookup = envelopeLookup(db)
  return {
    ...sealReader(db, silenceBound),
    ...impactReader(db),
    ...sealCertificateQueries(db),
    append: appending(db),
    envelope: async (platform, stream, sequence, messageId) => {
      const row = lookup.get({ platform, stream, sequence, messageId })
      return row === undefined ? null : storedEnvelope(row)
    },
    events: async (platform, ids) => {
      const rows = eventsById.all({ platform, ids: JSON.stringify(ids) })
      return new Map(rows.map((row) => [row.id, storedEvent(row)]))
    },
    keepReceipt: keepingReceipt(db),
    see: seeing(db),
    close: async () => close(),
  }
}

/** The envelope at a position or under a message id; its header tells its reader which of the two it is. */
function envelopeLookup(db: BetterSQLite3Database) {
  const { bytes: _, ...columns } = getTableColumns(envelopes)
  const atPosition = and(eq(envelopes.stream, sql.placeholder('stream')), eq(envelopes.sequence, sql.placeholder('sequence')))
  const isThere = or(atPosition, eq(envelopes.messageId, sql.placeholder('messageId')))
  return db
    .select(columns)
    .from(envelopes)
    .where(and(eq(envelopes.platform, sql.placeholder('platform')), isThere))
    .limit(1)
    .prepare()
}

function keepingReceipt(db: BetterSQLite3Database): SealStore['keepReceipt'] {
  return async ({ platform, stream, sequence }, receipt) => {
    const here = and(eq(envelopes.platform, platform), eq(envelopes.stream, stream), eq(envelopes.sequence, sequence))
    return db.transaction(
      (tx) => {
        tx.update(envelopes)
          .set({ receipt: Buffer.from(receipt) })
          .where(and(here, isNull(envelopes.receipt)))
          .run()
        const kept = tx.select({ receipt: envelopes.receipt }).from(envelopes).where(here).get()?.receipt
        if (!kept) throw new HubError('NOT_FOUND', '没有该信封', 'no such envelope')
        return kept
      },
      { behavior: 'immediate' },
    )
  }
}

function seeing(db: BetterSQLite3Database): SealStore['see'] {
  const seen = db
    .select()
    .from(firstSeen)
    .where(eq(firstSeen.digest, sql.placeholder('digest')))
    .prepare()
  const count = db
    .select({ last: max(firstSeen.id) })
    .from(firstSeen)
    .prepare()
  return async (digest, now, limit) => {
    const before = seen.get({ digest })
    if (before) return before.seenAt
    return db.transaction(
      (tx) => {
        const held = seen.get({ digest })
        if (held) return held.seenAt
        // Rows are never deleted, so the last id is their number.
        if ((count.get()?.last ?? 0) >= limit) return null
        tx.insert(firstSeen).values({ digest, seenAt: now }).run()
        return now
      },
      { behavior: 'immediate' },
    )
  }
}
