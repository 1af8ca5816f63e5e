import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
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
  },
  (table) => [
    primaryKey({ columns: [table.serviceId, table.recordedAt] }),
    index('trust_statement_recorded_at').on(table.recordedAt),
  ],
)
