import { and, eq, isNull, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { CrlLine } from './certificate-store.ts'
import { type ListingRow, listings } from './tables.ts'

/**
 * Records what the CRL at `position` lists as changes to what its series listed before: a new or changed line opens a
 * listing, a line gone or changed closes one. Returns the number of lines.
 */
export function recordLines(
  tx: Pick<BetterSQLite3Database, 'select' | 'insert' | 'update'>,
  series: string,
  position: number,
  lines: Iterable<CrlLine>,
): number {
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
  let count = 0
  for (const line of lines) {
    count++
    const before = open.get(line.serialNumber)
    if (before && saysTheSame(before, line)) open.delete(line.serialNumber)
    else opens.run({ ...line })
  }
  closeListings(tx, series, position - 1, open.values())
  return count
}

function openListings(tx: Pick<BetterSQLite3Database, 'select'>, series: string): Map<string, ListingRow> {
  const rows = tx
    .select()
    .from(listings)
    .where(and(eq(listings.series, series), isNull(listings.lastPosition)))
    .all()
  return new Map(rows.map((row) => [row.serialNumber, row]))
}

function closeListings(
  tx: Pick<BetterSQLite3Database, 'update'>,
  series: string,
  lastPosition: number,
  rows: Iterable<ListingRow>,
): void {
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
