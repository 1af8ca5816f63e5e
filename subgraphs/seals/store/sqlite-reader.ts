import { and, asc, desc, eq, getTableColumns, gt, gte, lt, or, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { SealReader, SealRecord } from '../ports.ts'
import { sealRecord } from './rows.ts'
import { registeredSeals } from './sqlite-registered.ts'
import { envelopes, events, firstSeen, originals, seals } from './tables.ts'

/** The reading half of the store's promise. */
export function sealReader(db: BetterSQLite3Database, silenceBound: number): SealReader {
  const { byCodes, complete } = registeredSeals(db, silenceBound)
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
    seals: async (codes) => new Map(complete(byCodes(codes)).map((seal) => [seal.record.code, seal])),
    page: async (query) => complete(page(query)),
    notices: async (query) => published(query),
    original: async (digest) => original.get({ digest })?.bytes ?? null,
    firstSeen: async (digest) => seen.get({ digest })?.seenAt ?? null,
    position: async (platform, stream) => last.get({ platform, stream }) ?? null,
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
