import type { FederationCase } from './case.ts'

const typeOf = { __resolveType: ({ __typename }: { __typename: string }) => __typename }

export const unionIntersection: FederationCase = {
  title: 'a union known in part by each subgraph: every object answers the fields its own subgraphs have',
  federation: {
    a: {
      sdl: `type Query { mediaA: Media viewer: Viewer } union Media = Book | Song @shareable
            type Viewer @shareable { media: Media book: Book }
            type Book @key(fields: "id") { id: ID! title: String! @shareable aTitle: String! }
            type Song @key(fields: "id") { id: ID! title: String! @shareable aTitle: String! }`.replace(
        '| Song @shareable',
        '| Song',
      ),
      resolvers: {
        Query: {
          mediaA: () => ({ __typename: 'Song', id: 's', title: '歌', aTitle: 'A 歌' }),
          viewer: () => ({ media: BOOK, book: BOOK }),
        },
        Media: typeOf,
        Book: { aTitle: () => 'A 书', title: () => '书' },
        Song: { aTitle: () => 'A 歌', title: () => '歌' },
      },
    },
    b: {
      sdl: `type Query { mediaB: Media } union Media = Book | Film
            type Book @key(fields: "id") { id: ID! title: String! @shareable bTitle: String! }
            type Film @key(fields: "id") { id: ID! title: String! bTitle: String! }`,
      resolvers: {
        Query: { mediaB: () => ({ __typename: 'Film', id: 'f', title: '片', bTitle: 'B 片' }) },
        Media: typeOf,
        Book: { bTitle: () => 'B 书', title: () => '书' },
      },
    },
  },
  questions: [
    { query: '{ mediaA { ... on Film { title } } mediaB { ... on Song { title } } }', data: { mediaA: {}, mediaB: {} } },
    {
      query: `{ mediaA { ...M } mediaB { ...M } viewer { media { ...M } book { aTitle b: bTitle } } }
              fragment M on Media { __typename ... on Book { title aTitle bTitle } ... on Song { title x: aTitle } ... on Film { y: title bTitle } }`,
      data: {
        mediaA: { __typename: 'Song', title: '歌', x: 'A 歌' },
        mediaB: { __typename: 'Film', y: '片', bTitle: 'B 片' },
        viewer: {
          media: { __typename: 'Book', title: '书', aTitle: 'A 书', bTitle: 'B 书' },
          book: { aTitle: 'A 书', b: 'B 书' },
        },
      },
    },
  ],
}

const BOOK = { __typename: 'Book', id: 'b', title: '书', aTitle: 'A 书' }

export const typeMismatch: FederationCase = {
  title: 'a field that one subgraph alone promises never to be null stands beside one that may be, under one key',
  federation: {
    a: {
      sdl: `type Query { users: [User!]! } type User { id: ID @shareable }`,
      resolvers: { Query: { users: () => [ACCOUNTS[0]] } },
    },
    b: {
      sdl: `type Query { accounts: [Account!]! } union Account = User | Admin
            type User @key(fields: "id") { id: ID! name: String similar: [Account!]! }
            type Admin { id: ID name: String @shareable similar: [Account!]! }`,
      resolvers: {
        Query: { accounts: () => ACCOUNTS },
        Account: typeOf,
        User: { __resolveReference: () => ACCOUNTS[0], similar: () => ACCOUNTS },
        Admin: { similar: () => ACCOUNTS },
      },
    },
  },
  questions: [
    {
      query: `{ users { id name } accounts { ...A } } fragment A on Account {
                ... on User { id name similar { ... on User { id } ... on Admin { id } } }
                ... on Admin { id m: name s: similar { ... on User { x: id } ... on Admin { x: id } } } }`,
      data: {
        users: [{ id: 'u', name: '用户' }],
        accounts: [
          { id: 'u', name: '用户', similar: [{ id: 'u' }, { id: null }] },
          { id: null, m: '管理', s: [{ x: 'u' }, { x: null }] },
        ],
      },
    },
  ],
}

const ACCOUNTS = [
  { __typename: 'User', id: 'u', name: '用户' },
  { __typename: 'Admin', id: null, name: '管理' },
]

export const providesOnUnion: FederationCase = {
  title: 'fields @provided on the members of an interface come from the provider on that path',
  federation: {
    a: {
      sdl: `type Query { media: Media @provides(fields: "animals { id name }") @shareable book: Book }
            interface Media { id: ID! animals: [Animal] } interface Animal { id: ID! name: String }
            type Book implements Media @key(fields: "id") { id: ID! @shareable animals: [Animal] @shareable }
            type Dog implements Animal @key(fields: "id") { id: ID! @external name: String @external }
            type Cat implements Animal @key(fields: "id") { id: ID! @external name: String @external }`,
      resolvers: {
        Query: { media: () => WITH_ANIMALS, book: () => WITH_ANIMALS },
        Media: { __resolveType: () => 'Book' },
        Animal: typeOf,
        Book: { animals: () => WITH_ANIMALS.animals },
      },
    },
    c: {
      sdl: `interface Animal { id: ID! name: String } type Dog implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int }
            type Cat implements Animal @key(fields: "id") { id: ID! name: String @shareable age: Int }`,
      resolvers: {
        Dog: { name: () => 'owned dog', age: () => 3 },
        Cat: { name: () => 'owned cat', age: () => 5 },
      },
    },
  },
  questions: [
    {
      query: '{ media { animals { id name } } }',
      data: {
        media: {
          animals: [
            { id: 'd', name: 'provided dog' },
            { id: 'c', name: 'provided cat' },
          ],
        },
      },
    },
    {
      query: '{ media { animals { __typename id ... on Cat { age } } } }',
      data: {
        media: {
          animals: [
            { __typename: 'Dog', id: 'd' },
            { __typename: 'Cat', id: 'c', age: 5 },
          ],
        },
      },
    },
  ],
}

const WITH_ANIMALS = {
  __typename: 'Book',
  id: 'm',
  animals: [
    { __typename: 'Dog', id: 'd', name: 'provided dog' },
    { __typename: 'Cat', id: 'c', name: 'provided cat' },
  ],
}

export const interfaceObjectChain: FederationCase = {
  title: 'a field on an @interfaceObject may itself be reached from and lead to other entities',
  federation: {
    a: {
      sdl: `type Query { users: [Named!]! } interface Named @key(fields: "id") { id: ID! name: String! }
            type User implements Named @key(fields: "id") { id: ID! name: String! age: Int }
            type Bot implements Named @key(fields: "id") { id: ID! name: String! }`,
      resolvers: {
        Query: { users: () => USERS },
        Named: { ...typeOf, __resolveReference: ({ id }: { id: string }) => USERS.find((user) => user.id === id) },
        User: { __resolveReference: () => USERS[0] },
        Bot: { __resolveReference: () => USERS[1] },
      },
    },
    b: {
      sdl: `type Named @key(fields: "id") @interfaceObject { id: ID! friends: [Named!]! } type Query { first: Named }`,
      resolvers: {
        Query: { first: () => ({ id: 'u' }) },
        Named: { friends: ({ id }: { id: string }) => [{ id: id === 'u' ? 'b' : 'u' }] },
      },
    },
  },
  questions: [
    {
      query: '{ users { friends { name friends { __typename id } } } }',
      data: {
        users: [
          { friends: [{ name: '机器', friends: [{ __typename: 'User', id: 'u' }] }] },
          { friends: [{ name: '王', friends: [{ __typename: 'Bot', id: 'b' }] }] },
        ],
      },
    },
    {
      query: '{ first { f: friends { ... on Bot { name } ... on User { age } } ... on User { age } } }',
      data: { first: { f: [{ name: '机器' }], age: 40 } },
    },
  ],
}

const USERS = [
  { __typename: 'User', id: 'u', name: '王', age: 40 },
  { __typename: 'Bot', id: 'b', name: '机器' },
]

export const manyRequires: FederationCase = {
  title: 'several @requires in one subgraph, each on another’s result, are met in the order they need',
  federation: {
    a: {
      sdl: `type Query { product: Product } type Product @key(fields: "id") { id: ID! price: Float! hasDiscount: Boolean! @shareable }`.replace(
        ' @shareable',
        '',
      ),
      resolvers: { Query: { product: () => ({ id: '1', price: 10, hasDiscount: true }) } },
    },
    b: {
      sdl: `type Product @key(fields: "id") { id: ID! hasDiscount: Boolean! @external isExpensive: Boolean! @requires(fields: "hasDiscount") }`,
      resolvers: { Product: { isExpensive: ({ hasDiscount }: { hasDiscount: boolean }) => !hasDiscount } },
    },
    c: {
      sdl: `type Product @key(fields: "id") { id: ID! price: Float! @external isExpensive: Boolean! @external canAfford: Boolean! @requires(fields: "isExpensive")
              both: String! @requires(fields: "price isExpensive") }`,
      resolvers: {
        Product: {
          canAfford: ({ isExpensive }: { isExpensive: boolean }) => !isExpensive,
          both: ({ price, isExpensive }: { price: number; isExpensive: boolean }) => `${price} ${isExpensive}`,
        },
      },
    },
    d: {
      sdl: `type Product @key(fields: "id") { id: ID! canAfford: Boolean! @external verdict: String! @requires(fields: "canAfford") }`,
      resolvers: { Product: { verdict: ({ canAfford }: { canAfford: boolean }) => (canAfford ? 'buy' : 'wait') } },
    },
  },
  questions: [
    { query: '{ product { verdict } }', data: { product: { verdict: 'buy' } } },
    {
      query: '{ product { canAfford: both isExpensive: verdict price: canAfford hasDiscount: isExpensive } }',
      data: { product: { canAfford: '10 false', isExpensive: 'buy', price: true, hasDiscount: false } },
    },
  ],
}

const WITHDRAWN = { __typename: 'Withdrawn', by: '遂平县公安局' }
const EXPIRED = { __typename: 'Expired', on: '2026-01-01' }
const SUSPENDED = { __typename: 'Suspended', until: '2027-01-01' }

export const partialUnion: FederationCase = {
  title: 'members of a union that only some subgraphs know are asked of those, and what no plan reckons with is an error',
  federation: {
    a: {
      sdl: `type Query { last: Event seal: Seal } type Seal @key(fields: "id") { id: ID! ended: Ended @shareable }
            type Ended @shareable { event: Event } union Event = Withdrawn | Expired
            type Expired @shareable { on: String } type Withdrawn { by: String }`,
      resolvers: {
        Query: { last: () => WITHDRAWN, seal: () => ({ id: '1' }) },
        Seal: { ended: () => ({ event: WITHDRAWN }) },
        Event: typeOf,
      },
    },
    b: {
      sdl: `type Seal @key(fields: "id") { id: ID! ended: Ended @shareable next: Ended } type Ended @shareable { event: Event }
            union Event = Expired | Suspended type Expired @shareable { on: String } type Suspended { until: String }`,
      resolvers: {
        Seal: { ended: () => ({ event: EXPIRED }), next: () => ({ event: SUSPENDED }) },
        Event: typeOf,
      },
    },
  },
  questions: [
    { query: '{ last { __typename ... on Withdrawn { by } ... on Suspended { until } } }', data: { last: WITHDRAWN } },
    {
      query: '{ seal { next { event { ... on Expired { on } ... on Suspended { until } ... on Withdrawn { by } } } } }',
      data: { seal: { next: { event: { until: '2027-01-01' } } } },
    },
    { query: '{ seal { ended { event { __typename } } } }', data: { seal: { ended: { event: { __typename: 'Withdrawn' } } } } },
    {
      // The planner asks only for what every subgraph that has this field may give there.
      query: '{ seal { ended { event { ... on Withdrawn { by } ... on Expired { on } } } } }',
      data: { seal: { ended: { event: { by: null } } } },
      errors: [['seal', 'ended', 'event', 'by']],
    },
  ],
}
