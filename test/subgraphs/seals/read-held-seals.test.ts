import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { sm3Hex } from '../../../pki/sm3.ts'
import { authorityKeyOf } from '../../../pki/x509/authority-key.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { SILENT } from '../../../runtime/log.ts'
import type { SealStore } from '../../../subgraphs/seals/ports.ts'
import { readHeldSeals } from '../../../subgraphs/seals/read-held-seals.ts'
import { openSealStore } from '../../../subgraphs/seals/store/sqlite-store.ts'
import { pki, sealOf } from '../../support/seals.ts'
import { commit, record, write } from './store-behaviour.ts'

const FOLDER = new URL('../../../subgraphs/seals/store/migrations/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8')
const codeOf = (number: number) => `41172800${String(number).padStart(6, '0')}`

/** A database as the version before left it: two migrations, and a number of seals with the same data. */
function olderVersion(seal: Uint8Array, number: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'seals-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'seals.sqlite')
  const db = new Database(file)
  const { entries } = JSON.parse(read('meta/_journal.json')) as { entries: { tag: string; when: number }[] }
  db.exec('CREATE TABLE __drizzle_migrations (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric)')
  for (const { tag, when } of entries.slice(0, 2)) {
    for (const statement of read(`${tag}.sql`).split('--> statement-breakpoint')) db.exec(statement)
    db.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run(tag, when)
  }
  db.prepare('INSERT INTO originals VALUES (?, ?)').run(sm3Hex(seal), seal)
  const columns = 'code, platform, division, name, class, kind, type_code, format, revision, content_digest, seal_digest, created_at, not_before, registered_at, maker_fingerprint, signer_fingerprint' // biome-ignore format: a list
  const add = db.prepare(`INSERT INTO seals (${columns}) VALUES (?, '411728', '411728', '名', 'PUBLIC', 'LEGAL_NAME', 1, 'SES_V4', 1, 'a', ?, 1, 1, 1, ?, ?)`) // biome-ignore format: a row
  for (let i = 0; i < number; i++) add.run(codeOf(i), sm3Hex(seal), pki.maker.fingerprint, pki.signer.fingerprint)
  db.close()
  return file
}

async function counted(store: SealStore, authorities = [authorityKeyOf(decodeCertificate(pki.ca.certificate))]) {
  const found = { number: 0, unknown: 0 }
  for await (const { counts, unknown } of store.impact({ digests: [], authorities, from: 0 }, 0)) {
    found.number += counts.reduce((sum, { number }) => sum + number, 0)
    found.unknown += unknown
  }
  return { ...found, unread: await store.unread() }
}

async function allRead(store: SealStore): Promise<void> {
  while ((await store.unread()) > 0) await turn()
}

test('seals that an older version held are there as before, and are counted once they are read', async () => {
  const store = openSealStore(olderVersion(await sealOf('SES_V4'), 70))
  expect((await store.seals([codeOf(3)])).get(codeOf(3))?.record).toMatchObject({ name: '名', revision: 1 })
  expect(await counted(store)).toEqual({ number: 0, unknown: 0, unread: 70 })
  const reading = readHeldSeals(store, SILENT)
  await allRead(store)
  expect(await counted(store)).toEqual({ number: 70, unknown: 0, unread: 0 })
  await reading.close()
  await store.close()
})

test('reading that is stopped goes on at the next start, and nothing is read twice', async () => {
  const file = olderVersion(await sealOf('SES_V4'), 70)
  const first = openSealStore(file)
  const reading = readHeldSeals(first, SILENT)
  while ((await first.unread()) === 70) await turn()
  await reading.close()
  const left = await first.unread()
  expect(left).toBeGreaterThan(0)
  await first.close()
  const again = openSealStore(file)
  let number = 0
  const keepCertificates: SealStore['keepCertificates'] = (given) => {
    number += given.size
    return again.keepCertificates(given)
  }
  const goingOn = readHeldSeals({ ...again, keepCertificates }, SILENT)
  await allRead(again)
  expect(await counted(again)).toMatchObject({ number: 70 })
  expect(number).toBe(left)
  await goingOn.close()
  await again.close()
})

test('a seal that cannot be read any more is counted as unknown', async () => {
  const store = openSealStore(olderVersion(Uint8Array.of(1, 2, 3), 1))
  const reading = readHeldSeals(store, SILENT)
  await allRead(store)
  expect(await counted(store)).toEqual({ number: 0, unknown: 1, unread: 0 })
  await reading.close()
  await store.close()
})

test('a seal registered anew while it waits keeps what its new data names', async () => {
  const store = openSealStore(olderVersion(await sealOf('SES_V4'), 1))
  const issuer = { name: 'another', keyIdentifier: null }
  const anew = write(record(codeOf(0), { revision: 2 }), 1, [{ role: 'MAKER', digest: 'm', issuer }])
  await store.append(commit({ seals: [anew] }), 2)
  await store.keepCertificates(new Map([[codeOf(0), [{ role: 'MAKER', digest: 'old', issuer: null }]]]))
  expect(await counted(store, [issuer])).toEqual({ number: 1, unknown: 0, unread: 0 })
  await store.close()
})
