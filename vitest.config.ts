import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Node loads graphql's CommonJS build, as the libraries beside it do; Vite would load a second, foreign copy of it.
  resolve: { alias: [{ find: /^graphql$/, replacement: new URL('./node_modules/graphql/index.js', import.meta.url).pathname }] },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    pool: 'forks',
  },
})
