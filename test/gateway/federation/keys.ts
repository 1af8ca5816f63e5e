import type { FederationCase } from './case.ts'

export const keysMashup: FederationCase = {
  title: 'an entity known by different keys in different subgraphs is reached through the one that knows both',
  federation: {
    a: {
      sdl: `type Query { byId: Item! } type Item @key(fields: "id") { id: ID! fromA: String! }`,
      resolvers: { Query: { byId: () => ({ id: '1', fromA: 'a' }) } },
    },
    bridge: {
      sdl: `type Item @key(fields: "id") @key(fields: "place { row column }") { id: ID! place: Place! }
            type Place { row: Int! column: Int! }`,
      resolvers: { Item: { __resolveReference: () => ({ id: '1', place: { row: 2, column: 3 } }) } },
    },
    c: {
      sdl: `type Item @key(fields: "place { row column }") { place: Place! fromC: String! }
            type Place { row: Int! column: Int! }`.replaceAll('type Place', 'type Place @shareable'),
      resolvers: {
        Item: { fromC: ({ place }: { place: { row: number; column: number } }) => `c at ${place.row},${place.column}` },
      },
    },
  },
  questions: [
    { query: '{ byId { fromA fromC } }', data: { byId: { fromA: 'a', fromC: 'c at 2,3' } } },
    {
      query: '{ byId { place { row: column column: row } fromC } }',
      data: { byId: { place: { row: 3, column: 2 }, fromC: 'c at 2,3' } },
    },
  ],
}

export const nullKeys: FederationCase = {
  title: 'an entity without a complete key is not asked for: its fields are null, its neighbours are not',
  federation: {
    shelves: {
      sdl: `type Query { shelves: [Shelf!]! } type Shelf { book: Book! } type Book @key(fields: "upc") { upc: ID! }`,
      resolvers: { Query: { shelves: () => ['1', '2', '3'].map((upc) => ({ book: { upc } })) } },
    },
    bridge: {
      sdl: `type Book @key(fields: "upc") @key(fields: "id") { upc: ID! id: ID }`,
      resolvers: {
        Book: {
          __resolveReference: ({ upc, id }: { upc?: string; id?: string }) => ({
            upc: upc ?? id,
            id: upc === '3' ? null : `b${upc}`,
          }),
        },
      },
    },
    authors: {
      sdl: `type Book @key(fields: "id") { id: ID author: Author } type Author { name: String! }`,
      resolvers: { Book: { author: ({ id }: { id: string }) => ({ name: `author of ${id}` }) } },
    },
  },
  questions: [
    {
      query: '{ shelves { book { upc author { name } } } }',
      data: {
        shelves: [
          { book: { upc: '1', author: { name: 'author of b1' } } },
          { book: { upc: '2', author: { name: 'author of b2' } } },
          { book: { upc: '3', author: null } },
        ],
      },
    },
  ],
}

export const manyEntities: FederationCase = {
  title: 'more entities than one `_entities` may hold are asked for in several, and come back in order',
  federation: {
    a: {
      sdl: `type Query { items: [[Item!]!]! } type Item @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          items: () =>
            Array.from({ length: 3 }, (_, row) => Array.from({ length: 400 }, (_, at) => ({ id: `${row * 400 + at}` }))),
        },
      },
    },
    b: {
      sdl: `type Item @key(fields: "id") { id: ID! double: Int! }`,
      resolvers: { Item: { double: ({ id }: { id: string }) => Number(id) * 2 } },
    },
  },
  questions: [
    {
      query: '{ items { double } }',
      data: {
        items: Array.from({ length: 3 }, (_, row) => Array.from({ length: 400 }, (_, at) => ({ double: (row * 400 + at) * 2 }))),
      },
    },
  ],
}
