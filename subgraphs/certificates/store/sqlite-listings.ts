import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { CrlLine } from './certificate-store.ts'
import { type ListingRow, listings } from './tables.ts'

type Transaction = Pick<BetterSQLite3Database, 'select' | 'insert' | 'update'>

/** Where lines are recorded. */
export interface ListingPlace {
  readonly series: string
  readonly position: number
  /** Position of the complete CRL that a delta builds on; null for a complete CRL. */
  readonly base: number | null
}

/**
 * Records what the CRL at a position lists as changes to what its series listed before: a new or changed line opens a
 * listing, a line gone or changed closes one. Returns the number of lines handed in.
 */
export function recordLines(tx: Transaction, { series, position, base }: ListingPlace, lines: Iterable<CrlLine>): number {
  const open = openListings(tx, series)
  const opens = tx
    .insert(listings)
    .values({
      series,
      serialNumber: sql.placeholder('serialNumber'),
      firstPosition: position,
      lastPosition: null,
      revokedAt: sql.placeholder('revokedAt'),
      reason: sql.placeholder('reason'),
      invalidityDate: sql.placeholder('invalidityDate'),
    })
    .prepare()
  const counted = new Counted(lines)
  for (const line of base === null ? counted : laidOver(listedAt(tx, series, base), counted)) {
    const before = open.get(line.serialNumber)
    if (before && saysTheSame(before, line)) open.delete(line.serialNumber)
    else opens.run({ ...line })
  }
  closeListings(tx, series, position - 1, open.values())
  return counted.count
}

class Counted implements Iterable<CrlLine> {
  count = 0
  readonly #lines: Iterable<CrlLine>

  constructor(lines: Iterable<CrlLine>) {
    this.#lines = lines
  }

  *[Symbol.iterator](): Generator<CrlLine> {
    for (const line of this.#lines) {
      this.count++
      yield line
    }
  }
}

/** RFC 5280 §5.2.4: what a delta says goes before its base; "removed" takes a certificate off. */
function laidOver(base: readonly ListingRow[], delta: Iterable<CrlLine>): readonly CrlLine[] {
  const listed = new Map<string, CrlLine>(base.map((row) => [row.serialNumber, row]))
  for (const line of delta) {
    if (line.reason === 'removeFromCRL') listed.delete(line.serialNumber)
    else listed.set(line.serialNumber, line)
  }
  return [...listed.values()].map(({ serialNumber, revokedAt, reason, invalidityDate }) => {
    return { serialNumber, revokedAt, reason, invalidityDate }
  })
}

function listedAt(tx: Transaction, series: string, position: number): readonly ListingRow[] {
  const stillListed = or(isNull(listings.lastPosition), gte(listings.lastPosition, position))
  return tx
    .select()
    .from(listings)
    .where(and(eq(listings.series, series), lte(listings.firstPosition, position), stillListed))
    .all()
}

function openListings(tx: Transaction, series: string): Map<string, ListingRow> {
  const rows = tx
    .select()
    .from(listings)
    .where(and(eq(listings.series, series), isNull(listings.lastPosition)))
    .all()
  return new Map(rows.map((row) => [row.serialNumber, row]))
}

function closeListings(tx: Transaction, series: string, lastPosition: number, rows: Iterable<ListingRow>): void {
  const closes = tx
    .update(listings)
    .set({ lastPosition })
    .where(
      and(
        eq(listings.series, series),
        eq(listings.serialNumber, sql.placeholder('serialNumber')),
        eq(listings.firstPosition, sql.placeholder('firstPosition')),
      ),
    )
    .prepare()
  for (const { serialNumber, firstPosition } of rows) closes.run({ serialNumber, firstPosition })
}

function saysTheSame(row: ListingRow, line: CrlLine): boolean {
  return row.revokedAt === line.revokedAt && row.reason === line.reason && row.invalidityDate === line.invalidityDate
}
