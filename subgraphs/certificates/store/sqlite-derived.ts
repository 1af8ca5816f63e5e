import { eq, isNull, or } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { decodedCertificate } from '../decoded-certificate.ts'
import { derivedColumns } from '../held-form.ts'
import { certificates } from './tables.ts'

const AT_ONCE = 500

/** Fills in what certificates taken in by an older version do not have yet. */
export function completeDerived(db: BetterSQLite3Database): void {
  const { fingerprint, der, keyHash, authorityIssuer } = certificates
  const isIncomplete = or(isNull(keyHash), isNull(authorityIssuer))
  for (;;) {
    const rows = db.select({ fingerprint, der }).from(certificates).where(isIncomplete).limit(AT_ONCE).all()
    if (rows.length === 0) return
    db.transaction((tx) => {
      for (const row of rows) {
        const derived = derivedColumns(decodedCertificate(row.der))
        tx.update(certificates).set(derived).where(eq(fingerprint, row.fingerprint)).run()
      }
    })
  }
}
