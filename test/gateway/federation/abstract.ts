import type { FederationCase } from './case.ts'

const ANIMALS = [
  { __typename: 'Dog', id: 'd1', name: '旺', barks: true, tag: 'dog tag' },
  { __typename: 'Cat', id: 'c1', name: '咪', lives: 9, tag: 4 },
  { __typename: 'Hidden', id: 'h1', name: '隐' },
]

const byTypename = { __resolveType: ({ __typename }: { __typename: string }) => __typename }

export const abstractTypes: FederationCase = {
  title: 'fragments on interfaces and unions, nested and overlapping, with entity calls below them',
  federation: {
    a: {
      sdl: `type Query { animals: [Animal!]! pets: [Pet] loose: [Animal] }
            interface Animal { id: ID! name: String! }
            union Pet = Dog | Cat | Hidden
            type Dog implements Animal @key(fields: "id") { id: ID! name: String! barks: Boolean! tag: String! }
            type Cat implements Animal @key(fields: "id") { id: ID! name: String! lives: Int! tag: Int }
            type Hidden implements Animal @inaccessible { id: ID! name: String! }`,
      resolvers: {
        Query: { animals: () => ANIMALS.slice(0, 2), pets: () => ANIMALS, loose: () => ANIMALS },
        Animal: byTypename,
        Dog: { __resolveReference: ({ id }: { id: string }) => ANIMALS.find((animal) => animal.id === id) },
        Pet: byTypename,
      },
    },
    b: {
      sdl: `type Dog @key(fields: "id") { id: ID! age(unit: String): Int! } type Cat @key(fields: "id") { id: ID! age(unit: String): Int! friend: Dog }`,
      resolvers: {
        Dog: { age: (_: unknown, { unit }: { unit?: string }) => (unit === 'dog' ? 21 : 3) },
        Cat: { age: () => 5, friend: () => ({ id: 'd1' }) },
      },
    },
  },
  questions: [
    {
      query: '{ animals { __typename name ... on Dog { barks age } ... on Cat { lives age } } }',
      data: {
        animals: [
          { __typename: 'Dog', name: '旺', barks: true, age: 3 },
          { __typename: 'Cat', name: '咪', lives: 9, age: 5 },
        ],
      },
    },
    {
      query: `{ animals { ...All ... on Animal { ... on Cat { friend { name age(unit: "dog") } } } } }
              fragment All on Animal { type: __typename ... on Dog { years: age  other: age(unit: "dog") } }`,
      data: {
        animals: [
          { type: 'Dog', years: 3, other: 21 },
          { type: 'Cat', friend: { name: '旺', age: 21 } },
        ],
      },
    },
    {
      query: '{ animals { ... on Dog { x: barks } ... on Cat { x: name y: lives } } }'.replace('x: name ', ''),
      data: { animals: [{ x: true }, { y: 9 }] },
    },
    {
      query: '{ pets { __typename ... on Dog { dogTag: tag } ... on Cat { catTag: tag } } }',
      data: { pets: [{ __typename: 'Dog', dogTag: 'dog tag' }, { __typename: 'Cat', catTag: 4 }, null] },
    },
    {
      query: '{ loose { ... on Dog { name } ... on Cat { id } __typename } }',
      data: { loose: [{ name: '旺', __typename: 'Dog' }, { id: 'c1', __typename: 'Cat' }, null] },
    },
    { query: '{ animals { name } }', data: { animals: [{ name: '旺' }, { name: '咪' }] } },
    { query: '{ animals { ... on Dog { id @skip(if: true) } } }', data: { animals: [{}, {}] } },
  ],
}

export const interfaceObject: FederationCase = {
  title: 'an @interfaceObject gives fields to every type of the interface, and the types come from who knows them',
  federation: {
    a: {
      sdl: `type Query { media: [Media!]! } interface Media @key(fields: "id") { id: ID! title: String! }
            type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int! }
            type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }`,
      resolvers: {
        Query: { media: () => [book, film] },
        Media: { __resolveType: typeOf, __resolveReference: ({ id }: { id: string }) => [book, film].find((m) => m.id === id) },
        Book: { __resolveReference: () => book },
        Film: { __resolveReference: () => film },
      },
    },
    b: {
      sdl: `type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int! } type Query { best: Media! }`,
      resolvers: {
        Query: { best: () => ({ id: 'f' }) },
        Media: { stars: ({ id }: { id: string }) => (id === 'f' ? 5 : 4) },
      },
    },
  },
  questions: [
    {
      query: '{ media { title stars } }',
      data: {
        media: [
          { title: '书', stars: 4 },
          { title: '片', stars: 5 },
        ],
      },
    },
    { query: '{ best { stars } }', data: { best: { stars: 5 } } },
    {
      query: '{ best { __typename stars title ... on Film { minutes } ... on Book { pages } } }',
      data: { best: { __typename: 'Film', stars: 5, title: '片', minutes: 90 } },
    },
    {
      query: '{ media { ... on Book { stars pages } ... on Film { s: stars } } }',
      data: { media: [{ stars: 4, pages: 10 }, { s: 5 }] },
    },
  ],
}

const book = { __typename: 'Book', id: 'b', title: '书', pages: 10 }
const film = { __typename: 'Film', id: 'f', title: '片', minutes: 90 }
function typeOf({ __typename }: { __typename: string }): string {
  return __typename
}
