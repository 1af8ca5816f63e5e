import fc from 'fast-check'
import { buildSchema, execute, type GraphQLObjectType, parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { internalKeyPrefix } from '../../gateway/response-keys.ts'
import { type Federation, type OpenFederation, openFederation, plain } from '../support/federation.ts'

type Rec = Record<string, unknown>

const name = (p: Rec) => `name ${p.id}`
const price = (p: Rec, { c }: { c?: string }) => (c === 'EUR' ? Number(p.id) : Number(p.id) * 7)
const owner = (p: Rec) => ({ name: `王 ${p.id}`, code: p.id })
const age = (_: Rec, { unit = 'years' }: { unit?: string }) => (unit === 'months' ? 480 : 40)
const shippingOf = (amount: unknown, who: unknown) => `ship ${amount} to ${who}`
const reviews = (p: Rec) => [1, 2].map((n) => ({ id: `${p.id}${n}`, product: { __typename: 'Product', id: p.id } }))
const things = () => [
  { __typename: 'Product', id: '1' },
  { __typename: 'Service', id: '2' },
]
const typeOf = ({ __typename }: { __typename: string }) => __typename
const product = (_: Rec, { id }: { id: string }) => (id === '0' ? null : { id })
const products = () => [{ id: '1' }, { id: '2' }, { id: '1' }]
const self = (p: Rec) => p

const COMMON = `type Query { product(id: ID!): Product products: [Product!]! things: [Thing!]! }
  interface Thing { id: ID! name: String! } type Service implements Thing { id: ID! name: String! hours(per: String): Int! }`

const federation: Federation = {
  a: {
    sdl: `${COMMON} type Product implements Thing @key(fields: "id") { id: ID! name: String! price(c: String): Int! owner: Owner! }
          type Owner { name: String! code: ID! age(unit: String): Int! }`,
    resolvers: {
      Query: { product, products, things },
      Thing: { __resolveType: typeOf },
      Product: { __resolveReference: self, name, price, owner },
      Owner: { age },
      Service: { name, hours: () => 3 },
    },
  },
  b: {
    sdl: `type Product @key(fields: "id") { id: ID! price(c: String): Int! @external owner: Owner! @external
            shipping(z: Int): String! @requires(fields: "price owner { name }") reviews: [Review!]! }
          type Owner { name: String! @external } type Review { id: ID! product: Product! }`,
    resolvers: {
      Product: { reviews, shipping: (p: { price: number; owner: { name: string } }) => shippingOf(p.price, p.owner.name) },
    },
  },
}

/** The same graph as one schema, run by graphql-js. */
const monolith = buildSchema(`${COMMON}
  type Product implements Thing { id: ID! name: String! price(c: String): Int! owner: Owner! shipping(z: Int): String! reviews: [Review!]! }
  type Owner { name: String! code: ID! age(unit: String): Int! } type Review { id: ID! product: Product! }`)
const resolvers: Record<string, Record<string, (p: never, args: never) => unknown>> = {
  Query: { product, products, things },
  Product: { name, price, owner, reviews, shipping: (p: Rec) => shippingOf(price(p, {}), owner(p).name) },
  Owner: { age },
  Service: { name, hours: () => 3 },
}
for (const [type, fields] of Object.entries(resolvers)) {
  const known = (monolith.getType(type) as GraphQLObjectType).getFields()
  for (const [field, resolve] of Object.entries(fields)) Object.assign(known[field] ?? {}, { resolve })
}

const FIELDS: Record<string, Record<string, string | null>> = {
  Query: { product: 'Product', products: 'Product', things: 'Thing' },
  Product: { id: null, name: null, price: null, owner: 'Owner', shipping: null, reviews: 'Review' },
  Owner: { name: null, code: null, age: null },
  Review: { id: null, product: 'Product' },
  Thing: { id: null, name: null },
  Service: { id: null, hours: null },
}
const ARGUMENTS: Record<string, readonly string[]> = {
  product: ['(id: "1")', '(id: "0")', '(id: $id)'],
  price: ['', '(c: "EUR")', '(c: $c)'],
  age: ['', '(unit: "months")'],
  shipping: ['', '(z: 1)'],
  hours: ['', '(per: "week")'],
}
const KEYS = ['id', 'name', 'price', 'owner', 'code', 'age', 'shipping', 'product', 'x', 'y']
const DIRECTIVES = ['', '', '', ' @include(if: $yes)', ' @skip(if: $yes)']

/** The names of other fields, but seldom the same one for two fields: a random query should mostly be valid. */
const aliasOf = (asked: string, shift: number) => {
  const hash = [...asked].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_009, shift)
  return KEYS[hash % KEYS.length]
}

const field = (type: string, depth: number): fc.Arbitrary<string> => {
  const names = Object.keys(FIELDS[type] ?? {}).filter((f) => depth > 0 || FIELDS[type]?.[f] === null)
  return fc.constantFrom(...names).chain((f) => {
    const below = FIELDS[type]?.[f]
    return fc
      .tuple(
        fc.option(fc.constantFrom(0, 3), { nil: null }),
        fc.constantFrom(...(ARGUMENTS[f] ?? [''])),
        fc.constantFrom(...DIRECTIVES),
        below ? selection(below, depth - 1) : fc.constant(''),
      )
      .map(
        ([shift, args, directive, inner]) =>
          `${shift === null ? '' : `${aliasOf(f + args, shift)}: `}${f}${args}${directive}${inner}`,
      )
  })
}
const selection = (type: string, depth: number): fc.Arbitrary<string> => {
  const part = [...Array.from({ length: 5 }, () => field(type, depth)), fc.constantFrom('__typename', 'kind: __typename')]
  const narrower = type === 'Thing' ? ['Product', 'Service', 'Thing'] : type === 'Query' ? [] : [type]
  if (depth > 0) {
    for (const to of narrower) {
      part.push(
        fc.tuple(fc.constantFrom(...DIRECTIVES), selection(to, depth - 1)).map(([d, inner]) => `... on ${to}${d}${inner}`),
      )
    }
  }
  return fc.array(fc.oneof(...part), { minLength: 1, maxLength: 5 }).map((parts) => `{ ${parts.join(' ')} }`)
}
const question = fc.record({ body: selection('Query', 4), yes: fc.boolean() }).map(({ body, yes }) => ({
  query: `query Q($id: ID! = "2", $c: String, $yes: Boolean!) ${body}`,
  variables: { c: 'EUR', yes },
}))

let opened: OpenFederation
beforeAll(async () => {
  opened = await openFederation(federation, 'local', {
    limits: { aliases: 1_000, depth: 100, publicCost: 1e9, directives: 1_000, rootFields: 1_000 },
  })
})
afterAll(() => opened.close())

test('for any query, planning under internal keys and restoring the client’s gives what one plain schema gives', async () => {
  await fc.assert(
    fc.asyncProperty(question, async ({ query, variables }) => {
      const document = parse(query)
      fc.pre(validate(monolith, document).every((error) => /never used/.test(error.message)))
      const definitions = `query Q(${['$id: ID! = "2"', '$c: String', '$yes: Boolean!'].filter((v) => query.split(`${v.split(':')[0]}`).length > 2).join(' ')})`
      const used = query.replace(/^query Q\([^)]*\)/, definitions === 'query Q()' ? 'query Q' : definitions)
      const expected = await execute({ schema: monolith, document: parse(used), variableValues: variables })
      const answer = await opened.gateway.execute({ query: used, variables })
      expect(JSON.stringify(plain(answer))).toBe(JSON.stringify(plain(expected)))
    }),
    { numRuns: 250, seed: 20261121 },
  )
})

describe('internal keys', () => {
  test('stay clear of fields that look like them', () => {
    expect(internalKeyPrefix(['name', 'a', 'ab1'])).toBe('a')
    expect(internalKeyPrefix(['a0', 'name'])).toBe('aa')
    expect(internalKeyPrefix(['a1', 'aa22'])).toBe('aaa')
  })

  test('an alias that begins with __ is refused, wherever it stands', async () => {
    for (const query of ['{ __x: products { id } }', '{ products { ...F } } fragment F on Product { __typename: name }']) {
      const answer = await opened.gateway.execute({ query })
      expect(answer).not.toHaveProperty('data')
      expect(answer.errors?.[0]?.extensions.code).toBe('BAD_INPUT')
    }
  })
})
