import { eq, isNull } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { decodedCertificate } from '../decoded-certificate.ts'
import { keyHashOf } from '../key-hash.ts'
import { certificates } from './tables.ts'

const AT_ONCE = 500

/** Fills in what certificates taken in by an older version do not have yet. */
export function completeKeyHashes(db: BetterSQLite3Database): void {
  const { fingerprint, der, keyHash } = certificates
  for (;;) {
    const rows = db.select({ fingerprint, der }).from(certificates).where(isNull(keyHash)).limit(AT_ONCE).all()
    if (rows.length === 0) return
    db.transaction((tx) => {
      for (const row of rows) {
        const hash = keyHashOf(decodedCertificate(row.der).certificate.spki)
        tx.update(certificates).set({ keyHash: hash }).where(eq(fingerprint, row.fingerprint)).run()
      }
    })
  }
}
