import type { FederationCase } from './case.ts'

type Seen = Record<string, unknown>

export const requiresChain: FederationCase = {
  title: 'a chain of @requires runs through three subgraphs and back',
  federation: {
    facts: {
      sdl: `type Query { seal: Seal! seals: [Seal!]! }
            type Seal @key(fields: "code") { code: ID! bytes: [String!] @inaccessible label: String! }`,
      resolvers: {
        Query: {
          seal: () => ({ code: '1', bytes: ['x', 'y'], label: 'one' }),
          seals: () => [
            { code: '1', bytes: ['x', 'y'], label: 'one' },
            { code: '2', bytes: null, label: 'two' },
          ],
        },
      },
    },
    paths: {
      sdl: `type Seal @key(fields: "code") { code: ID! bytes: [String!] @external
              pathFacts: String @inaccessible @requires(fields: "bytes") length: Int @requires(fields: "bytes") }`,
      resolvers: {
        Seal: {
          pathFacts: ({ bytes }: { bytes: string[] | null }) => bytes && `path of ${bytes.join('')}`,
          length: ({ bytes }: { bytes: string[] | null }) => bytes?.length,
        },
      },
    },
    judge: {
      sdl: `type Seal @key(fields: "code") { code: ID! bytes: [String!] @external pathFacts: String @external
              decision(at: Int): String! @requires(fields: "bytes pathFacts") }`,
      resolvers: {
        Seal: {
          decision: ({ bytes, pathFacts }: Seen, { at }: { at?: number }) =>
            `${JSON.stringify(bytes)} ${pathFacts ?? 'no path'} ${at ?? 'now'}`,
        },
      },
    },
  },
  questions: [
    { query: '{ seal { decision } }', data: { seal: { decision: '["x","y"] path of xy now' } } },
    {
      query: 'query($t: Int) { seal { code: label label: code a: decision(at: 1) b: decision(at: $t) length } }',
      variables: { t: 2 },
      data: { seal: { code: 'one', label: '1', a: '["x","y"] path of xy 1', b: '["x","y"] path of xy 2', length: 2 } },
    },
    {
      query: '{ seals { decision length } }',
      data: {
        seals: [
          { decision: '["x","y"] path of xy now', length: 2 },
          { decision: 'null no path now', length: null },
        ],
      },
    },
  ],
}

export const requiresCircular: FederationCase = {
  title: 'two subgraphs may each require what the other computes',
  federation: {
    a: {
      sdl: `type Query { post: Post! }
            type Post @key(fields: "id") { id: ID! author: String! signed: Boolean! @external
              byLine: String! @requires(fields: "signed") }`,
      resolvers: {
        Query: { post: () => ({ id: '1' }) },
        Post: {
          author: () => '王',
          byLine: ({ signed }: { signed: boolean }) => (signed ? 'signed' : 'unsigned'),
        },
      },
    },
    b: {
      sdl: `type Post @key(fields: "id") { id: ID! author: String! @external signed: Boolean! @requires(fields: "author") }`,
      resolvers: { Post: { signed: ({ author }: { author: string }) => author === '王' } },
    },
  },
  questions: [
    { query: '{ post { byLine } }', data: { post: { byLine: 'signed' } } },
    {
      query: '{ post { author: signed signed: author byLine } }',
      data: { post: { author: true, signed: '王', byLine: 'signed' } },
    },
  ],
}

export const requiresNested: FederationCase = {
  title: 'a required selection below a field is what the owner gives, whatever the client aliases or asks with arguments there',
  federation: {
    a: {
      sdl: `type Query { product: Product! }
            type Product @key(fields: "id") { id: ID! price(currency: String): Int! owner: Owner! }
            type Owner { name: String! code: String! age(unit: String): Int! }`,
      resolvers: {
        Query: { product: () => ({ id: '1', owner: { name: '王', code: 'w' } }) },
        Product: { price: (_: unknown, { currency }: { currency?: string }) => (currency === 'USD' ? 1 : 7) },
        Owner: { age: (_: unknown, { unit }: { unit?: string }) => (unit === 'months' ? 480 : 40) },
      },
    },
    b: {
      sdl: `type Product @key(fields: "id") { id: ID! price(currency: String): Int! @external owner: Owner! @external
              shipping: String! @requires(fields: "price(currency: \\"USD\\") owner { name age }") }
            type Owner { name: String! @external age(unit: String): Int! @external }`,
      resolvers: {
        Product: {
          shipping: ({ price, owner }: { price: number; owner: { name: string; age: number } }) =>
            `${price} ${owner.name} ${owner.age}`,
        },
      },
    },
  },
  questions: [
    { query: '{ product { shipping } }', data: { product: { shipping: '1 王 40' } } },
    { query: '{ product { price shipping } }', data: { product: { price: 7, shipping: '1 王 40' } } },
    {
      query: '{ product { price(currency: "EUR") owner { name: code age(unit: "months") } shipping } }',
      data: { product: { price: 7, owner: { name: 'w', age: 480 }, shipping: '1 王 40' } },
    },
    {
      query: '{ product { owner { age: code code: age(unit: "months") years: age } price: shipping owners: owner { name } } }',
      data: { product: { owner: { age: 'w', code: 480, years: 40 }, price: '1 王 40', owners: { name: '王' } } },
    },
  ],
}
