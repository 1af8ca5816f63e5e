import { sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { CrlLine, CrlLines } from './certificate-store.ts'
import { type ListingPlace, listingStatements, type Statements } from './sqlite-listing-statements.ts'
import type { ListingRow } from './tables.ts'

/** Lets others have their turn. */
export type Pause = () => Promise<void>

/** Lines written between two pauses. */
const PIECE = 500
const START = { certificateIssuer: '', serialNumber: '', lastPosition: 0 }

/**
 * Writes what the CRL at a position lists as changes to what its series listed before: a new or changed line opens a listing, a
 * line gone or changed closes one. Nothing is held in memory but a piece of `PIECE` rows; between two pieces others have their turn.
 */
export class ListingWriter {
  readonly #db: BetterSQLite3Database
  readonly #place: ListingPlace
  readonly #pause: Pause
  readonly #statements: Statements

  constructor(db: BetterSQLite3Database, place: ListingPlace, pause: Pause) {
    this.#db = db
    this.#place = place
    this.#pause = pause
    this.#statements = listingStatements(db, place)
  }

  /** Undoes what an unfinished import at this position wrote: its listings go, those it closed are open again. */
  async clear(): Promise<void> {
    const { staged, unstage, closed, reopen } = this.#statements
    await this.#inPieces(() => staged.all({ limit: PIECE }), unstage)
    await this.#inPieces(() => closed.all({ limit: PIECE }), reopen)
  }

  /** Returns the number of lines. @throws whatever the lines throw; `clear` then undoes what was written. */
  async write(lines: CrlLines): Promise<number> {
    await this.#close(lines)
    const count = await this.#open(lines)
    if (this.#place.base !== null) await this.#openFromBase(lines)
    return count
  }

  async #close(lines: CrlLines): Promise<void> {
    const { openAfter, close } = this.#statements
    let after: typeof START | ListingRow = START
    await this.#inPieces(
      () => openAfter.all({ ...after, limit: PIECE }),
      (row) => {
        after = row
        if (!saysTheSame(row, this.#wanted(row, lines))) close(row)
      },
    )
  }

  async #open(lines: CrlLines): Promise<number> {
    const { openOf, open } = this.#statements
    let count = 0
    const rest = lines[Symbol.iterator]()
    await this.#inPieces(
      () => take(rest, PIECE),
      (line) => {
        count++
        if (line.reason !== 'removeFromCRL' && openOf.get({ ...line }) === undefined) open(line)
      },
    )
    return count
  }

  /** What the base lists, the delta does not speak of, and a CRL in between had changed. */
  async #openFromBase(lines: CrlLines): Promise<void> {
    const { baseAfter, openOf, open } = this.#statements
    let after: typeof START | ListingRow = START
    await this.#inPieces(
      () => baseAfter.all({ ...after, limit: PIECE }),
      (row) => {
        after = row
        if (lines.find(row) === null && openOf.get({ ...row }) === undefined) open(row)
      },
    )
  }

  /** RFC 5280 §5.2.4: what a delta says goes before its base; "removed" takes a certificate off. */
  #wanted(row: ListingRow, lines: CrlLines): CrlLine | null {
    const line = lines.find(row)
    if (line?.reason === 'removeFromCRL') return null
    if (line || this.#place.base === null) return line
    return this.#statements.baseOf.get({ ...row }) ?? null
  }

  async #inPieces<Row>(next: () => readonly Row[], work: (row: Row) => void): Promise<void> {
    const piece = () => {
      const rows = next()
      for (const row of rows) work(row)
      return rows.length < PIECE
    }
    while (!this.#commit(piece)) await this.#pause()
  }

  /** A piece need not be on the disk at once: the commit that enters the CRL puts it there with all before it, or none of it counts. */
  #commit<Result>(work: () => Result): Result {
    this.#db.run(sql`PRAGMA synchronous = NORMAL`)
    try {
      return this.#db.transaction(work, { behavior: 'immediate' })
    } finally {
      this.#db.run(sql`PRAGMA synchronous = FULL`)
    }
  }
}

function take<Item>(items: Iterator<Item>, count: number): readonly Item[] {
  const taken: Item[] = []
  while (taken.length < count) {
    const { value, done } = items.next()
    if (done) break
    taken.push(value)
  }
  return taken
}

function saysTheSame(row: ListingRow, line: CrlLine | null): boolean {
  return (
    line !== null && row.revokedAt === line.revokedAt && row.reason === line.reason && row.invalidityDate === line.invalidityDate
  )
}
