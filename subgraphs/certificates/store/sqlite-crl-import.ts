import { desc, eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Instant } from '../../../model/time.ts'
import type { CertificateStore, HeldCrl, NewCrl } from './certificate-store.ts'
import { ListingWriter, type Pause } from './sqlite-listings.ts'
import { crlPoints, crlSeries, crls } from './tables.ts'

/**
 * Takes CRLs in, one after another. The lines go into the listings piece by piece under the position the CRL will have; that
 * position means nothing to any reader until the CRL itself is entered there by the last, small transaction. What an import that
 * did not come so far left behind is cleared away before the next one of its series.
 */
export function crlImports(db: BetterSQLite3Database, pause: Pause): CertificateStore['addCrl'] {
  let last: Promise<unknown> = Promise.resolve()
  return (crl, now) => {
    const mine = last.then(() => addCrl(db, crl, now, pause))
    last = mine.catch(() => {}) // the next import does not care how this one ended; its caller does
    return mine
  }
}

async function addCrl(db: BetterSQLite3Database, crl: NewCrl, now: Instant, pause: Pause): Promise<HeldCrl | null> {
  const { head, lines, after, base } = crl
  const newest = newestOf(db, head.series)
  if ((newest?.digest ?? null) !== after) return null
  const beneath = base === null ? null : positionOf(db, base)
  const position = (newest?.position ?? 0) + 1
  const writer = new ListingWriter(db, { series: head.series, position, base: beneath }, pause)
  await writer.clear()
  try {
    const entryCount = await writer.write(lines)
    return enter(db, crl, { position, entryCount, recordedAt: Math.max(now, (newest?.recordedAt ?? 0) + 1) })
  } catch (error) {
    await writer.clear()
    throw error
  }
}

interface Place {
  readonly position: number
  readonly entryCount: number
  readonly recordedAt: Instant
}

function enter(
  db: BetterSQLite3Database,
  { head, scope: { points, ...scope }, bytes }: NewCrl,
  { position, ...rest }: Place,
): HeldCrl {
  const held = { ...head, ...rest }
  db.transaction(
    (tx) => {
      tx.insert(crlSeries)
        .values({ ...scope, scope: scope.scope && Buffer.from(scope.scope) })
        .onConflictDoNothing()
        .run()
      for (const point of points.length === 0 ? [''] : points)
        tx.insert(crlPoints).values({ series: scope.series, point }).onConflictDoNothing().run()
      tx.insert(crls)
        .values({ ...held, position, bytes: Buffer.from(bytes) })
        .run()
    },
    { behavior: 'immediate' },
  )
  return held
}

function newestOf(db: BetterSQLite3Database, series: string) {
  const { digest, position, recordedAt } = crls
  return db
    .select({ digest, position, recordedAt })
    .from(crls)
    .where(eq(crls.series, series))
    .orderBy(desc(position))
    .limit(1)
    .get()
}

function positionOf(db: BetterSQLite3Database, digest: string): number {
  return db.select({ position: crls.position }).from(crls).where(eq(crls.digest, digest)).get()?.position ?? 0
}
