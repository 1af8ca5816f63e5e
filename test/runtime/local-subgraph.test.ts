import { GraphQLScalarType } from 'graphql'
import { expect, test } from 'vitest'
import { PUBLIC } from '../../model/caller.ts'
import { HubError } from '../../model/error.ts'
import { MAXIMUM_REPRESENTATIONS, OpaqueBytes } from '../../model/subgraph.ts'
import { formatInstant, parseInstant } from '../../model/time.ts'
import { localSubgraph, type Resolvers } from '../../runtime/local-subgraph.ts'

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query {
    seal(code: ID!): Seal
    seals: [Seal!]!
    mixed: [String]
    sized(bytes: Opaque, all: Boolean! = false): String
    many(items: [Opaque]): Int
    who: String!
  }
  scalar Opaque
  type Seal @key(fields: "code") { code: ID! name: String! owner: String }
`
const resolvers: Resolvers = {
  Query: {
    seal: (_: unknown, { code }: { code: string }) => ({ code, name: `印章 ${code}` }),
    seals: () => [{ code: '1', name: '甲' }],
    mixed: () => [Promise.reject(new HubError('NOT_FOUND', '没有', 'none')), 'b', 'c'],
    sized: (_: unknown, { bytes, all }: { bytes?: unknown; all: boolean }) =>
      `${bytes instanceof OpaqueBytes ? bytes.take().length : 'none'} ${all}`,
    many: (_: unknown, { items }: { items: unknown[] }) => items.length,
    who: (_: unknown, __: unknown, context: { caller: { id: string }; hub: string }) => `${context.caller.id}@${context.hub}`,
  },
  Seal: {
    __resolveReference: ({ code }: { code: string }) => {
      if (code === 'forged') throw new HubError('FACTS_REFUSED', '事实被拒绝', 'facts refused')
      if (code === 'broken') throw new TypeError('the secret path /etc/x')
      return code === 'gone' ? null : { code, name: `印章 ${code}` }
    },
  },
}
const subgraph = localSubgraph({ name: 'seals', sdl: SDL, resolvers, context: () => ({ hub: 'suiping' }) })
const ask = (query: string, variables: Record<string, unknown> = {}, operationName?: string) =>
  subgraph.execute({
    query,
    variables,
    ...(operationName ? { operationName } : {}),
    context: { caller: PUBLIC, requestId: 'r1' },
  })
const entities = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Seal { code name } } }'
const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

test('entities come back in the order asked for, an unknown one as null', async () => {
  const representations = ['1', 'gone', '2'].map((code) => ({ __typename: 'Seal', code }))
  for (let round = 0; round < 2; round++) {
    const result = await ask(entities, { r: representations })
    expect(plain(result)).toEqual({ data: { _entities: [{ code: '1', name: '印章 1' }, null, { code: '2', name: '印章 2' }] } })
  }
})

test('one refused entity is an error at its index and leaves the others', async () => {
  const result = await ask(entities, { r: ['1', 'forged', '2'].map((code) => ({ __typename: 'Seal', code })) })
  expect(plain(result.data)).toEqual({ _entities: [{ code: '1', name: '印章 1' }, null, { code: '2', name: '印章 2' }] })
  expect(result.errors?.map((e) => [e.path, e.extensions.code])).toEqual([[['_entities', 1], 'FACTS_REFUSED']])
  expect(result.errors?.[0]?.extensions).toMatchObject({ zh: '事实被拒绝', en: 'facts refused' })
})

test('an error that is no HubError has no code and keeps its cause for the log', async () => {
  const result = await ask(entities, { r: [{ __typename: 'Seal', code: 'broken' }] })
  expect(result.errors?.[0]?.extensions.code).toBeUndefined()
  expect(result.errors?.[0]?.originalError).toBeInstanceOf(TypeError)
})

test('more representations than the bound are refused as TOO_LARGE', async () => {
  const r = Array.from({ length: MAXIMUM_REPRESENTATIONS + 1 }, (_, i) => ({ __typename: 'Seal', code: `${i}` }))
  expect((await ask(entities, { r })).errors?.[0]?.extensions.code).toBe('TOO_LARGE')
  expect((await ask(entities, { r: r.slice(1) })).errors).toBeUndefined()
})

test('a rejected promise before a synchronous item leaves the list as long as it was', async () => {
  const result = await ask('{ mixed }')
  expect(plain(result.data)).toEqual({ mixed: [null, 'b', 'c'] })
  expect(result.errors?.map((e) => e.path)).toEqual([['mixed', 0]])
})

test('a variable left out takes the default of its non-null type', async () => {
  const query = 'query($all: Boolean! = true) { sized(all: $all) }'
  expect(plain((await ask(query)).data)).toEqual({ sized: 'none true' })
  expect(plain((await ask(query, { all: false })).data)).toEqual({ sized: 'none false' })
})

test('bytes arrive as they are, and bound to a list they are one item', async () => {
  const bytes = new OpaqueBytes(new Uint8Array(100_000))
  expect(plain((await ask('query($b: Opaque) { sized(bytes: $b) }', { b: bytes })).data)).toEqual({ sized: '100000 false' })
  expect(plain((await ask('query($b: [Opaque]) { many(items: $b) }', { b: bytes })).data)).toEqual({ many: 1 })
})

test('a scalar that refuses a value refuses it with its code, as variable and as literal', async () => {
  const instant = new GraphQLScalarType({
    name: 'Instant',
    parseValue: (text) => parseInstant(String(text)),
    serialize: (value) => formatInstant(Number(value)),
  })
  const room = localSubgraph({
    name: 'clock',
    sdl: 'scalar Instant type Query { next(at: Instant = "2026-11-21T08:00:00Z"): Instant }',
    resolvers: { Instant: instant, Query: { next: (_: unknown, { at }: { at: number }) => at + 1 } },
  })
  const context = { caller: PUBLIC, requestId: 'r' }
  const query = 'query($at: Instant) { next(at: $at) }'
  for (let round = 0; round < 2; round++) {
    expect(plain(await room.execute({ query, context }))).toEqual({ data: { next: '2026-11-21T08:00:00.001Z' } })
    const right = await room.execute({ query, variables: { at: '2026-01-01' }, context })
    expect(plain(right)).toEqual({ data: { next: '2026-01-01T00:00:00.001Z' } })
    const wrong = [
      await room.execute({ query, variables: { at: 'soon' }, context }),
      await room.execute({ query: '{ next(at: "soon") }', context }),
    ]
    expect(wrong.map(({ errors }) => errors?.map((error) => error.extensions.code))).toEqual([['BAD_INPUT'], ['BAD_INPUT']])
  }
})

test('the operation named is the one that runs', async () => {
  const two = 'query A { seal(code: "1") { code } } query B { seals { name } }'
  expect(plain((await ask(two, {}, 'B')).data)).toEqual({ seals: [{ name: '甲' }] })
  expect(plain((await ask(two, {}, 'A')).data)).toEqual({ seal: { code: '1' } })
  expect((await ask(two, {}, 'C')).errors).toHaveLength(1)
})

test('resolvers see who asks and what the room adds', async () => {
  expect(plain((await ask('{ who }')).data)).toEqual({ who: 'public@suiping' })
})

test('a wrong document is a request error without data', async () => {
  for (const query of ['{', '{ nothing }', '']) {
    const result = await ask(query)
    expect(result.errors?.length).toBeGreaterThan(0)
    expect(result).not.toHaveProperty('data')
  }
})

test('an asynchronous type resolver is refused at start', () => {
  const sdl = `${SDL} extend type Query { any: Any } union Any = Seal`
  const asynchronous = { ...resolvers, Any: { __resolveType: async () => 'Seal' } }
  expect(() => localSubgraph({ name: 'seals', sdl, resolvers: asynchronous })).toThrowError(
    expect.objectContaining({ code: 'UNSUPPORTED' }),
  )
})
