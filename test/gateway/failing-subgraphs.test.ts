import type { ExecutionResult } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGateway, type Gateway } from '../../gateway/gateway.ts'
import type { SubgraphExecutor, SubgraphRequest } from '../../model/subgraph.ts'
import { type Federation, localSubgraphs, plain, supergraphOf } from '../support/federation.ts'
import { type AnswerError, type HttpClient, openClient } from '../support/http-client.ts'

const federation: Federation = {
  seals: {
    sdl: `type Query { seal(code: ID!): Seal seals: [Seal!] must: Seal! maybe: [Seal] }
          type Seal @key(fields: "code") { code: ID! name: String! }`,
    resolvers: {
      Query: {
        seal: (_: unknown, { code }: { code: string }) => ({ code, name: '印' }),
        seals: () => [
          { code: '1', name: '甲' },
          { code: '2', name: '乙' },
        ],
        must: () => ({ code: '1', name: '甲' }),
        maybe: () => [
          { code: '1', name: '甲' },
          { code: '2', name: '乙' },
        ],
      },
    },
  },
  paths: {
    sdl: `type Seal @key(fields: "code") { code: ID! pathFacts: String @inaccessible length: Int! note: String }`,
    resolvers: { Seal: { pathFacts: () => 'path', length: () => 3, note: () => 'n' } },
  },
  trust: {
    sdl: `type Seal @key(fields: "code") { code: ID! pathFacts: String @external decision: String @requires(fields: "pathFacts") }`,
    resolvers: { Seal: { decision: ({ pathFacts }: { pathFacts: string | null }) => (pathFacts ? 'PASSED' : 'INDETERMINATE') } },
  },
}

/** How `paths` behaves in a test; null is as it should. */
let paths: SubgraphExecutor | null = null
let gateway: Gateway
let door: HttpClient

beforeAll(async () => {
  const executors = Object.fromEntries(localSubgraphs(federation).map((s) => [s.name, s.execute]))
  const own = executors.paths as SubgraphExecutor
  const subgraphs = { ...executors, paths: (request: SubgraphRequest) => (paths ?? own)(request) }
  gateway = await createGateway({ supergraph: supergraphOf(federation), subgraphs, subgraphTimeout: 200 })
  door = await openClient({ gateway })
})
afterAll(async () => {
  await door.close()
  await gateway.close()
})

const down: SubgraphExecutor = () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:4102'))
const hangs: SubgraphExecutor = () => new Promise(() => {})
const answers =
  (answer: unknown): SubgraphExecutor =>
  async () =>
    answer as ExecutionResult

async function askWith(executor: SubgraphExecutor | null, query: string) {
  paths = executor
  const { body, status, text } = await door.ask(query)
  const errors = (body.errors ?? []).map(({ path, extensions }): [AnswerError['path'], string] => [path, extensions.code])
  return { data: body.data, errors, status, text }
}

describe('a subgraph that is down', () => {
  test('leaves null where null may be, and says why at the client’s path', async () => {
    const answer = await askWith(down, '{ first: seal(code: "1") { n: name remark: note } }')
    expect(answer.data).toEqual({ first: { n: '印', remark: null } })
    expect(answer.errors).toEqual([[['first', 'remark'], 'UNAVAILABLE']])
    expect(answer.text).not.toMatch(/ECONNREFUSED|10\.0\.0\.7/)
  })

  test('makes the nearest nullable parent null where null may not be', async () => {
    const answer = await askWith(down, '{ first: seal(code: "1") { name size: length } }')
    expect(answer.data).toEqual({ first: null })
    expect(answer.errors).toEqual([[['first', 'size'], 'UNAVAILABLE']])
  })

  test('makes a list null whose items may not be, and the items where they may', async () => {
    const answer = await askWith(down, '{ all: seals { l: length } maybe { l: length } }')
    expect(answer.data).toEqual({ all: null, maybe: [null, null] })
    expect(answer.errors.map(([path]) => path)).toEqual(
      expect.arrayContaining([
        ['all', 0, 'l'],
        ['all', 1, 'l'],
        ['maybe', 0, 'l'],
        ['maybe', 1, 'l'],
      ]),
    )
  })

  test('makes the whole data null when every parent is non-null', async () => {
    const answer = await askWith(down, '{ must { length } }')
    expect(answer.data).toBeNull()
    expect(answer.errors).toEqual([[['must', 'length'], 'UNAVAILABLE']])
    expect(answer.status).toBe(200)
  })

  test('gives the judge null, not silence: INDETERMINATE, and an error at the seal', async () => {
    const answer = await askWith(down, '{ s: seal(code: "1") { d: decision } }')
    expect(answer.data).toEqual({ s: { d: 'INDETERMINATE' } })
    expect(answer.errors).toEqual([[['s'], 'UNAVAILABLE']])
  })

  test('is back when it is back', async () => {
    const answer = await askWith(null, '{ s: seal(code: "1") { d: decision length } }')
    expect(answer.data).toEqual({ s: { d: 'PASSED', length: 3 } })
    expect(answer.errors).toEqual([])
  })
})

describe('a subgraph that is down at the root', () => {
  test('leaves errors at each of its fields, and the other subgraphs’ answers', async () => {
    const two: Federation = {
      a: { sdl: 'type Query { a: Int needed: Int }', resolvers: { Query: { a: () => 1 } } },
      b: { sdl: 'type Query { b: Int c: [Int] }', resolvers: {} },
    }
    const [a] = localSubgraphs(two)
    const subgraphs = { a: a?.execute as SubgraphExecutor, b: down }
    const half = await createGateway({ supergraph: supergraphOf(two), subgraphs })
    const answer = await half.execute({ query: '{ x: a y: b c }' })
    await half.close()
    expect(plain(answer.data)).toEqual({ x: 1, y: null, c: null })
    expect(answer.errors?.map((error) => error.path)).toEqual([['y'], ['c']])
  })
})

test('a subgraph that hangs is given up after its time', async () => {
  const answer = await askWith(hangs, '{ seal(code: "1") { name note } }')
  expect(answer.data).toEqual({ seal: { name: '印', note: null } })
  expect(answer.errors).toEqual([[['seal', 'note'], 'UNAVAILABLE']])
})

test('a subgraph that hangs is told to stop', async () => {
  let stopped = false
  await askWith(
    ({ signal }) => new Promise(() => signal?.addEventListener('abort', () => (stopped = true))),
    '{ seal(code: "1") { note } }',
  )
  expect(stopped).toBe(true)
})

describe('a subgraph that lies', () => {
  test.each<[string, unknown]>([
    ['too few entities', { data: { _entities: [] } }],
    ['too many entities', { data: { _entities: [{ note: 'a' }, { note: 'b' }] } }],
    ['entities that are no list', { data: { _entities: { note: 'a' } } }],
    ['entities that are no objects', { data: { _entities: ['a'] } }],
    ['no entities', { data: {} }],
    ['data that is no object', { data: 'a' }],
    ['no data and no errors', {}],
    ['null', null],
    ['text', 'oops'],
    ['a list', []],
    ['errors without data', { errors: [{ message: 'SELECT * FROM secrets' }] }],
    ['errors of no form', { data: null, errors: [7, null, { message: 5 }] }],
    ['errors that are no list', { data: null, errors: 'many' }],
    [
      'an error at a place that is not there',
      { data: { _entities: [null] }, errors: [{ message: 'x', path: ['_entities', 9, 'note'] }] },
    ],
    ['an error with a strange path', { data: { _entities: [null] }, errors: [{ message: 'x', path: [{}, '__proto__'] }] }],
  ])('with %s: null and an error, no crash, nothing leaked', async (_, lie) => {
    const answer = await askWith(answers(lie), '{ s: seal(code: "1") { name note } }')
    expect(answer.data).toEqual({ s: { name: '印', note: null } })
    expect(answer.errors.length).toBeGreaterThan(0)
    for (const [path] of answer.errors) expect(path?.[0] ?? 's').toBe('s')
    expect(answer.text).not.toMatch(/secrets|_entities/)
  })

  test.each<[string, unknown]>([
    ['text for a number', 'many'],
    ['an object for a number', { length: 3 }],
    ['a list for a number', [3]],
    ['no whole number', 1.5],
  ])('with %s: an error, and the parent null where the field is non-null', async (_, length) => {
    const answer = await askWith(answers({ data: { _entities: [{ length }] } }), '{ s: seal(code: "1") { length } }')
    expect(answer.data).toEqual({ s: null })
    expect(answer.errors).toEqual([[['s', 'length'], 'UNAVAILABLE']])
  })

  test('with null for a non-null field: an error, and the parent null', async () => {
    const answer = await askWith(answers({ data: { _entities: [{ length: null }] } }), '{ s: seal(code: "1") { length } }')
    expect(answer.data).toEqual({ s: null })
    expect(answer.errors).toEqual([[['s', 'length'], 'UNAVAILABLE']])
  })

  test('with fields nobody asked for: they go nowhere', async () => {
    const lie = { data: { _entities: [{ note: 'n', name: 'changed?', extra: 1, __proto__: { polluted: true } }] } }
    const answer = await askWith(answers(JSON.parse(JSON.stringify(lie))), '{ s: seal(code: "1") { note } }')
    expect(answer.data).toEqual({ s: { note: 'n' } })
    expect({}).not.toHaveProperty('polluted')
  })
})

test('an error in one entity stands at that entity’s places, with list indexes as numbers or text', async () => {
  for (const index of [1, '1']) {
    const lie = {
      data: { _entities: [{ a1: 'a' }, { a1: null }] },
      errors: [{ message: 'x', path: ['_entities', index, 'a1'] }],
    }
    const answer = await askWith(answers(lie), '{ all: seals { remark: note } }')
    expect(answer.data).toEqual({ all: [{ remark: 'a' }, { remark: null }] })
    expect(answer.errors).toEqual([[['all', 1, 'remark'], 'INTERNAL']])
  }
})

test('a request cancelled by its client is told to the subgraphs', async () => {
  const controller = new AbortController()
  let told = false
  paths = ({ signal }) => {
    signal?.addEventListener('abort', () => (told = true))
    controller.abort()
    return new Promise(() => {})
  }
  const answer = await gateway.execute({ query: '{ seal(code: "1") { note } }', signal: controller.signal })
  expect(told).toBe(true)
  expect(answer.errors?.length).toBeGreaterThan(0)
})
