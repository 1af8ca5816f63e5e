import { type eq, type SQL, sql } from 'drizzle-orm'

/** Whether the column is one of the texts bound as a JSON array: one prepared statement for any number of them. */
export function isOneOf(column: Parameters<typeof eq>[0], name: string): SQL {
  return sql`${column} in (select value from json_each(${sql.placeholder(name)}))`
}
