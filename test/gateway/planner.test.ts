import { afterEach, describe, expect, test } from 'vitest'
import { Planner } from '../../gateway/planner/planner.ts'
import { openFederation, supergraphOf } from '../support/federation.ts'
import { openClient } from '../support/http-client.ts'

/** The native planner aborts on an alias inside a selection that `@requires` also selects. */
const FEDERATION = {
  a: {
    sdl: `type Query { product: Product } type Product @key(fields: "id") { id: ID! owner: Owner }
          type Owner { name: String! age: Int code: String }`,
    resolvers: {},
  },
  b: {
    sdl: `type Product @key(fields: "id") { id: ID! owner: Owner @external middle: String @requires(fields: "owner { name code }") }
          type Owner { name: String! @external code: String @external }`,
    resolvers: {},
  },
}
const SUPERGRAPH = supergraphOf(FEDERATION)
const ABORTS = '{product{owner{code:age} middle}}'
const GOOD = '{product{owner{a0:age} middle}}'

let planner: Planner
afterEach(() => planner.close())

const start = async (options: Partial<Parameters<typeof Planner.start>[0]> = {}) => {
  planner = await Planner.start({ supergraph: SUPERGRAPH, ...options })
  return planner
}
const codeOf = (plan: Promise<unknown>) =>
  plan.then(
    () => 'planned',
    (error) => error.code,
  )

test('a document that aborts the native planner is refused, and its process replaced', async () => {
  await start()
  expect(await codeOf(planner.plan(ABORTS))).toBe('UNSUPPORTED')
  expect(await codeOf(planner.plan(GOOD))).toBe('planned')
  expect(planner.healthy).toBe(true)
})

test('the process is started again at once, not when the next document comes', async () => {
  await start()
  await codeOf(planner.plan(ABORTS))
  expect(planner.healthy).toBe(true)
})

test('documents waiting behind the one that aborts are planned by the next process', async () => {
  await start()
  const outcomes = await Promise.all([GOOD, ABORTS, '{product{id}}', '{product{middle}}'].map((d) => codeOf(planner.plan(d))))
  expect(outcomes).toEqual(['planned', 'UNSUPPORTED', 'planned', 'planned'])
})

test('a document that aborted the planner once never reaches it again', async () => {
  await start()
  await codeOf(planner.plan(ABORTS))
  await codeOf(planner.plan(GOOD))
  expect(await codeOf(planner.plan(ABORTS))).toBe('UNSUPPORTED')
  expect(planner.healthy).toBe(true) // nothing died this time
})

test('a document that cannot be planned is refused and harms nothing', async () => {
  await start()
  expect(await codeOf(planner.plan('{nothing}'))).toBe('UNSUPPORTED')
  expect(planner.healthy).toBe(true)
})

test.each(['{a{self{told}}}', '{a{told self{told}}}', '{a{b0:self{b1:told}}}'])(
  'an entity within itself, whose field @requires what another subgraph gives, is beyond the planner: %s',
  async (document) => {
    const a = 'type Query { a: A } type A @key(fields: "id") { id: ID! known: Int }'
    const b =
      'type A @key(fields: "id") { id: ID! known: Int @external told: Int @requires(fields: "known") self: A next: B } type B { id: ID! }'
    await start({ supergraph: supergraphOf({ a: { sdl: a, resolvers: {} }, b: { sdl: b, resolvers: {} } }) })
    expect(await codeOf(planner.plan(document))).toBe('UNSUPPORTED')
    expect(await codeOf(planner.plan('{a{told self{known next{id}}}}'))).toBe('planned')
  },
)

test('a plan is made once and kept, and what is kept is bounded', async () => {
  await start({ maximumPlans: 2 })
  const first = planner.plan('{product{id}}')
  expect(planner.plan('{product{id}}')).toBe(first)
  await planner.plan(GOOD)
  await planner.plan('{product{middle}}')
  expect(planner.plan('{product{id}}')).not.toBe(first)
})

test('more documents waiting than the bound are UNAVAILABLE', async () => {
  await start({ maximumWaiting: 2 })
  const outcomes = await Promise.all(['id', 'middle', 'id middle'].map((f) => codeOf(planner.plan(`{product{${f}}}`))))
  expect(outcomes).toEqual(['planned', 'planned', 'UNAVAILABLE'])
})

test('a supergraph the planner refuses is UNSUPPORTED at start', async () => {
  await start()
  expect(await codeOf(Planner.start({ supergraph: 'type {' }))).toBe('UNSUPPORTED')
})

test('asked through the public door the same question is answered: internal keys keep it from the planner', async () => {
  await start()
  const opened = await openFederation({
    a: {
      sdl: FEDERATION.a.sdl,
      resolvers: { Query: { product: () => ({ id: '1', owner: { name: '王', age: 40, code: 'w' } }) } },
    },
    b: {
      sdl: FEDERATION.b.sdl,
      resolvers: { Product: { middle: ({ owner }: { owner: { name: string; code: string } }) => `${owner.name} ${owner.code}` } },
    },
  })
  const door = await openClient({ gateway: opened.gateway })
  expect((await door.ask(ABORTS)).body).toEqual({ data: { product: { owner: { code: 40 }, middle: '王 w' } } })
  expect((await door.ask('{product{owner{name:code} middle}}')).body.data).toMatchObject({ product: { middle: '王 w' } })
  await door.close()
  await opened.close()
})

describe('a planner process that misbehaves', () => {
  const worker = (name: string) => new URL(`../support/planner-${name}.mjs`, import.meta.url)

  test('hangs: the document is refused after its time, the next one planned by a new process', async () => {
    await start({ worker: worker('hangs'), timeout: 300 })
    expect(await codeOf(planner.plan('{hang}'))).toBe('UNSUPPORTED')
    expect(await codeOf(planner.plan('{fine}'))).toBe('planned')
  })

  test('never starts: UNAVAILABLE', async () => {
    await start()
    expect(await codeOf(Planner.start({ supergraph: SUPERGRAPH, worker: worker('exits') }))).toBe('UNAVAILABLE')
  })
})
