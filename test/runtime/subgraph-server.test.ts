import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectSubgraph } from '../../gateway/http-subgraph.ts'
import { PUBLIC } from '../../model/caller.ts'
import { HubError } from '../../model/error.ts'
import type { RequestContext, Subgraph } from '../../model/subgraph.ts'
import { localSubgraph } from '../../runtime/local-subgraph.ts'
import type { Log } from '../../runtime/log.ts'
import { REPLAY_WINDOW_MS, signRequest } from '../../runtime/request-signature.ts'
import { type SubgraphServer, serveSubgraph } from '../../runtime/subgraph-server.ts'

const KEY = new Uint8Array(randomBytes(32))
const CALLER: RequestContext = { caller: { id: 'platform:411728', scopes: ['member'] }, requestId: 'r-1' }
const SDL = 'type Query { who: String refused: String broken: String sum(items: [Int!]!): Int }'
let clock = Date.parse('2026-11-21T08:00:00Z')
const now = () => clock
const logged: object[] = []
const log: Log = { info: () => {}, warn: () => {}, error: (fields) => logged.push(fields) }

let subgraph: Subgraph
let server: SubgraphServer
beforeAll(async () => {
  subgraph = localSubgraph({
    name: 'seals',
    sdl: SDL,
    resolvers: {
      Query: {
        who: (_: unknown, __: unknown, { caller, requestId }: RequestContext) => `${caller.id} ${caller.scopes} ${requestId}`,
        sum: (_: unknown, { items }: { items: number[] }) => items.reduce((a, b) => a + b, 0),
        refused: () => {
          throw new HubError('POLICY', '不予办理', 'refused')
        },
        broken: () => {
          throw new TypeError('the secret path')
        },
      },
    },
  })
  server = await serveSubgraph(subgraph, { key: KEY, now, log, maximumBytes: 10_000 })
})
afterAll(() => server.close())

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[]
}

const body = JSON.stringify({ query: '{ who }' })
const signed = (
  over: { key?: Uint8Array; body?: string; path?: string; method?: string; at?: number; context?: RequestContext } = {},
) =>
  signRequest(
    {
      method: over.method ?? 'POST',
      path: over.path ?? '/graphql',
      body: Buffer.from(over.body ?? body),
      context: over.context ?? CALLER,
    },
    over.key ?? KEY,
    over.at ?? clock,
  )
const post = async (headers: Record<string, string>, sent = body) => {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: sent,
  })
  const answer = (await response.json()) as Answer
  return { status: response.status, code: answer.errors?.[0]?.extensions?.code, answer }
}

test('a request the hub signed is answered for the caller it names', async () => {
  expect((await post(signed())).answer).toEqual({ data: { who: 'platform:411728 member r-1' } })
})

describe('refused', () => {
  test('an unsigned request, on every route', async () => {
    expect(await post({})).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    for (const path of ['/sdl', '/health']) expect((await fetch(server.url + path)).status).toBe(401)
  })

  test.each([
    ['signed with another key', () => signed({ key: new Uint8Array(randomBytes(32)) })],
    ['signed for another body', () => signed({ body: '{"query":"{ refused }"}' })],
    ['signed for another path', () => signed({ path: '/sdl' })],
    ['signed for another method', () => signed({ method: 'GET' })],
    [
      'with another caller put in',
      () => ({
        ...signed(),
        'x-hub-context':
          signed({ context: { ...CALLER, caller: { id: 'x', scopes: ['administrator'] } } })['x-hub-context'] ?? '',
      }),
    ],
    ['with another time put in', () => ({ ...signed(), 'x-hub-time': String(clock + 1) })],
    ['with another nonce put in', () => ({ ...signed(), 'x-hub-nonce': 'another' })],
    ['without a nonce', () => Object.fromEntries(Object.entries(signed()).filter(([name]) => name !== 'x-hub-nonce'))],
    ['from too long ago', () => signed({ at: clock - REPLAY_WINDOW_MS - 1 })],
    ['from the future', () => signed({ at: clock + REPLAY_WINDOW_MS + 1 })],
  ])('a request %s', async (_, headers) => {
    expect(await post(headers())).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
  })

  test('a request seen before, as REPLAY, as long as its time would hold', async () => {
    const headers = signed({ at: clock + REPLAY_WINDOW_MS })
    expect((await post(headers)).status).toBe(200)
    expect(await post(headers)).toMatchObject({ status: 409, code: 'REPLAY' })
    clock += 2 * REPLAY_WINDOW_MS
    expect(await post(headers)).toMatchObject({ status: 409, code: 'REPLAY' })
    clock += 1
    expect(await post(headers)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
  })

  test('a body over the limit', async () => {
    const large = JSON.stringify({ query: `{ who } # ${'x'.repeat(20_000)}` })
    expect((await post(signed({ body: large }), large)).status).toBe(413)
  })

  test('a body that is no operation', async () => {
    for (const sent of ['{', '[]', '{"query":5}', 'null']) {
      expect(await post(signed({ body: sent }), sent)).toMatchObject({ status: 400, code: 'BAD_INPUT' })
    }
  })

  test.each(['0.0.0.0', '8.8.8.8', '::', '172.32.0.1', 'example.org'])(
    'to listen on %s, where strangers come by',
    async (host) => {
      await expect(serveSubgraph(subgraph, { key: KEY, now, host })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    },
  )
})

describe('errors', () => {
  test('a coded one goes to the gateway as it is', async () => {
    const sent = JSON.stringify({ query: '{ refused }' })
    expect((await post(signed({ body: sent }), sent)).answer.errors?.[0]).toMatchObject({
      path: ['refused'],
      extensions: { code: 'POLICY', zh: '不予办理' },
    })
  })

  test('any other stays in this room’s log, under the request’s id', async () => {
    const sent = JSON.stringify({ query: '{ broken }' })
    const { answer } = await post(signed({ body: sent }), sent)
    expect(answer.errors).toEqual([{ message: 'internal error', path: ['broken'] }])
    expect(logged.at(-1)).toMatchObject({ requestId: 'r-1', err: expect.any(TypeError) })
  })
})

describe('the gateway’s end', () => {
  test('fetches the SDL, asks operations and health, as the hub', async () => {
    const connected = await connectSubgraph({ name: 'seals', url: server.url, key: KEY, now })
    expect(connected.sdl).toBe(SDL)
    expect(await connected.health()).toEqual({ part: 'seals', healthy: true })
    const query = 'query($items: [Int!]!) { sum(items: $items) who }'
    const result = await connected.execute({ query, variables: { items: [1, 2] }, context: { caller: PUBLIC, requestId: 'r-2' } })
    expect(result.data).toEqual({ sum: 3, who: 'public  r-2' })
  })

  test('rejects when the key is not the hub’s, the server is gone, or the answer is too long', async () => {
    await expect(
      connectSubgraph({ name: 'seals', url: server.url, key: new Uint8Array(randomBytes(32)), now }),
    ).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await expect(connectSubgraph({ name: 'seals', url: 'http://127.0.0.1:9', key: KEY, now })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
    const long = await serveSubgraph({ ...subgraph, sdl: 'x'.repeat(2 * 1024 * 1024), close: async () => {} }, { key: KEY, now })
    await expect(connectSubgraph({ name: 'seals', url: long.url, key: KEY, now })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await long.close()
  })
})
