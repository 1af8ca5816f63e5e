import type { FederationCase } from './case.ts'

export const sharedRoot: FederationCase = {
  title: 'a root field and value types shared by two subgraphs are merged into one answer',
  federation: {
    a: {
      sdl: `type Query { product: Product! @shareable list: [Product!]! @shareable }
            type Product @shareable { id: ID! name: Name! } type Name { id: ID! brand: String! } `.replace(
        'type Name',
        'type Name @shareable',
      ),
      resolvers: {
        Query: {
          product: () => ({ id: '1', name: { id: 'n', brand: 'B' } }),
          list: () => ['1', '2'].map((id) => ({ id, name: { id: `n${id}`, brand: `B${id}` } })),
        },
      },
    },
    b: {
      sdl: `type Query { product: Product! @shareable list: [Product!]! @shareable }
            type Product @shareable { id: ID! price: Price! } type Price { amount: Int! }`,
      resolvers: {
        Query: {
          product: () => ({ id: '1', price: { amount: 3 } }),
          list: () => ['1', '2'].map((id) => ({ id, price: { amount: Number(id) } })),
        },
      },
    },
  },
  questions: [
    {
      query: '{ product { id name { brand } price { amount } } }',
      data: { product: { id: '1', name: { brand: 'B' }, price: { amount: 3 } } },
    },
    {
      query: '{ l: list { n: name { b: brand } p: price { a: amount } } }',
      data: {
        l: [
          { n: { b: 'B1' }, p: { a: 1 } },
          { n: { b: 'B2' }, p: { a: 2 } },
        ],
      },
    },
  ],
}

export const nestedProvides: FederationCase = {
  title: 'fields a subgraph @provides on a path are taken from it there, and from their owner elsewhere',
  federation: {
    catalogue: {
      sdl: `type Query { all: [Product!]! @provides(fields: "category { name }") some: [Product!]! }
            type Product @key(fields: "id") { id: ID! category: Category! }
            type Category @key(fields: "id") { id: ID! name: String! @external }`,
      resolvers: {
        Query: {
          all: () => [{ id: '1', category: { id: 'c', name: 'provided' } }],
          some: () => [{ id: '1', category: { id: 'c', name: 'never asked for here' } }],
        },
      },
    },
    categories: {
      sdl: `type Category @key(fields: "id") { id: ID! name: String! products: Int! }`.replace(
        'name: String!',
        'name: String! @shareable',
      ),
      resolvers: { Category: { name: () => 'owned', products: () => 7 } },
    },
  },
  questions: [
    { query: '{ all { category { name } } }', data: { all: [{ category: { name: 'provided' } }] } },
    { query: '{ some { category { name } } }', data: { some: [{ category: { name: 'owned' } }] } },
    {
      query: '{ all { category { x: name products } } }',
      data: { all: [{ category: { x: 'provided', products: 7 } }] },
    },
  ],
}

export const overridden: FederationCase = {
  title: 'a field moved by @override is answered by its new owner',
  federation: {
    old: {
      sdl: `type Query { item: Item! } type Item @key(fields: "id") { id: ID! price: Int! name: String! }`,
      resolvers: { Query: { item: () => ({ id: '1', price: 1, name: 'old' }) } },
    },
    newer: {
      sdl: `type Item @key(fields: "id") { id: ID! price: Int! @override(from: "old") }`,
      resolvers: { Item: { price: () => 2 } },
    },
  },
  questions: [{ query: '{ item { name price } }', data: { item: { name: 'old', price: 2 } } }],
}

export const inaccessible: FederationCase = {
  title: 'what is @inaccessible is fetched for others, and neither asked for nor answered to the client',
  federation: {
    a: {
      sdl: `type Query { user: User! users(kind: Kind = PUBLIC, secret: String @inaccessible): [User!]! }
            type User @key(fields: "id") { id: ID! kind: Kind kinds: [Kind] pin: String @inaccessible }
            enum Kind { PUBLIC SECRET @inaccessible }`,
      resolvers: {
        Query: {
          user: () => ({ id: '1', kind: 'SECRET', kinds: ['PUBLIC', 'SECRET'], pin: '1234' }),
          users: (_: unknown, { kind }: { kind: string }) => [{ id: kind, kind }],
        },
      },
    },
    b: {
      sdl: `type User @key(fields: "id") { id: ID! pin: String @external pinLength: Int @requires(fields: "pin") }`,
      resolvers: { User: { pinLength: ({ pin }: { pin: string }) => pin.length } },
    },
  },
  questions: [
    { query: '{ user { pinLength } }', data: { user: { pinLength: 4 } } },
    { query: '{ user { kind kinds pin: pinLength } }', data: { user: { kind: null, kinds: ['PUBLIC', null], pin: 4 } } },
    { query: '{ users { id kind } }', data: { users: [{ id: 'PUBLIC', kind: 'PUBLIC' }] } },
  ],
}
