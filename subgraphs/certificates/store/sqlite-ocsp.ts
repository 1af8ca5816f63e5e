import { and, asc, desc, eq, lte, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Instant } from '../../../model/time.ts'
import type { NewOcspResponse, OcspQuestion, OcspSaying, OcspStore, OcspWord } from './ocsp-store.ts'
import { ocspResponses, ocspWords } from './tables.ts'

const NEWEST = 64
const NEWEST_BEFORE_EXPIRY = 8
const TURNS = 64

const WORD = {
  authority: ocspWords.authority,
  serialNumber: ocspWords.serialNumber,
  position: ocspWords.position,
  digest: ocspWords.digest,
  responder: ocspResponses.responder,
  status: ocspWords.status,
  thisUpdate: ocspWords.thisUpdate,
  nextUpdate: ocspWords.nextUpdate,
  revokedAt: ocspWords.revokedAt,
  reason: ocspWords.reason,
  delegate: ocspWords.delegate,
  recordedAt: ocspWords.recordedAt,
}

/** The part of the store that holds OCSP responses. */
export function ocspQueries(db: BetterSQLite3Database): OcspStore {
  const held = db.select({ digest: ocspResponses.digest }).from(ocspResponses).where(eq(ocspResponses.digest, sql.placeholder('digest'))).prepare() // biome-ignore format: a sentence
  const bytes = db.select({ bytes: ocspResponses.bytes }).from(ocspResponses).where(eq(ocspResponses.digest, sql.placeholder('digest'))).prepare() // biome-ignore format: a sentence
  const words = prepareWords(db)
  return {
    hasOcsp: async (digest) => held.get({ digest }) !== undefined,
    ocspBytes: async (digest) => bytes.get({ digest })?.bytes ?? null,
    ocspWords: async (question) => words(question),
    addOcsp: async (response, now) => addOcsp(db, response, now),
  }
}

function prepareWords(db: BetterSQLite3Database): (question: OcspQuestion) => readonly OcspWord[] {
  const ofCertificate = and(
    eq(ocspWords.authority, sql.placeholder('authority')),
    eq(ocspWords.serialNumber, sql.placeholder('serialNumber')),
    lte(ocspWords.recordedAt, sql.placeholder('knownAt')),
  )
  const select = () => db.select(WORD).from(ocspWords).innerJoin(ocspResponses, eq(ocspWords.digest, ocspResponses.digest))
  const newest = select().where(ofCertificate).orderBy(desc(ocspWords.position)).limit(NEWEST).prepare()
  const beforeExpiry = select()
    .where(and(ofCertificate, lte(ocspWords.thisUpdate, sql.placeholder('notAfter'))))
    .orderBy(desc(ocspWords.thisUpdate), desc(ocspWords.position))
    .limit(NEWEST_BEFORE_EXPIRY)
    .prepare()
  const turns = select()
    .where(and(ofCertificate, eq(ocspWords.isTurn, true)))
    .orderBy(asc(ocspWords.position))
    .limit(TURNS)
    .prepare()
  return (question) => {
    const rows = [newest, beforeExpiry, turns].flatMap((query) => query.all({ ...question }))
    const byPosition = new Map(rows.map((row) => [row.position, row]))
    return [...byPosition.values()].sort((a, b) => a.position - b.position).map(toWord)
  }
}

type WordRow = Omit<OcspWord, 'entry'> & {
  readonly position: number
  readonly revokedAt: Instant | null
  readonly reason: NonNullable<OcspWord['entry']>['reason'] | null
}

function toWord({ position: _, revokedAt, reason, ...word }: WordRow): OcspWord {
  const entry = revokedAt === null ? null : { revokedAt, reason: reason ?? 'unspecified', invalidityDate: null }
  return { ...word, entry }
}

function addOcsp(db: BetterSQLite3Database, { sayings, ...response }: NewOcspResponse, now: Instant): boolean {
  return db.transaction(
    (tx) => {
      const before = sayings.map((saying) => newestOf(tx, saying))
      const recordedAt = Math.max(now, ...before.map((word) => (word?.recordedAt ?? 0) + 1))
      const row = { ...response, bytes: Buffer.from(response.bytes), recordedAt }
      if (tx.insert(ocspResponses).values(row).onConflictDoNothing().run().changes === 0) return false
      for (const [i, { entry, delegate, ...saying }] of sayings.entries()) {
        const last = before[i]
        const says = { status: saying.status, revokedAt: entry?.revokedAt ?? null, reason: entry?.reason ?? null }
        const isTurn = !last || last.status !== says.status || last.revokedAt !== says.revokedAt || last.reason !== says.reason
        const position = (last?.position ?? 0) + 1
        const held = { ...saying, ...says, delegate: delegate && Buffer.from(delegate) }
        tx.insert(ocspWords)
          .values({ ...held, position, digest: response.digest, recordedAt, isTurn })
          .run()
      }
      return true
    },
    { behavior: 'immediate' },
  )
}

function newestOf(tx: Pick<BetterSQLite3Database, 'select'>, { authority, serialNumber }: OcspSaying) {
  return tx
    .select()
    .from(ocspWords)
    .where(and(eq(ocspWords.authority, authority), eq(ocspWords.serialNumber, serialNumber)))
    .orderBy(desc(ocspWords.position))
    .limit(1)
    .get()
}
