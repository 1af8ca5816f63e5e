import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { TRUST_ROLES } from '../service.ts'

/** Every statement ever made of a service. Times are UTC milliseconds, fingerprints lower-case hex SHA-256. */
export const statements = sqliteTable(
  'trust_statement',
  {
    recordedAt: integer('recorded_at').notNull(),
    serviceId: text('service_id').notNull(),
    role: text({ enum: TRUST_ROLES }).notNull(),
    fingerprint: text().notNull(),
    name: text().notNull(),
    scope: text().notNull(),
    from: integer().notNull(),
    until: integer(),
    evidence: text(),
    /** Territory of the signed list that says so. */
    list: text(),
  },
  (table) => [
    primaryKey({ columns: [table.serviceId, table.recordedAt] }),
    index('trust_statement_recorded_at').on(table.recordedAt),
  ],
)

/** Every signed list taken in or published, as received or sent. */
export const lists = sqliteTable(
  'trust_list',
  {
    territory: text().notNull(),
    sequence: integer().notNull(),
    /** Published by this hub itself. */
    own: integer({ mode: 'boolean' }).notNull(),
    issuedAt: integer('issued_at').notNull(),
    nextUpdate: integer('next_update').notNull(),
    recordedAt: integer('recorded_at').notNull(),
    /** SM3 of the bytes, lower-case hex. */
    digest: text().notNull(),
    bytes: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.own, table.territory, table.sequence] })],
)
