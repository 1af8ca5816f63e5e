import { defineConfig } from 'drizzle-kit'

/** `npx drizzle-kit generate --config subgraphs/certificates/store/drizzle.config.ts` writes the next migration. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './subgraphs/certificates/store/tables.ts',
  out: './subgraphs/certificates/store/migrations',
})
