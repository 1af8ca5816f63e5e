import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ExecutionResult } from 'graphql'
import { createHandler } from 'graphql-http/lib/use/http'
import { describe, expect, test } from 'vitest'
import { createGateway } from '../../gateway/gateway.ts'
import type { SubgraphExecutor } from '../../model/subgraph.ts'
import { subgraphSchema } from '../../runtime/local-subgraph.ts'
import { LINK, plain, supergraphOf } from '../support/federation.ts'
import { requiresChain } from './federation/requires.ts'

/** As an outside suite uses the gateway: a supergraph's SDL, and a function or a URL for each subgraph. */
describe('a gateway from a supergraph’s SDL', () => {
  test('asks plain GraphQL servers at their URLs', async () => {
    const { federation, questions } = requiresChain
    const starting = Object.entries(federation).map(async ([name, { sdl, resolvers }]) => {
      const schema = subgraphSchema(LINK + sdl, resolvers)
      const server = createServer(createHandler({ schema })).listen(0, '127.0.0.1')
      await once(server, 'listening')
      return { name, server }
    })
    const servers = await Promise.all(starting)
    const url = ({ port }: AddressInfo) => `http://127.0.0.1:${port}/graphql`
    const subgraphs = Object.fromEntries(servers.map(({ name, server }) => [name, url(server.address() as AddressInfo)]))
    const gateway = await createGateway({ supergraph: supergraphOf(federation), subgraphs })
    for (const { query, variables, data } of questions) {
      const answer = await gateway.execute({ query, variables: variables ?? null })
      expect(plain(answer)).toEqual({ data })
    }
    await gateway.close()
    for (const { server } of servers) server.closeAllConnections()
    for (const { server } of servers) server.close()
  })

  test('leaves what a function hands out as it was', async () => {
    const federation = {
      a: { sdl: 'type Query { seal: Seal } type Seal @key(fields: "id") { id: ID! }', resolvers: {} },
      b: { sdl: 'type Seal @key(fields: "id") { id: ID! name: String }', resolvers: {} },
    }
    const freeze = (value: unknown): ExecutionResult => JSON.parse(JSON.stringify(value), (_, member) => Object.freeze(member))
    const seal = freeze({ data: { seal: { __typename: 'Seal', id: '1' } } })
    const a: SubgraphExecutor = async () => seal
    const b: SubgraphExecutor = async () => freeze({ data: { _entities: [{ name: '印' }] } })
    const gateway = await createGateway({ supergraph: supergraphOf(federation), subgraphs: { a, b } })
    for (let round = 0; round < 2; round++) {
      expect(plain(await gateway.execute({ query: '{ seal { name } }' }))).toEqual({ data: { seal: { name: '印' } } })
    }
    expect(seal).toEqual({ data: { seal: { __typename: 'Seal', id: '1' } } })
    await gateway.close()
  })

  test('tells a value that a subgraph left out from one that it said is null', async () => {
    const federation = {
      a: { sdl: 'type Query { seals: [Seal] } type Seal @key(fields: "id") { id: ID! note: String }', resolvers: {} },
      b: { sdl: 'type Seal @key(fields: "id") { id: ID! name: String owner: String }', resolvers: {} },
    }
    const seals = ['1', '2', '3'].map((id) => ({ __typename: 'Seal', id, note: id === '2' ? undefined : null }))
    const a: SubgraphExecutor = async () => ({ data: { seals } })
    const b: SubgraphExecutor = async () => ({ data: { _entities: [{ name: '印', owner: null }, null, { name: '章' }] } })
    const gateway = await createGateway({ supergraph: supergraphOf(federation), subgraphs: { a, b } })
    const answer = await gateway.execute({ query: '{ seals { note name owner } }' })
    expect(plain(answer.data)).toEqual({
      seals: [
        { note: null, name: '印', owner: null },
        { note: null, name: null, owner: null },
        { note: null, name: '章', owner: null },
      ],
    })
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['seals', 1, 'note'], 'UNAVAILABLE'],
      [['seals', 2, 'owner'], 'UNAVAILABLE'],
    ])
    await gateway.close()
  })

  test('gives subgraphs only the variables they need, under names that cannot meet its own', async () => {
    const seen: unknown[] = []
    const a: SubgraphExecutor = async ({ query, variables }) => {
      seen.push(query, variables)
      return { data: { echo: 'x' } }
    }
    const supergraph = supergraphOf({ a: { sdl: 'type Query { echo(text: String, list: [Int]): String }', resolvers: {} } })
    const gateway = await createGateway({ supergraph, subgraphs: { a } })
    const query = 'query($representations: String, $other: Boolean = true) { echo(text: $representations) @include(if: $other) }'
    await gateway.execute({ query, variables: { representations: 't' } })
    expect(seen[0]).not.toContain('representations')
    expect(Object.values(seen[1] as object)).toEqual(['t'])
    await gateway.close()
  })

  test('refuses bytes-like lists in variables before they cost anything', async () => {
    const supergraph = supergraphOf({ a: { sdl: 'type Query { sum(list: [Int!]): Int }', resolvers: {} } })
    const gateway = await createGateway({ supergraph, subgraphs: { a: async () => ({ data: { sum: 1 } }) } })
    const query = 'query($l: [Int!]) { sum(list: $l) }'
    const answer = await gateway.execute({ query, variables: { l: new Uint8Array(10_000_000) } })
    expect(answer.errors?.[0]?.extensions.code).toBe('TOO_LARGE')
    await gateway.close()
  })
})
