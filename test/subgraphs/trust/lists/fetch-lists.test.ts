import { expect, onTestFinished, test, vi } from 'vitest'
import { encodeSignedData } from '../../../../pki/cms/signed-data.ts'
import type { FetchRules } from '../../../../runtime/fetch/http.ts'
import { importServices } from '../../../../subgraphs/trust/import.ts'
import { type ListFetcher, listFetcher } from '../../../../subgraphs/trust/lists/fetch-lists.ts'
import { type TrustLists, trustLists } from '../../../../subgraphs/trust/lists.ts'
import type { TrustStatement } from '../../../../subgraphs/trust/service.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'
import { encodeTrustList, type TrustList } from '../../../../subgraphs/trust/trust-list.ts'
import { type ListAnswer, type ListServer, listServer } from '../../../support/list-server.ts'
import { type TestParty, testPki } from '../../../support/pki.ts'
import { ask, evidenceOf } from '../ask.ts'
import { AUTHORITY, instant, MAKER, ROOT, WELL } from '../world.ts'

const START = instant(WELL.now)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const EVER = Number.MAX_SAFE_INTEGER
const pki = testPki(START, '取列表')
const [nation, henan, henan2, fujian] = ['国家', '河南', '河南二', '福建'].map((name) => pki.issue(name)) as [
  TestParty,
  TestParty,
  TestParty,
  TestParty,
]

const statement = (role: TrustStatement['role'], fingerprint: string, change: Partial<TrustStatement> = {}): TrustStatement => ({
  role,
  fingerprint,
  name: role.toLowerCase(),
  scope: '41',
  span: { from: 0, until: null },
  evidence: null,
  list: '410000',
  ...change,
})
const TRUSTED = [statement('ANCHOR', ROOT), statement('CA', AUTHORITY), statement('MAKER', MAKER)]

function signed(change: Partial<TrustList> = {}, by = henan): Promise<Uint8Array> {
  const list = { territory: '410000', operator: '河南', sequence: 1, issuedAt: START, nextUpdate: START + 4 * DAY }
  return encodeSignedData(encodeTrustList({ ...list, statements: TRUSTED, ...change }), by.signer)
}

interface Hub {
  readonly lists: TrustLists
  readonly server: ListServer
  readonly fetcher: ListFetcher
  /** Lets time pass, asking whoever is due every second or as often as told. */
  readonly pass: (time: number, step?: number) => Promise<void>
  readonly now: () => number
  readonly verdict: () => Promise<string>
  readonly problem: (i?: number) => unknown
}

interface HubOptions {
  readonly paths?: readonly string[]
  readonly operators?: Readonly<Record<string, TestParty>>
  readonly rules?: Partial<FetchRules>
}

async function hub({ paths = ['/410000'], operators = { 410000: henan }, rules = {} }: HubOptions = {}): Promise<Hub> {
  let now = START
  const store = openTrustStore(':memory:')
  const lists = trustLists(store)
  const rows = Object.entries(operators).map(([name, { fingerprint }]) => ({
    role: 'LIST_OPERATOR',
    fingerprint,
    name,
    scope: '',
    from: 0,
  }))
  await importServices(lists, rows, START - DAY)
  const server = await listServer()
  const fetcher = listFetcher({
    lists,
    memory: store,
    urls: paths.map(server.url),
    division: '350000',
    now: () => now,
    log: { info: () => {}, warn: () => {}, error: vi.fn() },
    rules: { allowLocal: true, timeout: 10_000, ...rules },
    random: () => 0.5,
  })
  onTestFinished(async () => {
    await fetcher.close()
    store.close()
  })
  return {
    lists,
    server,
    fetcher,
    now: () => now,
    pass: async (time, step = 1_000) => {
      for (const end = now + time; now < end; ) {
        now = Math.min(end, now + step)
        await fetcher.run()
      }
    },
    verdict: async () => {
      const at = new Date(now).toISOString()
      const world = { ...WELL, now: at, heard: at }
      const { indication, subIndication } = ask(world, { ...evidenceOf(world), trust: await lists.snapshot() })
      return subIndication ?? indication
    },
    problem: (i = 0) => {
      const { problem = null } = fetcher.sources()[i] ?? {}
      return problem && { kind: problem.kind, code: problem.code }
    },
  }
}

test('a list is fetched, taken in and asked about again by its ETag only', async () => {
  const { server, fetcher, pass, verdict, lists } = await hub()
  server.answers.set('/410000', await signed())
  await fetcher.run()
  expect(await verdict()).toBe('TOTAL_PASSED')
  await pass(11 * MINUTE, 30_000)
  expect(server.requests.map(([, status]) => status)).toEqual([200, 304, 304])
  expect((await lists.snapshot()).lists).toHaveLength(1)
})

test('started with every source down it recovers by itself when they come up, and passes nothing meanwhile', async () => {
  const { server, fetcher, pass, verdict, problem } = await hub()
  server.answers.set('/410000', 'CUT')
  await fetcher.run()
  await pass(5 * MINUTE, 5_000)
  expect(problem()).toMatchObject({ kind: 'UNREACHABLE' })
  expect(fetcher.sources()).toHaveLength(1) // unavailable is never "none configured"
  expect(await verdict()).toBe('NO_CERTIFICATE_CHAIN_FOUND')
  server.answers.set('/410000', await signed())
  await pass(MINUTE)
  expect(problem()).toBeNull()
  expect(await verdict()).toBe('TOTAL_PASSED')
})

test.each([
  ['five minutes', 5 * MINUTE, 5_000, 'TOTAL_PASSED'],
  ['three hours', 3 * HOUR, 20_000, 'TOTAL_PASSED'],
  ['72 hours', 72 * HOUR, 5 * MINUTE, 'TOTAL_PASSED'],
  ['five days', 5 * DAY, 10 * MINUTE, 'TRY_LATER'],
] as const)('after a cut of %s fetching goes on within a minute; what was held counts until its next update', async (...row) => {
  const [, cut, step, meanwhile] = row
  const { server, fetcher, pass, verdict, problem, now } = await hub()
  server.answers.set('/410000', await signed())
  await fetcher.run()
  server.answers.set('/410000', 'CUT')
  await pass(cut, step)
  expect(problem()).toMatchObject({ kind: 'UNREACHABLE' })
  expect(await verdict()).toBe(meanwhile)
  server.answers.set('/410000', await signed({ sequence: 2, issuedAt: now(), nextUpdate: now() + DAY }))
  await pass(MINUTE - 30_000 /* what one attempt may take */)
  expect(problem()).toBeNull()
  expect(await verdict()).toBe('TOTAL_PASSED')
})

test.each([
  ['UNREADABLE', 'UNREADABLE', 'bytes that are no list', async (): Promise<ListAnswer> => new Uint8Array([1, 2, 3])],
  ['UNREADABLE', 'TOO_LARGE', 'more bytes than a list may have', async (): Promise<ListAnswer> => new Uint8Array(100_000)],
  ['UNREACHABLE', 'HTTP_STATUS', 'an error of the server', async (): Promise<ListAnswer> => 503],
  ['UNREACHABLE', 'TIMEOUT', 'a server that hangs', async (): Promise<ListAnswer> => 'HANGS'],
  ['REFUSED', 'ENVELOPE_SIGNATURE', 'a list its operator did not sign', () => signed({ sequence: 2 }, fujian)],
  [
    'REFUSED',
    'ENVELOPE_SIGNATURE',
    'a list with a swapped certificate',
    async (): Promise<ListAnswer> => swapped(await signed({ sequence: 2 })),
  ],
  ['REFUSED', 'STALE', 'a list whose sequence falls', () => signed({ sequence: 1 })],
  ['REFUSED', 'STALE', 'a list past its next update', () => signed({ sequence: 9, nextUpdate: START + 1 })],
] as const)('%s %s: %s leaves what is held as it was and is told', async (kind, code, _, answer) => {
  const { server, fetcher, pass, verdict, problem, lists } = await hub({
    rules: { maximumBytes: 50_000, timeout: code === 'TIMEOUT' ? 1_000 : 10_000 },
  })
  server.answers.set('/410000', await signed({ sequence: 5 }))
  await fetcher.run()
  server.answers.set('/410000', await answer())
  await pass(6 * MINUTE, 3 * MINUTE)
  expect(problem()).toEqual({ kind, code })
  expect(await verdict()).toBe('TOTAL_PASSED')
  expect((await lists.snapshot()).lists).toHaveLength(1)
})

test('a self-signed list of an operator nobody listed is refused at the very first fetch', async () => {
  const { server, fetcher, verdict, problem } = await hub({ operators: {} })
  server.answers.set('/410000', await signed())
  await fetcher.run()
  expect(problem()).toEqual({ kind: 'REFUSED', code: 'ENVELOPE_SIGNATURE' })
  expect(await verdict()).toBe('NO_CERTIFICATE_CHAIN_FOUND')
})

test('an empty list deletes nothing, and only a signed end ends', async () => {
  const { server, fetcher, pass, verdict, lists } = await hub()
  server.answers.set('/410000', await signed())
  await fetcher.run()
  server.answers.set('/410000', await signed({ sequence: 2, statements: [] }))
  await pass(6 * MINUTE, MINUTE)
  expect((await lists.snapshot()).list('410000', EVER)?.sequence).toBe(2)
  expect(await verdict()).toBe('TOTAL_PASSED')
})

test('a list of lists leads to the lists it points to, in whatever order they come up', async () => {
  const { server, fetcher, pass, lists, problem } = await hub({ paths: ['/410000', '/000000'], operators: { '000000': nation } })
  const to = (name: string, party: TestParty) =>
    statement('LIST_OPERATOR', party.fingerprint, {
      name,
      scope: name.slice(0, 2),
      list: '000000',
      location: server.url(`/${name}`),
    })
  const nationwide = { territory: '000000', statements: [to('410000', henan), to('350000', fujian), to('540000', fujian)] }
  server.answers.set('/410000', await signed())
  await fetcher.run()
  expect(problem()).toMatchObject({ kind: 'REFUSED' })
  server.answers.set('/000000', await signed(nationwide, nation))
  await pass(MINUTE)
  expect((await lists.snapshot()).lists.map(({ territory }) => territory)).toEqual(['000000', '410000'])
  expect(fetcher.sources().map(({ url }) => new URL(url).pathname)).toEqual(['/410000', '/000000', '/540000']) // 350000 is the hub itself
  server.answers.set('/540000', await signed({ territory: '410000', sequence: 7 }, henan))
  await pass(MINUTE)
  expect(problem(2)).toEqual({ kind: 'REFUSED', code: 'OUT_OF_SCOPE' })
})

test('a new key is found over the pivots, also by a hub that was away meanwhile, and only where the list itself lies', async () => {
  const { server, fetcher, pass, lists, problem } = await hub()
  const handOver = [statement('LIST_OPERATOR', henan2.fingerprint, { name: '410000' }), ...TRUSTED]
  const elsewhere = await listServer()
  elsewhere.answers.set('/3', await signed({ sequence: 3, nextUpdate: START + 1, statements: handOver }))
  const next = { sequence: 4, statements: handOver }
  server.answers.set('/410000', await signed({ ...next, pivots: [elsewhere.url('/3')] }, henan2))
  await fetcher.run()
  expect(problem()).toEqual({ kind: 'REFUSED', code: 'ENVELOPE_SIGNATURE' })
  expect(elsewhere.requests).toEqual([])
  server.answers.set('/410000/3', await signed({ sequence: 3, nextUpdate: START + 1, statements: handOver }))
  server.answers.set('/410000', await signed({ ...next, pivots: ['410000/3'] }, henan2))
  await pass(6 * MINUTE, MINUTE)
  expect(problem()).toBeNull()
  expect((await lists.snapshot()).list('410000', EVER)).toMatchObject({ sequence: 4, signer: henan2.fingerprint })
})

test('one source that hangs keeps no other waiting', async () => {
  const { server, fetcher, lists } = await hub({ paths: ['/slow', '/410000'], rules: { timeout: 5_000 } })
  server.answers.set('/slow', 'HANGS')
  server.answers.set('/410000', await signed())
  const all = fetcher.run()
  await vi.waitFor(async () => expect((await lists.snapshot()).lists).toHaveLength(1))
  await fetcher.close()
  await all
})

test('nothing is fetched from this machine itself unless that is allowed', async () => {
  const { server, fetcher, problem } = await hub({ rules: { allowLocal: false } })
  server.answers.set('/410000', await signed())
  await fetcher.run()
  expect(problem()).toEqual({ kind: 'UNREACHABLE', code: 'ADDRESS' })
  expect(server.requests).toEqual([])
})

/** The same with one byte of the signer's key changed in the certificate carried along. */
function swapped(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = Buffer.from(copy).indexOf(Buffer.from(henan.spki.subarray(-8))) + 4
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}
