import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'

/** A server waits no longer than this for another process's write; waiting blocks the event loop. */
const BUSY_TIMEOUT_MS = 500

export interface SqliteStore {
  readonly db: BetterSQLite3Database
  readonly close: () => void
}

/**
 * Opens one subgraph's SQLite database and brings it to the newest migration: write-ahead log, every commit durable
 * (synchronous FULL), foreign keys on. Writers use `db.transaction(…, { behavior: 'immediate' })` with a synchronous callback.
 * @param file path of the database, or `:memory:`.
 * @param migrations folder of the generated migrations.
 */
export function openSqlite(file: string, migrations: string): SqliteStore {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const client = new Database(file)
  client.pragma('journal_mode = WAL')
  client.pragma('synchronous = FULL')
  client.pragma('foreign_keys = ON')
  client.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
  const db = drizzle(client)
  migrate(db, { migrationsFolder: migrations })
  return { db, close: () => client.close() }
}
