import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { pushSeals } from '../../adapters/county/client.ts'
import { addCountyRoutes } from '../../adapters/county/routes.ts'
import { askImpact } from '../../cli/trust-impact.ts'
import { askMatrix, askRecognition } from '../../cli/trust-recognition.ts'
import { createGateway } from '../../gateway/gateway.ts'
import { openHttp } from '../../gateway/http.ts'
import { connectSubgraph } from '../../gateway/http-subgraph.ts'
import type { Caller } from '../../model/caller.ts'
import type { Subgraph } from '../../model/subgraph.ts'
import { makeSeal, type SealToMake } from '../../pki/ses/make-seal.ts'
import { sm3 } from '../../pki/sm3.ts'
import { issuerKeyOf } from '../../pki/x509/authority-key.ts'
import { decodeCertificate } from '../../pki/x509/certificate.ts'
import { loadPolicies } from '../../policies/load.ts'
import { SILENT } from '../../runtime/log.ts'
import { serveSubgraph } from '../../runtime/subgraph-server.ts'
import { startCertificates } from '../../subgraphs/certificates/start.ts'
import type { NamedCertificate } from '../../subgraphs/seals/named-certificates.ts'
import { startSeals } from '../../subgraphs/seals/start.ts'
import { openSealStore } from '../../subgraphs/seals/store/sqlite-store.ts'
import { startTrust } from '../../subgraphs/trust/start.ts'
import { commit, record, write } from '../subgraphs/seals/store-behaviour.ts'
import { HUB_KEY } from '../support/federation.ts'
import { type TestParty, testPki } from '../support/pki.ts'
import { MADE_AT, pki, sealToMake } from '../support/seals.ts'

const DAY = 86_400_000
const NOW = MADE_AT + 10 * DAY
const LONG_AGO = new Date(MADE_AT - DAY).toISOString()
const OPERATOR: Caller = { id: 'operator', scopes: ['member', 'adapter', 'administrator'] }

/** Another realm altogether, and a CA that bears the name of ours with a key of its own. */
const foreign = testPki(MADE_AT, '外省')
const namesake = pki.issue('运营CA', { key: '同名CA', ca: {} }, pki.root)

type Hub = Awaited<ReturnType<typeof openRooms>>

/** The three rooms under one gateway, in this process or each behind HTTP. */
async function openRooms(over: 'local' | 'http', database = ':memory:') {
  const now = () => NOW
  const policies = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)))
  const common = { database: ':memory:', factsKey: new Uint8Array(32).fill(5), now, log: SILENT }
  const files = { read: async () => null }
  const rooms = await Promise.all([
    startSeals({ ...common, database, policies, files, signer: pki.issue('枢纽').signer }),
    startCertificates(common),
    startTrust({ ...common, policies, division: '350000' }),
  ])
  const served = over === 'http' ? await Promise.all(rooms.map(overHttp)) : rooms.map((subgraph) => ({ subgraph, close: subgraph.close })) // biome-ignore format: a sentence
  const gateway = await createGateway({ subgraphs: served.map(({ subgraph }) => subgraph) })
  const ask = (query: string, variables?: Record<string, unknown>, caller = OPERATOR) =>
    gateway.execute({ query, variables: variables ?? {}, context: { caller } })
  return {
    graph: { ask, put: async () => ({ base64: '' }), close: async () => {} },
    gateway,
    closeCertificates: async () => served[1]?.close(),
    close: async () => {
      await gateway.close()
      await Promise.all(served.map((one) => one.close()))
    },
  }
}

async function overHttp(room: Subgraph) {
  const server = await serveSubgraph(room, { key: HUB_KEY, now: Date.now })
  const subgraph = await connectSubgraph({ name: room.name, url: server.url, key: HUB_KEY })
  return { subgraph, close: () => server.close() }
}

async function importCertificates({ graph }: Hub, ...parties: readonly TestParty[]): Promise<void> {
  const certificates = parties.map(({ certificate }) => Buffer.from(certificate).toString('base64'))
  const mutation = 'mutation ($c: [Base64!]!) { importCertificates(certificates: $c) { rows { outcome } } }'
  expect((await graph.ask(mutation, { c: certificates })).errors).toBeUndefined()
}

async function listServices({ graph }: Hub): Promise<void> {
  const listed = (role: string, fingerprint: string, name: string, scope: string) => ({ role, fingerprint, name, scope, from: LONG_AGO }) // biome-ignore format: a row
  const services = [
    listed('PLATFORM', pki.platform.fingerprint, '411728', '411728'),
    listed('MAKER', pki.maker.fingerprint, '制章中心', '4117'),
    listed('CA', pki.ca.fingerprint, '演示 CA', ''),
  ]
  const mutation = 'mutation ($s: [TrustServiceInput!]!) { importTrustServices(services: $s) { rows { outcome } } }'
  expect((await graph.ask(mutation, { s: services })).errors).toBeUndefined()
}

const codeOf = (number: number) => `41172800${String(number).padStart(6, '0')}`

interface Made {
  readonly maker?: TestParty
  readonly signers?: readonly TestParty[]
  readonly certList?: SealToMake['property']['certList']
  readonly createDate?: number
}

function sealBy(number: number, { maker = foreign.maker, signers = [foreign.signer], certList, createDate = MADE_AT }: Made) {
  const { property } = sealToMake('SES_V4')
  const certs = signers.map(({ certificate }) => certificate)
  const changes = { ...property, createDate, certList: certList ?? { certListType: 1 as const, certs } }
  return makeSeal(sealToMake('SES_V4', { esID: codeOf(number), property: changes }), maker.signer)
}

async function register(hub: Hub, seals: readonly Made[]): Promise<void> {
  const app = await openHttp({ gateway: hub.gateway, routes: [addCountyRoutes({ ask: hub.graph.ask, now: () => NOW })] })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const files = await Promise.all(seals.map(async (made, i) => ({ path: `${i}.esl`, bytes: await sealBy(i + 1, made) })))
  const pushed = await pushSeals({ url, platform: '411728', signer: pki.platform.signer, now: () => NOW, seals: files })
  await app.close()
  expect(pushed.rows.map(({ outcome }) => outcome)).toEqual(seals.map(() => 'ADMITTED'))
}

const digestOf = ({ certificate }: TestParty) => ({ type: 'SM3', value: sm3(certificate) })

describe.each(['local', 'http'] as const)('with its rooms joined over %s', (over) => {
  let hub: Hub

  beforeAll(async () => {
    hub = await openRooms(over)
    await listServices(hub)
    await importCertificates(hub, pki.root, pki.ca, pki.maker, namesake, foreign.root, foreign.ca, foreign.maker)
    await register(hub, [
      { maker: pki.maker, signers: [pki.signer] },
      { signers: [foreign.signer, pki.signer], createDate: MADE_AT + 5 * DAY },
      {},
      { certList: { certListType: 2, digests: [digestOf(pki.signer)] } },
      { maker: pki.maker, certList: { certListType: 2, digests: [digestOf(pki.signer)] } },
    ])
  })
  afterAll(() => hub.close())

  test('distrusting a root counts the seals of every maker and signer under it, over two levels', async () => {
    const impact = await askImpact(hub.graph, pki.root.fingerprint, LONG_AGO)
    expect(impact).toMatchObject({ services: [], authorities: 3 })
    expect(impact.seals).toMatchObject({
      number: 3,
      makers: 1,
      platforms: [{ key: '411728', number: 3, madeSince: 3 }],
      divisions: [{ key: '411728', number: 3 }],
      classes: [{ key: 'PUBLIC', number: 3 }],
      sample: [{ code: codeOf(1), name: '遂平县民政局' }, { code: codeOf(2) }, { code: codeOf(5) }],
      gaps: [],
    })
  })

  test('the seals made since the moment are counted apart', async () => {
    const from = new Date(MADE_AT + DAY).toISOString()
    const { seals } = await askImpact(hub.graph, pki.ca.fingerprint, from)
    expect(seals).toMatchObject({ number: 3, madeSince: 1, divisions: [{ number: 3, madeSince: 1 }] })
  })

  test('a CA of the same name with another key counts nothing', async () => {
    const { authorities, seals } = await askImpact(hub.graph, namesake.fingerprint, LONG_AGO)
    expect({ authorities, ...seals }).toMatchObject({ authorities: 1, number: 0, sample: [], gaps: [] })
  })

  test('distrusting a maker tells its services and counts the seals it made, and nobody has issued by it', async () => {
    const { seals, ...listed } = await askImpact(hub.graph, pki.maker.fingerprint, LONG_AGO)
    expect(listed).toMatchObject({ services: [{ role: 'MAKER', scope: '4117', list: null }], scopes: ['4117'], authorities: 0 })
    expect(seals).toMatchObject({ number: 2, makers: 1, unknown: 0, sample: [{ code: codeOf(1) }, { code: codeOf(5) }] })
  })

  test('seals that list digests only are counted as unknown, unless they hang on it anyway or it is the one they list', async () => {
    expect((await askImpact(hub.graph, pki.root.fingerprint, LONG_AGO)).seals).toMatchObject({ number: 3, unknown: 1 })
    await importCertificates(hub, pki.signer)
    const { seals } = await askImpact(hub.graph, pki.signer.fingerprint, LONG_AGO)
    expect(seals).toMatchObject({ number: 4, makers: 0, unknown: 0 })
  })

  test('what a certificate issued that nobody knows is said not to be counted', async () => {
    const stranger = foreign.signer.fingerprint
    const { authorities, seals } = await askImpact(hub.graph, stranger, LONG_AGO)
    expect(authorities).toBeNull()
    expect(seals).toMatchObject({ number: 2, unknown: 2, gaps: ['AUTHORITIES_UNKNOWN'] })
  })

  test('only administrators are told, and what the rooms tell each other is told to nobody', async () => {
    const member: Caller = { id: 'member', scopes: ['member'] }
    const asked = `{ impact(fingerprint: "${pki.ca.fingerprint}", from: "2026-01-01") { seals { number } } }`
    const refused = await hub.graph.ask(asked, {}, member)
    expect(refused.errors?.[0]?.extensions?.code).toMatch(/FORBIDDEN|UNAUTH/)
    const facts = await hub.graph.ask(asked.replace('seals { number }', 'distrustFacts'))
    expect(facts).not.toHaveProperty('data.impact.distrustFacts')
    expect(facts.errors).toHaveLength(1)
  })

  test('recognition is asked between two divisions and as a matrix through the gateway', async () => {
    const pair = await askRecognition(hub.graph, { reliedOnIn: '350000', issuedIn: '540000', at: null })
    expect(pair.classes.map(({ recognised }) => recognised)).toEqual([true, true, false, false])
    const matrix = await askMatrix(hub.graph, null)
    expect(matrix.rows).toHaveLength(34)
    expect(matrix.rows[0]?.cells).toHaveLength(34)
  })
})

test('with the room of certificates gone, what is left of the answer says that it is not whole', async () => {
  const hub = await openRooms('http')
  onTestFinished(() => hub.close())
  await hub.closeCertificates()
  const query = `{ impact(fingerprint: "${pki.ca.fingerprint}", from: "2026-01-01") { seals { number gaps } } }`
  const { data } = await hub.graph.ask(query)
  expect(data).toMatchObject({ impact: { seals: { number: 0, gaps: ['AUTHORITIES_UNKNOWN'] } } })
  await expect(askImpact(hub.graph, pki.ca.fingerprint, LONG_AGO)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})

test('ten thousand seals of six hundred makers are counted whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'impact-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const database = join(folder, 'seals.sqlite')
  const store = openSealStore(database)
  const issuer = issuerKeyOf(decodeCertificate(pki.maker.certificate))
  const hex = (number: number) => number.toString(16).padStart(64, '0')
  const certificates = (i: number): readonly NamedCertificate[] => [
    { role: 'MAKER', digest: hex(i % 600), issuer },
    { role: 'SIGNER', digest: hex(1_000_000 + i), issuer },
  ]
  const seals = Array.from({ length: 10_000 }, (_, i) => write(record(codeOf(i)), null, certificates(i)))
  await store.append(commit({ seals }), NOW)
  await store.close()
  const hub = await openRooms('local', database)
  onTestFinished(() => hub.close())
  await importCertificates(hub, pki.root, pki.ca)
  for (const { fingerprint } of [pki.root, pki.ca]) {
    const impact = await askImpact(hub.graph, fingerprint, LONG_AGO)
    expect(impact.seals).toMatchObject({ number: 10_000, makers: 600, divisions: [{ number: 10_000 }], unknown: 0, gaps: [] })
    expect(impact.seals.sample).toHaveLength(20)
  }
})
