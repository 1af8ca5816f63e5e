import { and, asc, desc, eq, gt, lte, or, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Instant } from '../../../model/time.ts'
import type { CertificateStore, HeldCertificate } from './certificate-store.ts'
import { certificates } from './tables.ts'

const MAXIMUM_SAME_SUBJECT = 64

const COLUMNS = {
  fingerprint: certificates.fingerprint,
  sm3: certificates.sm3,
  der: certificates.der,
  subjectKey: certificates.subjectKey,
  notAfter: certificates.notAfter,
  keyHash: sql<string>`coalesce(${certificates.keyHash}, '')`,
  authorityIssuer: sql<string>`coalesce(${certificates.authorityIssuer}, '')`,
}

type CertificateQueries = Pick<
  CertificateStore,
  'certificate' | 'bySubject' | 'byKeyHash' | 'authoritiesBelow' | 'expiring' | 'takenInAfter' | 'generation' | 'add'
>

/** The part of the store that holds certificates. */
export function certificateQueries(db: BetterSQLite3Database): CertificateQueries {
  const byDigest = db
    .select(COLUMNS)
    .from(certificates)
    .where(or(eq(certificates.fingerprint, sql.placeholder('digest')), eq(certificates.sm3, sql.placeholder('digest'))))
    .prepare()
  const bySubject = db
    .select(COLUMNS)
    .from(certificates)
    .where(eq(certificates.subjectKey, sql.placeholder('subjectKey')))
    .orderBy(desc(certificates.notAfter), asc(certificates.fingerprint))
    .limit(MAXIMUM_SAME_SUBJECT)
    .prepare()
  const byKeyHash = db
    .select(COLUMNS)
    .from(certificates)
    .where(eq(certificates.keyHash, sql.placeholder('keyHash')))
    .orderBy(desc(certificates.notAfter), asc(certificates.fingerprint))
    .limit(MAXIMUM_SAME_SUBJECT)
    .prepare()
  const authoritiesBelow = db
    .select(COLUMNS)
    .from(certificates)
    .where(eq(certificates.authorityIssuer, sql.placeholder('issuerKey')))
    .limit(sql.placeholder('limit'))
    .prepare()
  const takenInAfter = db
    .select({ ...COLUMNS, position: certificates.position })
    .from(certificates)
    .where(gt(certificates.position, sql.placeholder('position')))
    .orderBy(asc(certificates.position))
    .limit(sql.placeholder('limit'))
    .prepare()
  const expiring = db
    .select(COLUMNS)
    .from(certificates)
    .where(
      and(
        sql`(${certificates.notAfter}, ${certificates.fingerprint}) > (${sql.placeholder('notAfter')}, ${sql.placeholder('fingerprint')})`,
        lte(certificates.notAfter, sql.placeholder('until')),
      ),
    )
    .orderBy(asc(certificates.notAfter), asc(certificates.fingerprint))
    .limit(sql.placeholder('limit'))
    .prepare()
  const generation = db
    .select({ last: sql<number | null>`max(${certificates.position})` })
    .from(certificates)
    .prepare()
  return {
    certificate: async (digest) => byDigest.get({ digest }) ?? null,
    bySubject: async (subjectKey) => bySubject.all({ subjectKey }),
    byKeyHash: async (keyHash) => byKeyHash.all({ keyHash }),
    authoritiesBelow: async (issuerKey, limit) => authoritiesBelow.all({ issuerKey, limit }),
    expiring: async (after, until, limit) => expiring.all({ ...after, until, limit }),
    takenInAfter: async (position, limit) => takenInAfter.all({ position, limit }),
    generation: async () => generation.get()?.last ?? 0,
    add: async (certificate, now) => add(db, certificate, now),
  }
}

function add(db: BetterSQLite3Database, certificate: HeldCertificate, now: Instant): boolean {
  return db.transaction(
    (tx) => {
      const last = tx
        .select({ position: certificates.position, recordedAt: certificates.recordedAt })
        .from(certificates)
        .orderBy(desc(certificates.position))
        .limit(1)
        .get()
      const position = (last?.position ?? 0) + 1
      const recordedAt = Math.max(now, last?.recordedAt ?? 0)
      const row = { ...certificate, der: Buffer.from(certificate.der), position, recordedAt }
      return tx.insert(certificates).values(row).onConflictDoNothing().run().changes === 1
    },
    { behavior: 'immediate' },
  )
}
