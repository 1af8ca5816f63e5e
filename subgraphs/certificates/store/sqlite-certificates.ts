import { and, asc, desc, eq, gte, lte, or, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Instant } from '../../../model/time.ts'
import type { CertificateStore, HeldCertificate } from './certificate-store.ts'
import { certificates, crls } from './tables.ts'

const MAXIMUM_SAME_SUBJECT = 64

const COLUMNS = {
  fingerprint: certificates.fingerprint,
  sm3: certificates.sm3,
  der: certificates.der,
  subjectKey: certificates.subjectKey,
  notAfter: certificates.notAfter,
}

type CertificateQueries = Pick<CertificateStore, 'certificate' | 'bySubject' | 'expiring' | 'generation' | 'add'>

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
  const expiring = db
    .select(COLUMNS)
    .from(certificates)
    .where(and(gte(certificates.notAfter, sql.placeholder('from')), lte(certificates.notAfter, sql.placeholder('until'))))
    .orderBy(asc(certificates.notAfter), asc(certificates.fingerprint))
    .limit(sql.placeholder('limit'))
    .prepare()
  const generation = db
    .select({ newest: sql<number | null>`max(${certificates.recordedAt})` })
    .from(certificates)
    .prepare()
  return {
    certificate: async (digest) => byDigest.get({ digest }) ?? null,
    bySubject: async (subjectKey) => bySubject.all({ subjectKey }),
    expiring: async (from, until, limit) => expiring.all({ from, until, limit }),
    generation: async () => generation.get()?.newest ?? 0,
    add: async (certificate, now) => add(db, certificate, now),
  }
}

function add(db: BetterSQLite3Database, certificate: HeldCertificate, now: Instant): boolean {
  return db.transaction(
    (tx) => {
      const row = { ...certificate, der: Buffer.from(certificate.der), recordedAt: nextRecordedAt(tx, now) }
      return tx.insert(certificates).values(row).onConflictDoNothing().run().changes === 1
    },
    { behavior: 'immediate' },
  )
}

/** The moment of a new record, inside its commit: the present, but later than every record before it. */
export function nextRecordedAt(tx: Pick<BetterSQLite3Database, 'select'>, now: Instant): Instant {
  const certificate = tx
    .select({ last: sql<number | null>`max(${certificates.recordedAt})` })
    .from(certificates)
    .get()?.last
  const crl = tx
    .select({ last: sql<number | null>`max(${crls.recordedAt})` })
    .from(crls)
    .get()?.last
  return Math.max(now, (certificate ?? 0) + 1, (crl ?? 0) + 1)
}
