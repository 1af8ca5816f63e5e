import { expect, onTestFinished, test, vi } from 'vitest'
import { loadPolicies } from '../../../../policies/load.ts'
import { LIST_LIFE_MS } from '../../../../subgraphs/trust/lists/publication.ts'
import { startTrust, type TrustOptions } from '../../../../subgraphs/trust/start.ts'
import { listServer } from '../../../support/list-server.ts'
import { testPki } from '../../../support/pki.ts'

const NOW = Date.UTC(2026, 0, 1)
const { signer } = testPki(NOW, '健康').platform
const caller = { id: 'operator', scopes: ['administrator'] } as const
const SOURCES = '{ trustListSources { state sources { state failures freshness { kind } list { sequence } problem { code } } } }'

async function room(options: Partial<TrustOptions> = {}) {
  let now = NOW
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const place = { database: ':memory:', factsKey: new Uint8Array(32), division: '410000', policies: loadPolicies('policies') }
  const trust = await startTrust({ ...place, log, signer, now: () => now, ...options })
  onTestFinished(() => trust.close())
  const ask = async (query: string) => (await trust.execute({ query, context: { caller, requestId: 'test' } })).data
  return { trust, ask, pass: (time: number) => (now += time) }
}

test('the own list not signed again in time is shown: grace from half of its life, unhealthy past its end', async () => {
  const { trust, ask, pass } = await room()
  expect(await trust.health()).toMatchObject({ healthy: true })
  await ask('mutation { publishTrustList { outcome } }')
  expect((await trust.health()).degraded).toBeUndefined()
  pass(LIST_LIFE_MS / 2)
  expect(await trust.health()).toMatchObject({ healthy: true, degraded: true })
  expect(await ask('{ trustLists { state } }')).toEqual({ trustLists: [{ state: 'GRACE' }] })
  pass(LIST_LIFE_MS / 2 + 1)
  expect(await trust.health()).toMatchObject({ healthy: false })
})

test('no source at all is told apart from a source that does not answer, which degrades and never stops the hub', async () => {
  const { ask } = await room({ background: { urls: [], allowLocal: true } })
  expect(await ask(SOURCES)).toEqual({ trustListSources: { state: 'NONE_CONFIGURED', sources: [] } })
  const server = await listServer()
  server.answers.set('/list', 503)
  const { trust, ask: asked } = await room({ background: { urls: [server.url('/list')], allowLocal: true } })
  await vi.waitFor(async () => {
    expect(await asked(SOURCES)).toMatchObject({
      trustListSources: {
        state: 'UNREACHABLE',
        sources: [{ state: 'UNREACHABLE', freshness: { kind: 'UNKNOWN' }, list: null, problem: { code: 'HTTP_STATUS' } }],
      },
    })
  })
  expect(await trust.health()).toMatchObject({ healthy: true, degraded: true })
})
