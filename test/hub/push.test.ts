import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushEvents, pushSeals } from '../../adapters/county/client.ts'
import { COUNTY_DOCUMENTS } from '../../adapters/county/questions.ts'
import { addCountyRoutes } from '../../adapters/county/routes.ts'
import { createGateway, type Gateway } from '../../gateway/gateway.ts'
import { openHttp } from '../../gateway/http.ts'
import { type Caller, PUBLIC } from '../../model/caller.ts'
import { loadPolicies } from '../../policies/load.ts'
import { SILENT } from '../../runtime/log.ts'
import { startCertificates } from '../../subgraphs/certificates/start.ts'
import { startSeals } from '../../subgraphs/seals/start.ts'
import { startTrust } from '../../subgraphs/trust/start.ts'
import { MADE_AT, pki, sealOf } from '../support/seals.ts'

const CODE = '41172800000001'
const NOW = MADE_AT + 86_400_000
const OPERATOR: Caller = { id: 'operator', scopes: ['member', 'adapter', 'administrator'] }
const GUEST: Caller = { id: 'guest:county', scopes: ['adapter'] }
let gateway: Gateway
let close: () => Promise<unknown>
let url = ''
let at = NOW

const ask = (query: string, variables: Record<string, unknown>, caller: Caller) =>
  gateway.execute({ query, variables, context: { caller } })

beforeAll(async () => {
  const now = () => at
  const policies = loadPolicies(fileURLToPath(new URL('../../policies', import.meta.url)))
  const common = { database: ':memory:', factsKey: new Uint8Array(32).fill(5), now, log: SILENT }
  const subgraphs = await Promise.all([
    startSeals({ ...common, policies, files: { read: async () => null }, signer: pki.issue('枢纽').signer }),
    startCertificates(common),
    startTrust({ ...common, policies, division: '350000' }),
  ])
  gateway = await createGateway({ subgraphs, trustedDocuments: [...COUNTY_DOCUMENTS] })
  const door = addCountyRoutes({ ask: (query, variables) => ask(query, { ...variables }, GUEST), now })
  const app = await openHttp({ gateway, routes: [door] })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
  close = async () => {
    await app.close()
    await gateway.close()
    await Promise.all(subgraphs.map((subgraph) => subgraph.close()))
  }
  const platform = {
    role: 'PLATFORM',
    fingerprint: pki.platform.fingerprint,
    name: '411728',
    scope: '411728',
    from: new Date(MADE_AT).toISOString(),
  }
  const imported = await ask(
    'mutation ($s: [TrustServiceInput!]!) { importTrustServices(services: $s) { rows { outcome } } }',
    { s: [platform] },
    OPERATOR,
  )
  expect(imported.data).toMatchObject({ importTrustServices: { rows: [{ outcome: 'IMPORTED' }] } })
})
afterAll(() => close())

test('a county pushes a seal and its end through the public door, and everyone can ask for both moments', async () => {
  const sender = { url, platform: '411728', signer: pki.platform.signer, now: () => at }
  const pushed = await pushSeals({ ...sender, seals: [{ path: 'a.esl', bytes: await sealOf('SES_V4') }] })
  expect(pushed.rows).toMatchObject([{ path: 'a.esl', code: CODE, outcome: 'ADMITTED' }])
  at += 60_000
  const event = {
    type: 'CANCELLED',
    eventId: 'c-1',
    code: CODE,
    effectiveAt: at - 1000,
    originAt: null,
    reason: 'MERGER',
  } as const
  expect((await pushEvents({ ...sender, events: [{ path: null, event }] })).rows).toMatchObject([{ outcome: 'ADMITTED' }])
  const query = `query ($earlier: DateTime!) { seal(code: "${CODE}") { name now: status { state reason valid } earlier: status(at: $earlier) { state valid } } notices { nodes { kind code } } }`
  const { data, errors } = await ask(query, { earlier: new Date(NOW).toISOString() }, PUBLIC)
  expect(errors).toBeUndefined()
  expect(data).toMatchObject({
    seal: {
      name: '遂平县民政局',
      now: { state: 'CANCELLED', reason: 'MERGER', valid: false },
      earlier: { state: 'ACTIVE', valid: true },
    },
    notices: {
      nodes: [
        { kind: 'CANCELLED', code: CODE },
        { kind: 'REGISTERED', code: CODE },
      ],
    },
  })
})

test('a platform that nobody listed is turned away at the door', async () => {
  const stranger = pki.issue('陌生平台')
  const push = pushSeals({
    url,
    platform: '411728',
    signer: stranger.signer,
    now: () => at,
    wait: async () => {},
    seals: [{ path: 'a.esl', bytes: await sealOf('SES_V4') }],
  })
  await expect(push).rejects.toThrow(expect.objectContaining({ code: 'NOT_A_MEMBER' }))
})

test('an envelope of ten mebibytes passes the gateway untouched', async () => {
  const picture = { type: 'png', data: new Uint8Array(800_000), width: 40, height: 40 }
  const seals = await Promise.all(
    Array.from({ length: 9 }, async (_, n) => ({
      path: `${n}`,
      bytes: await sealOf('SES_V4', { esID: `4117280000010${n}`, picture }),
    })),
  )
  const { rows, receipts } = await pushSeals({
    url,
    platform: '411728',
    stream: 'large',
    signer: pki.platform.signer,
    now: () => at,
    seals,
  })
  expect(rows.map(({ outcome }) => outcome)).toEqual(seals.map(() => 'ADMITTED'))
  expect(receipts.length).toBeLessThanOrEqual(2)
})
