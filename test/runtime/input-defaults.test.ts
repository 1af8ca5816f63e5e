import { expect, test } from 'vitest'
import { PUBLIC } from '../../model/caller.ts'
import { localSubgraph } from '../../runtime/local-subgraph.ts'

const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  enum Scope { COUNTY CITY }
  input Use { scope: Scope! = CITY note: String tags: [String!]! = ["a"] }
  input Question { use: Use uses: [Use!] deeper: Deeper }
  input Deeper { use: Use }
  input Again { use: Use more: [Again!] }
  type Query { ask(question: Question): String! again(question: Again): String! }`
const echo = (_: unknown, given: object) => JSON.stringify(given)
const resolvers = { Query: { ask: echo, again: echo } }
const subgraph = localSubgraph({ name: 'a', sdl, resolvers })

async function ask(question: unknown, query = 'query($question: Question) { ask(question: $question) }') {
  const variables = question === undefined ? {} : { question }
  const { data, errors } = await subgraph.execute({ query, variables, context: { caller: PUBLIC, requestId: 'r' } })
  return errors ? errors.length : JSON.parse(String(data?.ask ?? data?.again))
}

test.each([
  [{ use: {} }, { use: { scope: 'CITY', tags: ['a'] } }],
  [{ use: { scope: 'COUNTY', note: null } }, { use: { scope: 'COUNTY', note: null, tags: ['a'] } }],
  [{ uses: [{}] }, { uses: [{ scope: 'CITY', tags: ['a'] }] }],
  [{ deeper: { use: { tags: [] } } }, { deeper: { use: { scope: 'CITY', tags: [] } } }],
  [{ use: null }, { use: null }],
  [{}, {}],
])('non-null input fields that are left out in %j take their defaults', async (question, expected) => {
  expect(await ask(question)).toEqual({ question: expected })
})

test('one object given for a list of them takes its defaults too', async () => {
  expect(await ask({ uses: {} })).toEqual({ question: { uses: [{ scope: 'CITY', tags: ['a'] }] } })
})

test('a null for such a field is refused, and a variable left out stays left out', async () => {
  expect(await ask({ use: { scope: null } })).toBe(1)
  expect(await ask(undefined)).toEqual({})
})

test('an input object that can hold itself takes them at every level', async () => {
  const query = 'query($question: Again) { again(question: $question) }'
  expect(await ask({ more: [{ use: {} }] }, query)).toEqual({ question: { more: [{ use: { scope: 'CITY', tags: ['a'] } }] } })
})
