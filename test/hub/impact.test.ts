import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushSeals } from '../../adapters/county/client.ts'
import { addCountyRoutes } from '../../adapters/county/routes.ts'
import { askImpact } from '../../cli/trust-impact.ts'
import { askMatrix, askRecognition } from '../../cli/trust-recognition.ts'
import { createGateway, type Gateway } from '../../gateway/gateway.ts'
import { openHttp } from '../../gateway/http.ts'
import type { Caller } from '../../model/caller.ts'
import { loadPolicies } from '../../policies/load.ts'
import { SILENT } from '../../runtime/log.ts'
import { startCertificates } from '../../subgraphs/certificates/start.ts'
import { startSeals } from '../../subgraphs/seals/start.ts'
import { startTrust } from '../../subgraphs/trust/start.ts'
import { MADE_AT, pki, sealOf } from '../support/seals.ts'

const NOW = MADE_AT + 86_400_000
const OPERATOR: Caller = { id: 'operator', scopes: ['member', 'adapter', 'administrator'] }
let gateway: Gateway
let close: () => Promise<unknown>

const graph = {
  ask: (query: string, variables?: Record<string, unknown>, caller = OPERATOR) =>
    gateway.execute({ query, variables: variables ?? {}, context: { caller } }),
  put: async () => ({ base64: '' }),
  close: async () => {},
}

beforeAll(async () => {
  const now = () => NOW
  const policies = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)))
  const common = { database: ':memory:', factsKey: new Uint8Array(32).fill(5), now, log: SILENT }
  const subgraphs = await Promise.all([
    startSeals({ ...common, policies, files: { read: async () => null }, signer: pki.issue('枢纽').signer }),
    startCertificates(common),
    startTrust({ ...common, policies, division: '350000' }),
  ])
  gateway = await createGateway({ subgraphs })
  const app = await openHttp({ gateway, routes: [addCountyRoutes({ ask: graph.ask, now })] })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  close = async () => {
    await app.close()
    await gateway.close()
    await Promise.all(subgraphs.map((subgraph) => subgraph.close()))
  }
  const from = new Date(MADE_AT).toISOString()
  const listed = (role: string, fingerprint: string, name: string, scope: string) => ({ role, fingerprint, name, scope, from })
  const services = [
    listed('PLATFORM', pki.platform.fingerprint, '411728', '411728'),
    listed('MAKER', pki.maker.fingerprint, '制章中心', '4117'),
    listed('CA', pki.ca.fingerprint, '演示 CA', ''),
  ]
  await graph.ask('mutation ($s: [TrustServiceInput!]!) { importTrustServices(services: $s) { rows { outcome } } }', {
    s: services,
  })
  const certificates = [pki.root, pki.ca, pki.maker].map(({ certificate }) => Buffer.from(certificate).toString('base64'))
  await graph.ask('mutation ($c: [Base64!]!) { importCertificates(certificates: $c) { rows { outcome } } }', { c: certificates })
  const seals = [{ path: 'a.esl', bytes: await sealOf('SES_V4') }]
  const pushed = await pushSeals({ url, platform: '411728', signer: pki.platform.signer, now, seals })
  expect(pushed.rows).toMatchObject([{ outcome: 'ADMITTED' }])
})
afterAll(() => close())

test('distrusting a maker tells its services, its seals by platform, division and class, and some of them', async () => {
  const impact = await askImpact(graph, pki.maker.fingerprint, new Date(MADE_AT - 1).toISOString())
  expect(impact.trust).toMatchObject({ services: [{ role: 'MAKER', scope: '4117', list: null }], scopes: ['4117'] })
  expect(impact.makers).toEqual([pki.maker.fingerprint])
  expect(impact.seals).toMatchObject({
    number: 1,
    madeSince: 1,
    platforms: [{ key: '411728', number: 1 }],
    divisions: [{ key: '411728', number: 1 }],
    classes: [{ key: 'PUBLIC', number: 1 }],
    sample: [{ code: '41172800000001' }],
  })
})

test('distrusting an authority reaches the seals of every maker whose path holds it', async () => {
  const from = new Date(NOW).toISOString()
  const impact = await askImpact(graph, pki.ca.fingerprint, from)
  expect(impact).toMatchObject({
    trust: { services: [{ role: 'CA' }], scopes: [''] },
    makers: [pki.maker.fingerprint],
    seals: { number: 1, madeSince: 0 },
  })
  expect(await askImpact(graph, 'ab'.repeat(32), from)).toMatchObject({
    trust: { services: [] },
    makers: [],
    seals: { number: 0 },
  })
})

test('who made seals and what hangs on a certificate is told to administrators only', async () => {
  const member: Caller = { id: 'member', scopes: ['member'] }
  for (const query of [
    '{ sealMakers { nodes { number } } }',
    '{ sealImpact(certificates: ["ab"], from: "2026-01-01") { number } }',
    '{ impact(fingerprint: "ab", from: "2026-01-01") { agreements } }',
  ])
    expect(JSON.stringify((await graph.ask(query, {}, member)).errors)).toMatch(/FORBIDDEN|UNAUTH/)
})

test('recognition is asked between two divisions and as a matrix through the gateway', async () => {
  const pair = await askRecognition(graph, { reliedOnIn: '350000', issuedIn: '540000', at: null })
  expect(pair.classes.map(({ recognised }) => recognised)).toEqual([true, true, false, false])
  const matrix = await askMatrix(graph, null)
  expect(matrix.rows).toHaveLength(34)
  expect(matrix.rows[0]?.cells).toHaveLength(34)
})
