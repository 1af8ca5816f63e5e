import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openSqlite } from '../../../runtime/database.ts'
import type { CertificateStore } from './certificate-store.ts'
import { certificateQueries } from './sqlite-certificates.ts'
import { crlQueries } from './sqlite-crls.ts'
import { completeDerived } from './sqlite-derived.ts'
import type { Pause } from './sqlite-listings.ts'
import { ocspQueries } from './sqlite-ocsp.ts'
import { sightingQueries } from './sqlite-sightings.ts'
import { sourceQueries } from './sqlite-sources.ts'

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))

/**
 * Opens the store of certificates, CRLs and OCSP responses on SQLite.
 * @param file path of the database, or `:memory:`.
 * @param pause lets others have their turn during a large import; one turn of the event loop by default.
 */
export function openCertificateStore(file: string, pause: Pause = () => setImmediate()): CertificateStore {
  const { db, close } = openSqlite(file, MIGRATIONS)
  completeDerived(db)
  return {
    ...certificateQueries(db),
    ...crlQueries(db, pause),
    ...ocspQueries(db),
    ...sightingQueries(db),
    ...sourceQueries(db),
    close,
  }
}
