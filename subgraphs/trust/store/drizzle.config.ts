import { defineConfig } from 'drizzle-kit'

/** `npx drizzle-kit generate --config subgraphs/trust/store/drizzle.config.ts` writes the next migration. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './subgraphs/trust/store/tables.ts',
  out: './subgraphs/trust/store/migrations',
})
