import Database from 'better-sqlite3'

export interface Lock {
  readonly release: () => void
}

/**
 * Takes the data directory for this process alone, or returns null when another holds it.
 * The operating system drops the lock with the process that held it, so a crash leaves none behind.
 */
export function tryLock(file: string): Lock | null {
  const database = new Database(file, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw error
  }
  return { release: () => database.close() }
}
