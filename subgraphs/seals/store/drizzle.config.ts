import { defineConfig } from 'drizzle-kit'

/** `npx drizzle-kit generate --config subgraphs/seals/store/drizzle.config.ts` writes the next migration. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './subgraphs/seals/store/tables.ts',
  out: './subgraphs/seals/store/migrations',
})
