import { and, asc, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { CrlLine, CrlLineKey } from './certificate-store.ts'
import { type ListingRow, listings } from './tables.ts'

/** Where lines are written. */
export interface ListingPlace {
  readonly series: string
  readonly position: number
  /** Position of the complete CRL that a delta builds on; null for a complete CRL. */
  readonly base: number | null
}

export type Statements = ReturnType<typeof listingStatements>

type RowKey = CrlLineKey & Pick<ListingRow, 'firstPosition'>

/** The statements by which a CRL at a place is laid into the listings of its series. */
export function listingStatements(db: BetterSQLite3Database, { series, position, base }: ListingPlace) {
  const { certificateIssuer, serialNumber, firstPosition, lastPosition } = listings
  const inSeries = eq(listings.series, series)
  const isOpen = and(inSeries, isNull(lastPosition))
  const isKey = and(
    eq(certificateIssuer, sql.placeholder('certificateIssuer')),
    eq(serialNumber, sql.placeholder('serialNumber')),
  )
  const isRow = and(inSeries, isKey, eq(firstPosition, sql.placeholder('firstPosition')))
  const key = sql`(${certificateIssuer}, ${serialNumber})`
  const givenKey = sql`(${sql.placeholder('certificateIssuer')}, ${sql.placeholder('serialNumber')})`
  const inBase = and(inSeries, lte(firstPosition, base ?? 0), or(isNull(lastPosition), gte(lastPosition, base ?? 0)))
  const limit = sql.placeholder('limit')
  const closes = db.update(listings).set({ lastPosition: position - 1 }).where(isRow).prepare() // biome-ignore format: a sentence
  const reopens = db.update(listings).set({ lastPosition: null }).where(isRow).prepare() // biome-ignore format: a sentence
  const removes = db.delete(listings).where(isRow).prepare()
  const opens = db
    .insert(listings)
    .values({
      series,
      certificateIssuer: sql.placeholder('certificateIssuer'),
      serialNumber: sql.placeholder('serialNumber'),
      firstPosition: position,
      lastPosition: null,
      revokedAt: sql.placeholder('revokedAt'),
      reason: sql.placeholder('reason'),
      invalidityDate: sql.placeholder('invalidityDate'),
    })
    .prepare()
  return {
    /** Open listings in the order of their keys, after one. */
    openAfter: db
      .select()
      .from(listings)
      .where(and(isOpen, sql`${key} > ${givenKey}`))
      .orderBy(asc(certificateIssuer), asc(serialNumber))
      .limit(limit)
      .prepare(),
    /** The open listing of one certificate. */
    openOf: db.select({ firstPosition }).from(listings).where(and(isOpen, isKey)).prepare(), // biome-ignore format: a sentence
    /** What the base lists of one certificate. */
    baseOf: db.select().from(listings).where(and(inBase, isKey)).prepare(),
    /** What the base lists and is closed by now, in the order of closing. */
    baseAfter: db
      .select()
      .from(listings)
      .where(
        and(
          inSeries,
          lte(firstPosition, base ?? 0),
          gte(lastPosition, base ?? 0),
          sql`(${lastPosition}, ${certificateIssuer}, ${serialNumber}) > (${sql.placeholder('lastPosition')}, ${sql.placeholder('certificateIssuer')}, ${sql.placeholder('serialNumber')})`,
        ),
      )
      .orderBy(asc(lastPosition), asc(certificateIssuer), asc(serialNumber))
      .limit(limit)
      .prepare(),
    /** Listings of an import at this position that was not finished, and those it closed. */
    staged: db.select().from(listings).where(and(isOpen, gte(firstPosition, position))).limit(limit).prepare(), // biome-ignore format: a sentence
    closed: db.select().from(listings).where(and(inSeries, eq(lastPosition, position - 1))).limit(limit).prepare(), // biome-ignore format: a sentence
    open: ({ certificateIssuer, serialNumber, revokedAt, reason, invalidityDate }: CrlLine): void => {
      opens.run({ certificateIssuer, serialNumber, revokedAt, reason, invalidityDate })
    },
    close: (row: RowKey): void => {
      closes.run({ ...row })
    },
    reopen: (row: RowKey): void => {
      reopens.run({ ...row })
    },
    unstage: (row: RowKey): void => {
      removes.run({ ...row })
    },
  }
}
