import { getTableColumns, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'

type Row<Table extends SQLiteTable> = { [Column in keyof Table['$inferInsert']]: Placeholder }

/** Every column of a table as a placeholder of its own name: an insert of whole rows, prepared once. */
export function wholeRow<Table extends SQLiteTable>(table: Table): Row<Table> {
  return Object.fromEntries(Object.keys(getTableColumns(table)).map((name) => [name, sql.placeholder(name)])) as Row<Table>
}

/** Every column of a table set to what the refused insert would have written: an upsert of whole rows. */
export function asInserted(table: SQLiteTable): Record<string, SQL> {
  const columns = Object.entries(getTableColumns(table))
  return Object.fromEntries(columns.map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]))
}
