import { and, asc, eq, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { AuthorityKey } from '../../../pki/x509/authority-key.ts'
import type { NamedCertificate } from '../named-certificates.ts'
import type { SealStore } from '../ports.ts'
import { issuers, sealCertificates, seals, unreadSeals } from './tables.ts'

/** The part of the store that catches up on the certificates of seals an older version took in. */
export function sealCertificateQueries(db: BetterSQLite3Database): Pick<SealStore, 'unreadSeals' | 'keepCertificates'> {
  const { code, sealDigest, makerFingerprint, signerFingerprint } = seals
  const unread = db
    .select({ code, sealDigest, makerFingerprint, signerFingerprint })
    .from(unreadSeals)
    .innerJoin(seals, eq(seals.code, unreadSeals.code))
    .orderBy(asc(unreadSeals.code))
    .limit(sql.placeholder('limit'))
    .prepare()
  const isUnread = db
    .select({ code: unreadSeals.code })
    .from(unreadSeals)
    .where(eq(unreadSeals.code, sql.placeholder('code')))
    .prepare()
  const replace = certificateWriter(db)
  return {
    unreadSeals: async (limit) => unread.all({ limit }),
    keepCertificates: async (read) =>
      db.transaction(
        () => {
          for (const [of, certificates] of read) if (isUnread.get({ code: of })) replace(of, certificates)
        },
        { behavior: 'immediate' },
      ),
  }
}

/** Writes the certificates of a seal's newest data in the place of those before; the seal is then read. Within a transaction. */
export function certificateWriter(db: BetterSQLite3Database): (code: string, certificates: readonly NamedCertificate[]) => void {
  const code = sql.placeholder('code')
  const remove = db.delete(sealCertificates).where(eq(sealCertificates.code, code)).prepare()
  const markRead = db.delete(unreadSeals).where(eq(unreadSeals.code, code)).prepare()
  const placeholders = { role: sql.placeholder('role'), digest: sql.placeholder('digest'), issuer: sql.placeholder('issuer') }
  const add = db
    .insert(sealCertificates)
    .values({ code, ...placeholders })
    .prepare()
  const idOf = issuerIds(db)
  return (of, certificates) => {
    remove.run({ code: of })
    for (const { role, digest, issuer } of certificates) add.run({ code: of, role, digest, issuer: issuer && idOf(issuer) })
    markRead.run({ code: of })
  }
}

/** The number of an issuer, given with the first certificate that names it. */
function issuerIds(db: BetterSQLite3Database): (issuer: AuthorityKey) => number {
  const name = sql.placeholder('name')
  const keyIdentifier = sql.placeholder('keyIdentifier')
  const known = db
    .select({ id: issuers.id })
    .from(issuers)
    .where(and(eq(issuers.name, name), eq(issuers.keyIdentifier, keyIdentifier)))
    .prepare()
  const add = db.insert(issuers).values({ name, keyIdentifier }).returning({ id: issuers.id }).prepare()
  return (issuer) => {
    const key = { name: issuer.name, keyIdentifier: issuer.keyIdentifier ?? '' }
    return (known.get(key) ?? add.get(key)).id
  }
}
