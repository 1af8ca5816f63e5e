import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { endCastsDoubtOnThePast } from '../../../../model/service-end.ts'
import { importServices } from '../../../../subgraphs/trust/import.ts'
import { trustLists } from '../../../../subgraphs/trust/lists.ts'
import { serviceId } from '../../../../subgraphs/trust/service.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'

const FOLDER = new URL('../../../../subgraphs/trust/store/migrations/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8')
const MAKER = {
  role: 'MAKER',
  fingerprint: 'a0'.repeat(32),
  name: '制章单位',
  scope: '3205',
  span: { from: 1, until: 9 },
  evidence: '批复',
  list: null,
} as const

/** A database as it was before reasons had codes: one service, ended in words. */
function beforeCodes(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trust-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'trust.sqlite')
  const db = new Database(file)
  const { entries } = JSON.parse(read('meta/_journal.json')) as { entries: { tag: string; when: number }[] }
  db.exec('CREATE TABLE __drizzle_migrations (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric)')
  for (const { tag, when } of entries.filter((entry) => entry.tag < '0004')) {
    for (const statement of read(`${tag}.sql`).split('--> statement-breakpoint')) db.exec(statement)
    db.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run(tag, when)
  }
  const columns = 'recorded_at, service_id, role, fingerprint, name, scope, "from", until, evidence, end_reason'
  db.prepare(`INSERT INTO trust_statement (${columns}) VALUES (5, ?, 'MAKER', ?, '制章单位', '3205', 1, 9, '批复', ?)`).run(
    serviceId(MAKER),
    MAKER.fingerprint,
    'KEY_COMPROMISE：失密',
  )
  db.close()
  return file
}

test('what an older version held is held as before: an end in words means what it meant, and it is not lifted', async () => {
  const store = openTrustStore(beforeCodes())
  onTestFinished(() => store.close())
  const [service] = await store.statements()
  expect(service).toEqual({ ...MAKER, id: serviceId(MAKER), recordedAt: 5, ended: { reason: 'KEY_COMPROMISE：失密' } })
  expect(endCastsDoubtOnThePast(service?.ended)).toBe(true)
  const again = { ...MAKER, from: 1, until: null }
  expect(await importServices(trustLists(store), [again], 100)).toMatchObject([{ refusal: { code: 'ENDED' } }])
})
