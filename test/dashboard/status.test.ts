import Fastify from 'fastify'
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { statusPages } from '../../dashboard/status.ts'
import type { Ask } from '../../model/ask.ts'

const SEAL = {
  code: '41172800000001',
  name: '遂平县民政局',
  issuer: '411728',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2028-01-01T00:00:00.000Z',
  owner: { name: '遂平县<script>民政局' },
  status: {
    state: 'CANCELLED',
    since: '2026-11-01T00:00:00.000Z',
    reason: 'RENAME',
    knownSince: '2026-11-02T00:00:00.000Z',
    freshness: { kind: 'STALE', age: 400_000, bound: 259_200, reason: null },
  },
}
const NOTICE = {
  code: SEAL.code,
  name: SEAL.name,
  kind: 'CANCELLED',
  reason: 'RENAME',
  effectiveAt: SEAL.status.since,
  publishedAt: SEAL.status.knownSince,
}

function appWith(ask: Ask) {
  const app = Fastify()
  statusPages(ask)(app)
  return (url: string) => app.inject(url)
}
const hub: Ask = async (query, { code }) =>
  query.includes('notices') ? { data: { notices: { nodes: [NOTICE] } } } : { data: { seal: code === SEAL.code ? SEAL : null } }

test('a seal looked up by its exact code shows state, since when and why, validity, issuer and freshness', async () => {
  const { statusCode, body } = await appWith(hub)(`/status?code=${SEAL.code}`)
  expect(statusCode).toBe(200)
  for (const words of ['注销', '单位更名', '2026年11月1日 08:00:00', '411728', '陈旧', '4 天', '3 天'])
    expect(body).toContain(words)
})

test('the page has no script, and its policy forbids any', async () => {
  const { body, headers } = await appWith(hub)(`/status?code=${SEAL.code}`)
  expect(body).not.toContain('<script')
  expect(body).toContain('遂平县&lt;script&gt;民政局')
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
})

test('what is typed is escaped, and a code nobody registered is said plainly', async () => {
  const { statusCode, body } = await appWith(hub)(`/status?code=${encodeURIComponent('"><b>x')}`)
  expect(statusCode).toBe(404)
  expect(body).not.toContain('<b>x')
  expect(body).toContain('请核对编码')
})

test('the latest notices are listed with a link to each seal', async () => {
  const { body } = await appWith(hub)('/status')
  expect(body).toContain('<a href="/status?code=41172800000001">')
  expect(body).toContain('注销（单位更名）')
})

test('a hub that cannot answer gives 503 and says so, never an empty result', async () => {
  const down = await appWith(async () => ({ data: null, errors: [new GraphQLError('x')] }))('/status?code=1')
  expect(down.statusCode).toBe(503)
  expect(down.body).toContain('查询暂不可用')
  const half = await appWith(async () => ({ data: { seal: null }, errors: [new GraphQLError('x')] }))('/status?code=1')
  expect(half.statusCode).toBe(503)
})

test('an overlong code is refused before the hub is asked', async () => {
  const asked: unknown[] = []
  const ask: Ask = async (query, variables) => {
    asked.push(variables.code)
    return hub(query, variables)
  }
  expect((await appWith(ask)(`/status?code=${'9'.repeat(65)}`)).statusCode).toBe(400)
  expect(asked).toEqual([undefined])
})
