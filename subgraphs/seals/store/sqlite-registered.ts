import { eq, max, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { SealChange } from '../../../model/timeline.ts'
import type { RegisteredSeal, SealRecord } from '../ports.ts'
import { isOneOf } from './one-of.ts'
import { sealChange, sealRecord } from './rows.ts'
import { contacts } from './sqlite-contact.ts'
import { envelopes, events, sealRevisions, seals } from './tables.ts'

type Column = Parameters<typeof eq>[0]

/** Seals with all that is known of their status: a few statements, however many the seals. */
export function registeredSeals(db: BetterSQLite3Database, silenceBound: number) {
  const contactOf = contacts(db, silenceBound)
  // Most questions are about one seal, and plain equality answers them several times as fast as a list of one.
  const one = statements(db, (column) => eq(column, sql.placeholder('codes')))
  const many = statements(db, (column) => isOneOf(column, 'codes'))
  const heard = db
    .select({ at: max(envelopes.recordedAt) })
    .from(envelopes)
    .where(eq(envelopes.platform, sql.placeholder('platform')))
    .prepare()

  function forCodes(codes: readonly string[]) {
    return codes.length === 1 ? { ask: one, codes: codes[0] } : { ask: many, codes: JSON.stringify(codes) }
  }

  /** The newest data of the seals among the codes. */
  function byCodes(given: readonly string[]): readonly SealRecord[] {
    const { ask, codes } = forCodes(given)
    return ask.records.all({ codes }).map(sealRecord)
  }

  /** Adds timelines, digests and the platforms' last sign of life. */
  function complete(records: readonly SealRecord[]): readonly RegisteredSeal[] {
    if (records.length === 0) return []
    const { ask, codes } = forCodes(records.map(({ code }) => code))
    const changes = Map.groupBy(ask.timelines.all({ codes }), ({ code }) => code)
    const digests = Map.groupBy(ask.digests.all({ codes }), ({ code }) => code)
    const platforms = new Set(records.map(({ platform }) => platform))
    const heardAt = new Map([...platforms].map((platform) => [platform, heard.get({ platform })?.at ?? null]))
    return records.map((record) => ({
      record,
      timeline: (changes.get(record.code) ?? []).map(sealChange).sort(asRecorded),
      sealDigests: [...new Set((digests.get(record.code) ?? []).map(({ digest }) => digest))],
      ...heardOf(record.platform, heardAt.get(record.platform) ?? null),
    }))
  }

  function heardOf(platform: string, heardAt: number | null) {
    return heardAt === null ? { heardAt } : { heardAt, contact: contactOf(platform, heardAt) }
  }

  return { byCodes, complete }
}

function asRecorded(a: SealChange, b: SealChange): number {
  return a.recordedAt - b.recordedAt || a.sequence - b.sequence
}

function statements(db: BetterSQLite3Database, isAsked: (code: Column) => SQL) {
  return {
    records: db.select().from(seals).where(isAsked(seals.code)).prepare(),
    // Put in order and told apart below: a handful of rows is sorted faster here than by a temporary index there.
    timelines: db.select().from(events).where(isAsked(events.code)).prepare(),
    digests: db
      .select({ code: sealRevisions.code, digest: sealRevisions.sealDigest })
      .from(sealRevisions)
      .where(isAsked(sealRevisions.code))
      .prepare(),
  }
}
