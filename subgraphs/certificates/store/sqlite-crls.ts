import { and, asc, desc, eq, lte, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { RevocationEntry } from '../../../model/revocation.ts'
import type { CertificateStore, CrlQuestion, CrlWord, HeldCrl } from './certificate-store.ts'
import { crlImports } from './sqlite-crl-import.ts'
import type { Pause } from './sqlite-listings.ts'
import { crlPoints, crlSeries, crls, type ListingRow, listings } from './tables.ts'

const NEWEST = 64
const NEWEST_BEFORE_EXPIRY = 8
const MAXIMUM_SERIES = 256

const HEAD = {
  digest: crls.digest,
  series: crls.series,
  position: crls.position,
  kind: crls.kind,
  issuer: crls.issuer,
  number: crls.number,
  thisUpdate: crls.thisUpdate,
  nextUpdate: crls.nextUpdate,
  entryCount: crls.entryCount,
  recordedAt: crls.recordedAt,
}

type CrlRow = HeldCrl & { readonly position: number }
type CrlQueries = Pick<CertificateStore, 'crl' | 'crlBytes' | 'newestCrl' | 'seriesOf' | 'words' | 'addCrl'>

/** The part of the store that holds CRLs. @param pause lets others have their turn during a large import. */
export function crlQueries(db: BetterSQLite3Database, pause: Pause): CrlQueries {
  const byDigest = db.select(HEAD).from(crls).where(eq(crls.digest, sql.placeholder('digest'))).prepare() // biome-ignore format: a sentence
  const bytes = db.select({ bytes: crls.bytes }).from(crls).where(eq(crls.digest, sql.placeholder('digest'))).prepare() // biome-ignore format: a sentence
  const newest = db
    .select(HEAD)
    .from(crls)
    .where(and(eq(crls.series, sql.placeholder('series')), lte(crls.recordedAt, sql.placeholder('knownAt'))))
    .orderBy(desc(crls.position))
    .limit(sql.placeholder('limit'))
    .prepare()
  const newestOfKind = db
    .select(HEAD)
    .from(crls)
    .where(and(eq(crls.series, sql.placeholder('series')), eq(crls.kind, sql.placeholder('kind'))))
    .orderBy(desc(crls.position))
    .limit(1)
    .prepare()
  const ofAuthority = db
    .select()
    .from(crlSeries)
    .where(
      and(
        eq(crlSeries.authority, sql.placeholder('authority')),
        sql`exists (select 1 from ${crlPoints} where ${crlPoints.series} = ${crlSeries.series} and ${crlPoints.point} in (select value from json_each(${sql.placeholder('points')})))`,
      ),
    )
    .orderBy(asc(crlSeries.series))
    .limit(MAXIMUM_SERIES)
    .prepare()
  const words = prepareWords(db, (question, limit) => newest.all({ ...question, limit }))
  return {
    crl: async (digest) => toHeld(byDigest.get({ digest })),
    crlBytes: async (digest) => bytes.get({ digest })?.bytes ?? null,
    newestCrl: async (series, kind) =>
      toHeld(kind ? newestOfKind.get({ series, kind }) : newest.get({ series, knownAt: Number.MAX_SAFE_INTEGER, limit: 1 })),
    seriesOf: async (authority, points) => ofAuthority.all({ authority, points: JSON.stringify(['', ...points]) }),
    words: async (question) => words(question),
    addCrl: crlImports(db, pause),
  }
}

type Newest = (question: CrlQuestion, limit: number) => readonly CrlRow[]

function prepareWords(db: BetterSQLite3Database, newest: Newest): (question: CrlQuestion) => readonly CrlWord[] {
  const spans = db
    .select()
    .from(listings)
    .where(
      and(
        eq(listings.series, sql.placeholder('series')),
        eq(listings.certificateIssuer, sql.placeholder('certificateIssuer')),
        eq(listings.serialNumber, sql.placeholder('serialNumber')),
      ),
    )
    .orderBy(asc(listings.firstPosition))
    .prepare()
  const beforeExpiry = db
    .select(HEAD)
    .from(crls)
    .where(
      and(
        eq(crls.series, sql.placeholder('series')),
        lte(crls.thisUpdate, sql.placeholder('notAfter')),
        lte(crls.recordedAt, sql.placeholder('knownAt')),
      ),
    )
    .orderBy(desc(crls.thisUpdate), desc(crls.position))
    .limit(NEWEST_BEFORE_EXPIRY)
    .prepare()
  const atPosition = db
    .select(HEAD)
    .from(crls)
    .where(and(eq(crls.series, sql.placeholder('series')), eq(crls.position, sql.placeholder('position'))))
    .prepare()
  return (question) => {
    const recent = newest(question, NEWEST)
    const held = spans.all({ ...question })
    const turns = held.flatMap(turnsOf).flatMap((position) => atPosition.get({ ...question, position }) ?? [])
    const known = [...recent, ...beforeExpiry.all({ ...question }), ...turns].filter((crl) => crl.recordedAt <= question.knownAt)
    const byPosition = new Map(known.map((crl) => [crl.position, crl]))
    const ordered = [...byPosition.values()].sort((a, b) => a.position - b.position)
    return ordered.map(({ position, ...crl }) => ({ crl, entry: entryAt(held, position) }))
  }
}

/** Where the word changed: first listed, last listed, listed no more. */
function turnsOf({ firstPosition, lastPosition }: ListingRow): readonly number[] {
  return lastPosition === null ? [firstPosition] : [firstPosition, lastPosition, lastPosition + 1]
}

function entryAt(spans: readonly ListingRow[], position: number): RevocationEntry | null {
  const span = spans.find((row) => row.firstPosition <= position && position <= (row.lastPosition ?? position))
  return span ? { revokedAt: span.revokedAt, reason: span.reason, invalidityDate: span.invalidityDate } : null
}

function toHeld(row: CrlRow | undefined): HeldCrl | null {
  if (!row) return null
  const { position: _, ...crl } = row
  return crl
}
