import { asc, count, gt, or, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { ImpactReader } from '../seal-impact.ts'
import { isOneOf } from './one-of.ts'
import { seals } from './tables.ts'

/** Keeps the promise of `ImpactReader`. */
export function impactReader(db: BetterSQLite3Database): ImpactReader {
  const hangsOn: SQL =
    or(isOneOf(seals.makerFingerprint, 'certificates'), isOneOf(seals.signerFingerprint, 'certificates')) ?? sql`0`
  const madeSince = sql<number>`sum(${seals.createdAt} >= ${sql.placeholder('from')})`
  const by = (column: typeof seals.platform | typeof seals.division | typeof seals.class) =>
    db
      .select({ key: column, number: count(), madeSince })
      .from(seals)
      .where(hangsOn)
      .groupBy(column)
      .orderBy(asc(column))
      .limit(sql.placeholder('limit'))
      .prepare()
  const whole = db.select({ number: count(), madeSince }).from(seals).where(hangsOn).prepare()
  const sample = db
    .select({ code: seals.code })
    .from(seals)
    .where(hangsOn)
    .orderBy(asc(seals.code))
    .limit(sql.placeholder('limit'))
    .prepare()
  const groups = { platforms: by(seals.platform), divisions: by(seals.division), classes: by(seals.class) }
  const makers = db
    .select({ fingerprint: seals.makerFingerprint, number: count() })
    .from(seals)
    .where(gt(seals.makerFingerprint, sql.placeholder('after')))
    .groupBy(seals.makerFingerprint)
    .orderBy(asc(seals.makerFingerprint))
    .limit(sql.placeholder('limit'))
    .prepare()
  return {
    makers: async (after, limit) => makers.all({ after: after ?? '', limit }),
    impact: async (certificates, from, { groups: limit, sample: size }) => {
      const asked = { certificates: JSON.stringify(certificates), from, limit }
      const { number = 0, madeSince: since } = whole.get(asked) ?? {}
      return {
        number,
        madeSince: since ?? 0,
        platforms: groups.platforms.all(asked),
        divisions: groups.divisions.all(asked),
        classes: groups.classes.all(asked),
        sample: sample.all({ ...asked, limit: size }).map(({ code }) => code),
      }
    },
  }
}
