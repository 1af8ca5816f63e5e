import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { encodeSignedData } from '../pki/cms/signed-data.ts'
import { generateSm2KeyPair } from '../pki/key.ts'
import { type Signer, softwareSigner } from '../pki/signer.ts'
import { fingerprintOf } from '../pki/x509/certificate.ts'
import { issueCertificate } from '../pki/x509/issue.ts'
import { SILENT } from '../runtime/log.ts'
import { importServices } from '../subgraphs/trust/import.ts'
import { admitTrustList } from '../subgraphs/trust/lists/admission.ts'
import { type ListFetcher, listFetcher } from '../subgraphs/trust/lists/fetch-lists.ts'
import { type ListReader, readHere } from '../subgraphs/trust/lists/read-list.ts'
import { listReaders } from '../subgraphs/trust/lists/read-pool.ts'
import { openSignedList } from '../subgraphs/trust/lists/signature.ts'
import { type TrustLists, trustLists } from '../subgraphs/trust/lists.ts'
import type { TrustStatement } from '../subgraphs/trust/service.ts'
import { openTrustStore } from '../subgraphs/trust/store/sqlite-store.ts'
import type { TrustStore } from '../subgraphs/trust/store/trust-store.ts'
import { encodeTrustList } from '../subgraphs/trust/trust-list.ts'
import { measure } from './measure.ts'
import type { BenchRow } from './row.ts'

const NOW = Date.UTC(2026, 5, 1)
const DAY = 86_400_000
const ENTITIES = 10_000
const LISTS = 40
const FLOOR = 'signature of that list, and its bytes as JSON'
const ASKED_AGAIN = 10 * 60_000

/**
 * How fast a signed list of 10,000 entities comes in, first and then again with one end more (per second: entities), beside the
 * floor of checking its signature and parsing its JSON; how long that holds the event loop at most, beside the same where one thread
 * reads and serves; and how fast 40 sources say that nothing has changed (per second: sources).
 */
export async function benchTrustLists(): Promise<BenchRow[]> {
  const signer = operator()
  const statements = Array.from({ length: ENTITIES }, (_, i) => statement(i))
  const first = await signed(signer, 1, statements)
  const second = await signed(signer, 2, [...statements.slice(1), { ...statement(0), span: { from: 0, until: NOW } }])
  const updated = await hub(signer)
  const readers = listReaders()
  await admitTrustList(updated.lists, first, NOW, readers.read)
  const refreshed = await refreshing(signer)
  let again = second
  const { floor, imported, update, unchanged } = await measure(
    {
      floor: () => JSON.parse(new TextDecoder().decode(openSignedList(first).content)),
      imported: async () => {
        const { lists, store } = await hub(signer)
        await admitTrustList(lists, first, NOW, readers.read)
        store.close()
      },
      update: async () => {
        await admitTrustList(updated.lists, again, NOW, readers.read)
        again = await next(signer, updated.lists, statements)
      },
      unchanged: refreshed.round,
    },
    { rounds: 3, milliseconds: 500 },
  )
  const held = await longestHold(signer, first, readers.read)
  const heldHere = await longestHold(signer, first, readHere)
  updated.store.close()
  await refreshed.close()
  await readers.close()
  const toFloor = (perSecond: number) => ({ perSecond: perSecond * ENTITIES, ratioTo: { name: FLOOR, ratio: perSecond / floor } })
  return [
    { name: FLOOR, perSecond: floor * ENTITIES },
    { name: 'list of 10,000 entities taken in, entities', ...toFloor(imported) },
    { name: 'the same with one end more, signing it included', ...toFloor(update) },
    { name: 'longest hold of the event loop by it', perSecond: 1_000 / held, milliseconds: held },
    { name: 'the same, read by the thread that serves', perSecond: 1_000 / heldHere, milliseconds: heldHere },
    { name: '40 unchanged lists refreshed, sources', perSecond: unchanged * LISTS },
  ]
}

/** The longest of three lists taken in on a disk, in milliseconds. */
async function longestHold(signer: Signer, bytes: Uint8Array, read: ListReader): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sealhub-bench-'))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  try {
    for (const run of [1, 2, 3]) {
      const { lists, store } = await hub(signer, ['410000'], join(folder, `${run}.sqlite`))
      await setTimeout(50)
      delay.enable()
      await admitTrustList(lists, bytes, NOW, read)
      await lists.snapshot()
      await setTimeout(20)
      delay.disable()
      store.close()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return delay.max / 1e6
}

async function next(signer: Signer, lists: TrustLists, statements: readonly TrustStatement[]): Promise<Uint8Array> {
  const held = (await lists.snapshot()).list('410000', Number.MAX_SAFE_INTEGER)?.sequence ?? 0
  const until = NOW + held
  return signed(signer, held + 1, [...statements.slice(1), { ...statement(0), span: { from: 0, until } }])
}

/** A hub that fetches 40 lists from this machine, all held already. */
async function refreshing(signer: Signer): Promise<{ readonly round: () => Promise<void>; readonly close: () => Promise<void> }> {
  const territories = Array.from({ length: LISTS }, (_, i) => `${11 + i}0000`)
  const { lists, store } = await hub(signer, territories)
  const bodies = new Map<string, Uint8Array>()
  for (const territory of territories) bodies.set(`/${territory}`, await signed(signer, 1, [], territory))
  const server = createServer((request, response) => {
    const body = bodies.get(request.url ?? '') ?? new Uint8Array()
    const etag = `"${createHash('sm3').update(body).digest('hex')}"`
    const isKnown = request.headers['if-none-match'] === etag
    response.writeHead(isKnown ? 304 : 200, { etag }).end(isKnown ? undefined : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  let now = NOW
  const fetcher: ListFetcher = listFetcher({
    lists,
    memory: store,
    urls: territories.map((territory) => `http://127.0.0.1:${port}/${territory}`),
    division: '000000',
    now: () => now,
    log: SILENT,
    rules: { allowLocal: true },
  })
  const round = async () => {
    now += ASKED_AGAIN
    for (let asked = 0; asked < LISTS; asked += 32) await fetcher.run()
  }
  await round()
  return {
    round,
    close: async () => {
      await fetcher.close()
      store.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

async function hub(
  { certificate }: Signer,
  territories: readonly string[] = ['410000'],
  file = ':memory:',
): Promise<{ readonly lists: TrustLists; readonly store: TrustStore }> {
  const store = openTrustStore(file)
  const lists = trustLists(store)
  const row = { role: 'LIST_OPERATOR', fingerprint: fingerprintOf(certificate), scope: '', from: 0 }
  await importServices(
    lists,
    territories.map((name) => ({ ...row, name })),
    NOW - DAY,
  )
  return { lists, store }
}

function signed(
  signer: Signer,
  sequence: number,
  statements: readonly TrustStatement[],
  territory = '410000',
): Promise<Uint8Array> {
  const list = { territory, operator: '测量', sequence, issuedAt: NOW, nextUpdate: NOW + 1_000 * DAY, statements }
  return encodeSignedData(encodeTrustList(list), signer)
}

function statement(i: number): TrustStatement {
  const fingerprint = createHash('sha256').update(String(i)).digest('hex')
  const words = { name: `制章单位 ${i}`, scope: '41', evidence: `批复 ${i}`, list: '410000' }
  return { role: 'MAKER', fingerprint, span: { from: 0, until: null }, ...words }
}

function operator(): Signer {
  const { privateKey, spki } = generateSm2KeyPair()
  const name = [['CN', '列表发布者']] as const
  const validity = { notBefore: NOW - DAY, notAfter: NOW + 1_000 * DAY }
  return softwareSigner(
    privateKey,
    issueCertificate({ subject: name, issuer: name, issuerKey: privateKey, spki, serialNumber: 1n, ...validity }),
  )
}
