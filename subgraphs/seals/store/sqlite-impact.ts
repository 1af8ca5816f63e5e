import { setImmediate } from 'node:timers/promises'
import { and, asc, count, eq, exists, gt, isNull, lt, lte, max, not, or, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { alias } from 'drizzle-orm/sqlite-core'
import type { AuthorityKey } from '../../../pki/x509/authority-key.ts'
import type { ImpactReader } from '../seal-impact.ts'
import { isOneOf } from './one-of.ts'
import { issuers, sealCertificates, seals, unreadSeals } from './tables.ts'

/** So many certificates are looked through at a time; then others have their turn. */
const SLICE = 4_000

const one = sealCertificates
const other = alias(sealCertificates, 'other')

/** Keeps the promise of `ImpactReader`: a seal is counted where the first of its certificates that hangs on the question is met. */
export function impactReader(db: BetterSQLite3Database): ImpactReader {
  const issuersOf = namedIssuers(db)
  const { counts, sample, unknown } = counting(db)
  const last = db
    .select({ id: max(one.id) })
    .from(one)
    .prepare()
  const unread = db.select({ number: count() }).from(unreadSeals).prepare()
  return {
    unread: async () => unread.get()?.number ?? 0,
    impact: async function* ({ digests, authorities, from }, sampleSize) {
      const asked = { digests: JSON.stringify(digests), issuers: JSON.stringify(issuersOf(authorities)), from }
      const end = last.get()?.id ?? 0
      let wanted = sampleSize
      for (let after = 0; after < end; after += SLICE) {
        const slice = { ...asked, after, until: after + SLICE }
        const some = wanted === 0 ? [] : sample.all({ ...slice, limit: wanted }).map(({ code }) => code)
        wanted -= some.length
        yield { counts: counts.all(slice), sample: some, unknown: unknown.get(slice)?.number ?? 0 }
        await setImmediate()
      }
    },
  }
}

type Certificates = typeof one | typeof other

function hangs(certificate: Certificates): SQL | undefined {
  return or(isOneOf(certificate.issuer, 'issuers'), isOneOf(certificate.digest, 'digests'))
}

function counting(db: BetterSQLite3Database) {
  const anotherOf = (condition: SQL | undefined) =>
    exists(
      db
        .select({ id: other.id })
        .from(other)
        .where(and(eq(other.code, one.code), condition)),
    )
  const inSlice = and(gt(one.id, sql.placeholder('after')), lte(one.id, sql.placeholder('until')))
  // The maker's goes first, so that no maker who falls is overlooked for a signer who falls as well.
  const before = or(lt(other.role, one.role), and(eq(other.role, one.role), lt(other.id, one.id)))
  const isFirst = and(inSlice, hangs(one), not(anotherOf(and(hangs(other), before))))
  const isFirstUnknown = and(
    inSlice,
    isNull(one.issuer),
    not(anotherOf(hangs(other))),
    // Without the `+` the index of issuers would be searched, through all that have none, for every row.
    not(anotherOf(and(sql`+${other.issuer} is null`, lt(other.id, one.id)))),
  )
  const { platform, division, class: sealClass } = seals
  const maker = sql<string | null>`case ${one.role} when 'MAKER' then ${one.digest} end`
  const madeSince = sql<number>`sum(${seals.createdAt} >= ${sql.placeholder('from')})`
  return {
    counts: db
      .select({ platform, division, class: sealClass, maker: maker.as('maker'), number: count(), madeSince })
      .from(one)
      .innerJoin(seals, eq(seals.code, one.code))
      .where(isFirst)
      .groupBy(platform, division, sealClass, sql`maker`)
      .prepare(),
    sample: db.select({ code: one.code }).from(one).where(isFirst).orderBy(asc(one.id)).limit(sql.placeholder('limit')).prepare(),
    unknown: db.select({ number: count() }).from(one).where(isFirstUnknown).prepare(),
  }
}

/** The issuers that certificates name when they mean one of the authorities: by its name, and by its key where both tell it. */
function namedIssuers(db: BetterSQLite3Database): (authorities: readonly AuthorityKey[]) => readonly number[] {
  const authority = sql`json_each(${sql.placeholder('authorities')})`
  const key = sql`value ->> 1`
  const isMeant = or(eq(issuers.keyIdentifier, ''), sql`${key} = ''`, eq(issuers.keyIdentifier, key))
  const statement = db
    .selectDistinct({ id: issuers.id })
    .from(issuers)
    .innerJoin(authority, and(eq(issuers.name, sql`value ->> 0`), isMeant))
    .prepare()
  return (authorities) => {
    const named = authorities.map(({ name, keyIdentifier }) => [name, keyIdentifier ?? ''])
    return statement.all({ authorities: JSON.stringify(named) }).map(({ id }) => id)
  }
}
