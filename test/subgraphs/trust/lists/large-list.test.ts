import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { encodeSignedData } from '../../../../pki/cms/signed-data.ts'
import { importServices } from '../../../../subgraphs/trust/import.ts'
import { admitReadList, admitTrustList } from '../../../../subgraphs/trust/lists/admission.ts'
import { readHere } from '../../../../subgraphs/trust/lists/read-list.ts'
import { type ListReaders, listReaders } from '../../../../subgraphs/trust/lists/read-pool.ts'
import { type TrustLists, trustLists } from '../../../../subgraphs/trust/lists.ts'
import type { TrustStatement } from '../../../../subgraphs/trust/service.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'
import { encodeTrustList, type TrustList } from '../../../../subgraphs/trust/trust-list.ts'
import { type TestParty, testPki } from '../../../support/pki.ts'

const NOW = Date.UTC(2026, 0, 1)
const DAY = 86_400_000
const EVER = Number.MAX_SAFE_INTEGER
const ENTITIES = 1_200
const pki = testPki(NOW, '大列表')
const [operator, stranger] = [pki.issue('发布者'), pki.issue('生人')]

const STATEMENTS: readonly TrustStatement[] = Array.from({ length: ENTITIES }, (_, i) => ({
  role: 'MAKER',
  fingerprint: createHash('sha256').update(String(i)).digest('hex'),
  name: `制章单位 ${i}`,
  scope: '41',
  span: { from: 0, until: null },
  evidence: null,
  list: '410000',
}))

function signed(change: Partial<TrustList> = {}, by: TestParty = operator): Promise<Uint8Array> {
  const list = { territory: '410000', operator: '河南', sequence: 1, issuedAt: NOW, nextUpdate: NOW + 10 * DAY }
  return encodeSignedData(encodeTrustList({ ...list, statements: STATEMENTS, ...change }), by.signer)
}

function readers(): ListReaders {
  const opened = listReaders()
  onTestFinished(() => opened.close())
  return opened
}

async function hub(): Promise<TrustLists> {
  const store = openTrustStore(':memory:')
  onTestFinished(() => store.close())
  const lists = trustLists(store)
  const row = { role: 'LIST_OPERATOR', fingerprint: operator.fingerprint, name: '410000', scope: '41', from: 0 }
  await importServices(lists, [row], NOW - DAY)
  return lists
}

const makersIn = async (lists: TrustLists) => (await lists.snapshot()).all(EVER).filter(({ role }) => role === 'MAKER').length

test('a large list is read by another thread as it is read here, byte for byte', async () => {
  const bytes = await signed({ pivots: ['410000/1'] })
  const read = await readers().read(bytes)
  expect(read).toEqual(await readHere(bytes))
  expect(read.statements).toHaveLength(ENTITIES)
})

test.each([
  ['ENVELOPE_SIGNATURE', 'changed after signing', async () => changed(await signed())],
  ['UNREADABLE', 'that states a service twice', () => signed({ statements: [...STATEMENTS, ...STATEMENTS.slice(0, 1)] })],
  ['ENVELOPE_SIGNATURE', 'of a stranger', () => signed({}, stranger)],
] as const)('%s: a large list %s is refused by its code and changes nothing', async (code, _, bytes) => {
  const lists = await hub()
  await expect(admitTrustList(lists, await bytes(), NOW, readers().read)).rejects.toMatchObject({ code })
  expect(await makersIn(lists)).toBe(0)
})

test('while a large list comes in others have their turn and see nothing of it; then all of it', async () => {
  const lists = await hub()
  const before = await lists.snapshot()
  const list = await readHere(await signed())
  let isDone = false
  const admitted = admitTrustList(lists, list.bytes, NOW, async () => list).finally(() => {
    isDone = true
  })
  const seen: number[] = []
  while (!isDone) {
    seen.push(await makersIn(lists))
    await setImmediate()
  }
  await admitted
  expect(seen.length).toBeGreaterThan(5)
  expect(new Set(seen).size).toBeLessThanOrEqual(2)
  expect(await makersIn(lists)).toBe(ENTITIES)
  expect(before.all(EVER)).toHaveLength(1)
})

test('what an administrator does meanwhile waits its turn, and what was compared is what is held', async () => {
  const lists = await hub()
  const ended = STATEMENTS.map((one) => ({ ...one, span: { from: 0, until: NOW }, ended: { reason: '停止服务' } }))
  const [first, second, third] = await Promise.all([
    signed().then(readHere),
    signed({ sequence: 2, statements: ended }).then(readHere),
    signed({ sequence: 3 }).then(readHere),
  ])
  const dropped = {
    role: 'LIST_OPERATOR',
    fingerprint: operator.fingerprint,
    name: '410000',
    scope: '41',
    from: 0,
    until: NOW - 1,
  }
  const done = await Promise.allSettled([
    admitReadList(lists, first, NOW),
    admitReadList(lists, second, NOW),
    importServices(lists, [dropped], NOW),
    admitReadList(lists, third, NOW),
  ])
  expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
  const makers = (await lists.snapshot()).all(EVER).filter(({ role }) => role === 'MAKER')
  expect(makers.filter(({ span }) => span.until === NOW)).toHaveLength(ENTITIES)
})

test('the same list with one end more records one statement more, and no statement of a list refused comes with the next', async () => {
  const store = openTrustStore(':memory:')
  onTestFinished(() => store.close())
  const lists = trustLists(store)
  const row = { role: 'LIST_OPERATOR', fingerprint: operator.fingerprint, name: '410000', scope: '41', from: 0 }
  await importServices(lists, [row], NOW - DAY)
  await admitTrustList(lists, await signed(), NOW)
  const [first, ...others] = STATEMENTS
  if (!first) throw new TypeError('no statements')
  const list = await readHere(await signed({ sequence: 1, statements: [{ ...first, scope: '4117' }] }))
  const head = { territory: '410000', sequence: 1, issuedAt: NOW, nextUpdate: NOW + DAY, digest: 'x', signer: null, own: false }
  expect(await lists.recordList({ ...head, bytes: list.bytes }, list.statements, NOW)).toBeNull()
  const next = { sequence: 2, statements: [{ ...first, span: { from: 0, until: NOW } }, ...others] }
  await admitTrustList(lists, await signed(next), NOW)
  expect(await store.statements()).toHaveLength(1 + ENTITIES + 1)
})

/** One byte of the content changed. */
function changed(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = Buffer.from(copy).indexOf('"LoTESequenceNumber":1') + 21
  copy[at] = '2'.charCodeAt(0)
  return copy
}
