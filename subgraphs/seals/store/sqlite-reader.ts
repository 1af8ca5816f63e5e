import { and, asc, desc, eq, getTableColumns, gt, gte, lt, max, or, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { RegisteredSeal, SealReader, SealRecord } from '../ports.ts'
import { sealChange, sealRecord } from './rows.ts'
import { envelopes, events, firstSeen, originals, sealRevisions, seals } from './tables.ts'

type Column = Parameters<typeof eq>[0]

/** Whether the column is one of the texts bound as a JSON array: one prepared statement for any number of them. */
export function isOneOf(column: Column, name: string): SQL {
  return sql`${column} in (select value from json_each(${sql.placeholder(name)}))`
}

/** The reading half of the store's promise. */
export function sealReader(db: BetterSQLite3Database): SealReader {
  const complete = completing(db)
  const byCode = db.select().from(seals).where(isOneOf(seals.code, 'codes')).prepare()
  const page = pages(db)
  const original = db
    .select()
    .from(originals)
    .where(eq(originals.digest, sql.placeholder('digest')))
    .prepare()
  const seen = db
    .select()
    .from(firstSeen)
    .where(eq(firstSeen.digest, sql.placeholder('digest')))
    .prepare()
  const last = db
    .select({ sequence: envelopes.sequence, digest: envelopes.digest, recordedAt: envelopes.recordedAt })
    .from(envelopes)
    .where(and(eq(envelopes.platform, sql.placeholder('platform')), eq(envelopes.stream, sql.placeholder('stream'))))
    .orderBy(desc(envelopes.sequence))
    .limit(1)
    .prepare()
  const published = notices(db)
  return {
    seals: async (codes) =>
      new Map(complete(byCode.all({ codes: JSON.stringify(codes) }).map(sealRecord)).map((seal) => [seal.record.code, seal])),
    page: async (query) => complete(page(query)),
    notices: async (query) => published(query),
    original: async (digest) => original.get({ digest })?.bytes ?? null,
    firstSeen: async (digest) => seen.get({ digest })?.seenAt ?? null,
    position: async (platform, stream) => last.get({ platform, stream }) ?? null,
  }
}

/** Adds timelines, digests and the platforms' last sign of life: three statements, however many the seals. */
function completing(db: BetterSQLite3Database): (records: readonly SealRecord[]) => readonly RegisteredSeal[] {
  const timelines = db
    .select()
    .from(events)
    .where(isOneOf(events.code, 'codes'))
    .orderBy(asc(events.recordedAt), asc(events.sequence))
    .prepare()
  const digests = db
    .selectDistinct({ code: sealRevisions.code, digest: sealRevisions.sealDigest })
    .from(sealRevisions)
    .where(isOneOf(sealRevisions.code, 'codes'))
    .prepare()
  const heard = db
    .select({ at: max(envelopes.recordedAt) })
    .from(envelopes)
    .where(eq(envelopes.platform, sql.placeholder('platform')))
    .prepare()
  return (records) => {
    if (records.length === 0) return []
    const codes = JSON.stringify(records.map(({ code }) => code))
    const changes = Map.groupBy(timelines.all({ codes }), ({ code }) => code)
    const known = Map.groupBy(digests.all({ codes }), ({ code }) => code)
    const platforms = new Set(records.map(({ platform }) => platform))
    const heardAt = new Map([...platforms].map((platform) => [platform, heard.get({ platform })?.at ?? null]))
    return records.map((record) => ({
      record,
      timeline: (changes.get(record.code) ?? []).map(sealChange),
      sealDigests: (known.get(record.code) ?? []).map(({ digest }) => digest),
      heardAt: heardAt.get(record.platform) ?? null,
    }))
  }
}

/** The four shapes a page of seals is asked in: of a scope or a platform, from the start or after a seal. */
function pages(db: BetterSQLite3Database): (query: Parameters<SealReader['page']>[0]) => SealRecord[] {
  const inScope = and(gte(seals.division, sql.placeholder('from')), lt(seals.division, sql.placeholder('to')))
  const ofPlatform = eq(seals.platform, sql.placeholder('platform'))
  const after = sql`(${seals.division}, ${seals.code}) > (${sql.placeholder('afterDivision')}, ${sql.placeholder('afterCode')})`
  const prepare = (condition: SQL | undefined) =>
    db
      .select()
      .from(seals)
      .where(and(inScope, after, condition))
      .orderBy(asc(seals.division), asc(seals.code))
      .limit(sql.placeholder('limit'))
      .prepare()
  const everywhere = prepare(undefined)
  const onePlatform = prepare(ofPlatform)
  return ({ scope, platform, after: last, limit }) => {
    // Division codes are digits, and ':' comes right after '9'.
    const bounds = { from: scope, to: `${scope}:`, afterDivision: last?.division ?? '', afterCode: last?.code ?? '', limit }
    return (platform === null ? everywhere.all(bounds) : onePlatform.all({ ...bounds, platform })).map(sealRecord)
  }
}

function notices(
  db: BetterSQLite3Database,
): (query: Parameters<SealReader['notices']>[0]) => Awaited<ReturnType<SealReader['notices']>> {
  const earlier = or(
    lt(events.recordedAt, sql.placeholder('publishedAt')),
    and(eq(events.recordedAt, sql.placeholder('publishedAt')), lt(events.sequence, sql.placeholder('row'))),
  )
  const statement = db
    .select({ event: getTableColumns(events), seal: getTableColumns(seals) })
    .from(events)
    .innerJoin(seals, eq(seals.code, events.code))
    .where(and(eq(events.published, true), gt(events.recordedAt, sql.placeholder('since')), earlier))
    .orderBy(desc(events.recordedAt), desc(events.sequence))
    .limit(sql.placeholder('limit'))
    .prepare()
  return ({ since, before, limit }) => {
    const last = before ?? { publishedAt: Number.MAX_SAFE_INTEGER, row: 0 }
    return statement.all({ since: (since ?? 0) - 1, ...last, limit }).map(({ event, seal }) => ({
      record: sealRecord(seal),
      eventId: event.id,
      kind: event.kind,
      reason: event.reason,
      effectiveAt: event.effectiveAt,
      publishedAt: event.recordedAt,
      row: event.sequence,
    }))
  }
}
