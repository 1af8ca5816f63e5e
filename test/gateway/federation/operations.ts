import type { FederationCase } from './case.ts'

let counter = 0

export const mutations: FederationCase = {
  title: 'mutations of different subgraphs run one after the other, each once, aliases and merged fields included',
  federation: {
    a: {
      sdl: `type Query { count: Int! } type Mutation { reset: Int! add(by: Int! = 1): Counter! }
            type Counter @key(fields: "id") { id: ID! value: Int! }`,
      resolvers: {
        Query: { count: () => counter },
        Mutation: {
          reset: () => {
            counter = 0
            return counter
          },
          add: (_: unknown, { by }: { by: number }) => {
            counter += by
            return { id: `c${counter}`, value: counter }
          },
        },
      },
    },
    b: {
      sdl: `type Mutation { double: Int! } type Counter @key(fields: "id") { id: ID! label: String! }`,
      resolvers: {
        Mutation: {
          double: () => {
            counter *= 2
            return counter
          },
        },
        Counter: { label: ({ id }: { id: string }) => `counter ${id}` },
      },
    },
  },
  questions: [
    {
      query:
        'mutation($n: Int! = 5) { reset first: add { value label } double second: add(by: $n) { v: value } second: add(by: $n) { label } }',
      data: { reset: 0, first: { value: 1, label: 'counter c1' }, double: 2, second: { v: 7, label: 'counter c7' } },
    },
  ],
}

export const conditions: FederationCase = {
  title: '@skip and @include decide by variables, on fields and fragments, also for what others require',
  federation: {
    a: {
      sdl: `type Query { seal: Seal! } type Seal @key(fields: "code") { code: ID! price: Int! name: String! }`,
      resolvers: { Query: { seal: () => ({ code: '1', price: 3, name: 'n' }) } },
    },
    b: {
      sdl: `type Seal @key(fields: "code") { code: ID! price: Int! @external dear: Boolean! @requires(fields: "price") }`,
      resolvers: { Seal: { dear: ({ price }: { price: number }) => price > 2 } },
    },
  },
  questions: [true, false].flatMap((yes) => [
    {
      query: 'query($yes: Boolean!) { seal { code @skip(if: $yes) price @include(if: $yes) dear } }',
      variables: { yes },
      data: { seal: yes ? { price: 3, dear: true } : { code: '1', dear: true } },
    },
    {
      query: `query($yes: Boolean!, $no: Boolean = false) { seal { ...F @include(if: $yes) ... @skip(if: $yes) { name } dear @include(if: $no) } }
              fragment F on Seal { dear x: dear @skip(if: $no) }`,
      variables: { yes },
      data: { seal: yes ? { dear: true, x: true } : { name: 'n' } },
    },
    {
      query: 'query($yes: Boolean!) { seal @include(if: $yes) { dear } }',
      variables: { yes },
      data: yes ? { seal: { dear: true } } : {},
    },
  ]),
}

export const inputs: FederationCase = {
  title: 'enums, input objects, defaults and left-out variables reach the subgraph as GraphQL says',
  federation: {
    a: {
      sdl: `type Query { echo(input: In, e: E = TWO, list: [Int!], flag: Boolean! = false): String! item: Item! }
            input In { a: Int! = 1, b: [In2!], e: E = ONE } input In2 { c: String } enum E { ONE TWO }
            type Item @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: { echo: (_: unknown, given: object) => JSON.stringify(given), item: () => ({ id: '1' }) },
      },
    },
    b: {
      sdl: `type Item @key(fields: "id") { id: ID! scale(by: Int! = 2, as: As): String! } enum As { A B }`,
      resolvers: { Item: { scale: (_: unknown, given: object) => JSON.stringify(given) } },
    },
  },
  questions: [
    { query: '{ echo }', data: { echo: '{"e":"TWO","flag":false}' } },
    {
      query: 'query($i: In, $e: E, $flag: Boolean! = true) { echo(input: $i, e: $e, flag: $flag) }',
      variables: { i: { b: [{ c: 'x' }] } },
      data: { echo: '{"input":{"a":1,"b":[{"c":"x"}],"e":"ONE"},"e":"TWO","flag":true}' },
    },
    {
      query:
        'query($representations: [Int!], $c: String, $v0: Int! = 9) { echo(list: $representations, input: {a: $v0, b: [{c: $c}]}) item { scale(by: $v0, as: B) again: scale } }',
      variables: { representations: [1, 2], c: 'y' },
      data: {
        echo: '{"input":{"a":9,"b":[{"c":"y"}],"e":"ONE"},"e":"TWO","list":[1,2],"flag":false}',
        item: { scale: '{"by":9,"as":"B"}', again: '{"by":2}' },
      },
    },
    { query: 'query($e: E = null) { echo(e: $e) }', data: { echo: '{"e":null,"flag":false}' } },
  ],
}

export const typenames: FederationCase = {
  title: '__typename and introspection are answered anywhere, beside fields and alone',
  federation: {
    a: {
      sdl: `type Query { seal: Seal } type Mutation { touch: Seal } type Seal @key(fields: "id") { id: ID! hidden: Int @inaccessible }`,
      resolvers: { Query: { seal: () => ({ id: '1' }) }, Mutation: { touch: () => ({ id: '2' }) } },
    },
    b: { sdl: `type Seal @key(fields: "id") { id: ID! b: Int }`, resolvers: { Seal: { b: () => 2 } } },
  },
  questions: [
    { query: '{ __typename }', data: { __typename: 'Query' } },
    {
      query: '{ x: __typename seal { y: __typename b __typename } }',
      data: { x: 'Query', seal: { y: 'Seal', b: 2, __typename: 'Seal' } },
    },
    { query: 'mutation { __typename touch { __typename } }', data: { __typename: 'Mutation', touch: { __typename: 'Seal' } } },
    {
      query:
        'query($n: String!, $no: Boolean = false) { s: __schema { queryType { name } } seal { b } ...F } fragment F on Query { __type(name: $n) { fields { name description @include(if: $no) } } }',
      variables: { n: 'Seal' },
      data: { s: { queryType: { name: 'Query' } }, seal: { b: 2 }, __type: { fields: [{ name: 'id' }, { name: 'b' }] } },
    },
    { query: '{ __type(name: "Nothing") { name } }', data: { __type: null } },
  ],
}
