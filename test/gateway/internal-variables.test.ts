import fc from 'fast-check'
import { buildSchema, GraphQLScalarType, type GraphQLSchema, graphql, Kind, type ValueNode } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InternalDocument } from '../../gateway/internal-document.ts'
import { DEFAULT_LIMITS } from '../../gateway/limits.ts'
import { prepareDocument } from '../../gateway/prepare.ts'
import { readSupergraph, type Supergraph } from '../../gateway/supergraph.ts'
import { variantOf } from '../../gateway/variant.ts'
import { type Federation, type OpenFederation, openFederation, plain, supergraphOf } from '../support/federation.ts'

const SDL = `scalar Exact enum Level { HIGH LOW }
  input Inner { level: Level = LOW n: Int! = 7 tags: [String!] }
  input Outer { inner: Inner inners: [Inner!] id: ID exact: Exact }
  input Choice @oneOf { a: Int b: String }
  type Query { echo(i: Int = 3, f: Float, s: String, b: Boolean, id: ID, level: Level, exact: Exact, list: [Int], lists: [[Int]],
    outer: Outer, choice: Choice): String! }`

/** Keeps a number's text, which JSON would not. */
const exact = new GraphQLScalarType({
  name: 'Exact',
  parseValue: (value) => `value ${JSON.stringify(value)}`,
  parseLiteral: (node: ValueNode) =>
    node.kind === Kind.INT ? `literal ${node.value}` : `value ${JSON.stringify('value' in node ? node.value : null)}`,
})
const echo = (_: unknown, given: object) => JSON.stringify(given)
const federation: Federation = { a: { sdl: SDL, resolvers: { Query: { echo }, Exact: exact } } }

let opened: OpenFederation
let supergraph: Supergraph
let monolith: GraphQLSchema
beforeAll(async () => {
  opened = await openFederation(federation)
  supergraph = readSupergraph(supergraphOf(federation))
  monolith = buildSchema(SDL)
  Object.assign(monolith.getType('Exact') ?? {}, { parseValue: exact.parseValue, parseLiteral: exact.parseLiteral })
})
afterAll(() => opened.close())

function internal(query: string): InternalDocument | null {
  const prepared = prepareDocument(query, undefined, supergraph, DEFAULT_LIMITS)
  if (!('operation' in prepared)) throw prepared[0]
  return variantOf(prepared, {}, supergraph).internal
}

test('documents that differ in their constants alone are one to the planner', () => {
  const one = internal('{ echo(i: 1, outer: { inner: { level: HIGH, n: 2 }, id: 5 }, list: [1, 2]) }')
  const other = internal('query Q { echo(i: 20, outer: { id: "x", exact: "y" }, list: 7) }')
  expect(one?.text).toBe('query($v0:Int,$v1:Outer,$v2:[Int]){a0:echo(i:$v0,outer:$v1,list:$v2)}')
  expect(other?.text).toBe(one?.text)
  expect(plain(one?.constants)).toEqual({ v0: 1, v1: { inner: { level: 'HIGH', n: 2 }, id: '5' }, v2: [1, 2] })
  expect(plain(other?.constants)).toEqual({ v0: 20, v1: { id: 'x', exact: 'y' }, v2: [7] })
})

test('constants beside a variable in one object are taken out one by one', () => {
  const document = internal('query ($t: [String!]) { echo(outer: { inner: { tags: $t, n: 4 }, id: 5 }) }')
  expect(document?.text).toBe('query($v0:[String!],$v1:Int!,$v2:ID){a0:echo(outer:{inner:{tags:$v0,n:$v1},id:$v2})}')
  expect([...(document?.variables ?? [])]).toEqual([['v0', 't']])
})

test.each([
  ['a custom scalar’s number', '{ echo(exact: 90071992547409931234) }', 'exact:90071992547409931234'],
  ['an object with such a number', '{ echo(outer: { exact: 12, id: 5 }) }', 'outer:{exact:12,id:$v0}'],
  ['an infinite number', '{ echo(f: 1e999) }', 'f:1e999'],
  ['a variable of a @oneOf', 'query ($b: String!) { echo(choice: { b: $b }) }', 'choice:{b:$v0}'],
])('%s stays in the document', (_, query, expected) => {
  expect(internal(query)?.text).toContain(`(${expected})`)
})

test('the values kept with a document cannot be changed by a resolver', () => {
  const { constants } = internal('{ echo(outer: { inners: [{ n: 1 }] }) }') ?? {}
  const outer = constants?.v0 as { inners: { n: number }[] }
  expect([outer, outer.inners, outer.inners[0]].every(Object.isFrozen)).toBe(true)
})

const orNull = (values: fc.Arbitrary<string>) => fc.oneof({ weight: 4, arbitrary: values }, fc.constant('null'))
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map(String)
const string = fc.string({ maxLength: 6 }).map((s) => JSON.stringify(s))
const listOf = (item: fc.Arbitrary<string>) =>
  fc.oneof(
    item,
    fc.array(item, { maxLength: 3 }).map((items) => `[${items}]`),
  )
const object = (fields: Record<string, fc.Arbitrary<string>>) =>
  fc
    .record(fields, { requiredKeys: [] })
    .map((members) => `{${Object.entries(members).map(([name, value]) => `${name}:${value}`)}}`)
const level = fc.constantFrom('HIGH', 'LOW')
const inner = object({ level: orNull(level), n: int, tags: orNull(listOf(string)) })
const exactly = fc.oneof(string, fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String))
const given = object({
  i: orNull(int),
  f: orNull(
    fc.oneof(
      int,
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((d) => d.toExponential()),
    ),
  ),
  s: orNull(string),
  b: fc.constantFrom('true', 'false'),
  id: fc.oneof(string, int),
  level,
  exact: exactly,
  list: orNull(listOf(orNull(int))),
  lists: listOf(listOf(int)),
  outer: object({ inner: orNull(inner), inners: listOf(inner), id: fc.oneof(string, int), exact: exactly }),
  choice: fc.oneof(
    int.map((n) => `{a:${n}}`),
    string.map((s) => `{b:${s}}`),
  ),
})

test('a resolver gets what it would get if the document had come to it as it was written', async () => {
  await fc.assert(
    fc.asyncProperty(given, async (args) => {
      const source = args === '{}' ? '{ echo }' : `{ echo(${args.slice(1, -1)}) }`
      const asWritten = await graphql({ schema: monolith, source, rootValue: { echo: (sent: object) => echo(null, sent) } })
      const answer = await opened.gateway.execute({ query: source })
      expect(answer.errors ?? asWritten.errors).toBeUndefined()
      expect(JSON.parse(String(answer.data?.echo))).toEqual(JSON.parse(String(asWritten.data?.echo)))
    }),
    { numRuns: 150 },
  )
})
