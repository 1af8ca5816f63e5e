import { fileURLToPath } from 'node:url'
import { openSqlite } from '../../../runtime/database.ts'
import type { CertificateStore } from './certificate-store.ts'
import { certificateQueries } from './sqlite-certificates.ts'
import { crlQueries } from './sqlite-crls.ts'

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))

/**
 * Opens the store of certificates and CRLs on SQLite.
 * @param file path of the database, or `:memory:`.
 */
export function openCertificateStore(file: string): CertificateStore {
  const { db, close } = openSqlite(file, MIGRATIONS)
  return { ...certificateQueries(db), ...crlQueries(db), close }
}
