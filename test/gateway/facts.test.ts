import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectSubgraph } from '../../gateway/http-subgraph.ts'
import { PUBLIC } from '../../model/caller.ts'
import { FACTS_LIFETIME_MS, openFacts, sealFacts } from '../../model/sealed-facts.ts'
import type { Subgraph } from '../../model/subgraph.ts'
import { localSubgraph } from '../../runtime/local-subgraph.ts'
import { type SubgraphServer, serveSubgraph } from '../../runtime/subgraph-server.ts'
import { type Federation, HUB_KEY, LINK, type OpenFederation, openFederation } from '../support/federation.ts'
import { type HttpClient, openClient } from '../support/http-client.ts'

const KEY = new Uint8Array(randomBytes(32))
const now = () => Date.now()
const facts = (
  producer: 'seals' | 'certificates',
  type: string,
  entityId: string,
  content: object,
  producedAt = now(),
  key = KEY,
) => sealFacts({ producer, type, entityId, producedAt }, content, key)
const sealFactsOf = (code: string) => facts('seals', 'SealFacts', code, { revoked: code === 'revoked' })
const pathFactsOf = (code: string) => facts('certificates', 'PathFacts', code, { anchored: true })

interface JudgedSeal {
  readonly code: string
  readonly sealFacts: string | null
  readonly pathFacts: string | null
}

const federation: Federation = {
  seals: {
    sdl: `type Query { seal(code: ID!): Seal sealed: [Seal!]! }
          type Seal @key(fields: "code") { code: ID! name: String! signedAt: String! sealFacts: String @inaccessible certificates(all: Boolean): [String!] @inaccessible }`,
    resolvers: {
      Query: {
        seal: (_: unknown, { code }: { code: string }) => ({ code }),
        sealed: () => [{ code: 'good' }, { code: 'revoked' }],
      },
      Seal: {
        name: ({ code }: { code: string }) => `name of ${code}`,
        signedAt: () => '2026-11-21',
        sealFacts: ({ code }: { code: string }) => sealFactsOf(code),
        certificates: (_: unknown, { all }: { all?: boolean }) => (all ? ['forged'] : ['der']),
      },
    },
  },
  certificates: {
    sdl: `type Seal @key(fields: "code") { code: ID! certificates(all: Boolean): [String!] @external
            pathFacts: String @inaccessible @requires(fields: "certificates") }`,
    resolvers: {
      Seal: {
        pathFacts: ({ code, certificates }: { code: string; certificates: string[] }) =>
          certificates[0] === 'der' ? pathFactsOf(code) : null,
      },
    },
  },
  trust: {
    sdl: `type Seal @key(fields: "code") { code: ID! sealFacts: String @external pathFacts: String @external
            decision(at: String): String @requires(fields: "sealFacts pathFacts") }`,
    resolvers: {
      Seal: {
        decision: ({ code, sealFacts: sealed, pathFacts: paths }: JudgedSeal) => {
          if (sealed === null || paths === null) return 'INDETERMINATE'
          const seal = openFacts<{ revoked: boolean }>(
            sealed,
            { producer: 'seals', type: 'SealFacts', entityId: code },
            now(),
            KEY,
          )
          const path = openFacts<{ anchored: boolean }>(
            paths,
            { producer: 'certificates', type: 'PathFacts', entityId: code },
            now(),
            KEY,
          )
          return !seal.revoked && path.anchored ? 'TOTAL_PASSED' : 'TOTAL_FAILED'
        },
      },
    },
  },
}

describe('through the public door', () => {
  let opened: OpenFederation
  let door: HttpClient
  beforeAll(async () => {
    opened = await openFederation(federation, 'http')
    door = await openClient({ gateway: opened.gateway })
  })
  afterAll(async () => {
    await door.close()
    await opened.close()
  })

  test('the judge sees what the rooms found', async () => {
    expect((await door.ask('{ sealed { code decision } }')).body).toEqual({
      data: {
        sealed: [
          { code: 'good', decision: 'TOTAL_PASSED' },
          { code: 'revoked', decision: 'TOTAL_FAILED' },
        ],
      },
    })
  })

  test('an alias in the place of the entity key changes neither the entity nor the answer', async () => {
    const { body } = await door.ask('{ seal(code: "revoked") { code: name decision(at: "2026") } }')
    expect(body).toEqual({ data: { seal: { code: 'name of revoked', decision: 'TOTAL_FAILED' } } })
  })

  test.each(['pathFacts', 'sealFacts', 'certificates'])(
    'an alias %s gets the field it stands for, and no facts come out',
    async (alias) => {
      const { body } = await door.ask(`{ seal(code: "revoked") { ${alias}: signedAt decision } }`)
      expect(body).toEqual({ data: { seal: { [alias]: '2026-11-21', decision: 'TOTAL_FAILED' } } })
      const swapped = await door.ask(
        `{ a: seal(code: "revoked") { ${alias}: decision d: decision } b: seal(code: "good") { ${alias}: name decision } }`,
      )
      expect(swapped.body.data).toMatchObject({ a: { d: 'TOTAL_FAILED' }, b: { decision: 'TOTAL_PASSED' } })
      expect(JSON.stringify([body, swapped.body])).not.toContain('f1.')
    },
  )

  test('facts and what feeds them cannot be asked for, with or without arguments', async () => {
    for (const field of ['sealFacts', 'pathFacts', 'certificates', 'certificates(all: true)', 'x: certificates(all: true)']) {
      const answer = await door.ask(`{ seal(code: "good") { ${field} decision } }`)
      expect(answer.status).toBe(400)
      expect(answer.body).not.toHaveProperty('data')
    }
  })

  test('two seals asked in one request are judged by their own facts, whatever they are called', async () => {
    const { body } = await door.ask(
      '{ good: seal(code: "revoked") { decision code } revoked: seal(code: "good") { decision code } }',
    )
    expect(body.data).toEqual({
      good: { decision: 'TOTAL_FAILED', code: 'revoked' },
      revoked: { decision: 'TOTAL_PASSED', code: 'good' },
    })
  })
})

describe('posted to a subgraph’s _entities', () => {
  let server: SubgraphServer
  let trust: Subgraph
  beforeAll(async () => {
    const { sdl, resolvers } = federation.trust ?? { sdl: '', resolvers: {} }
    server = await serveSubgraph(localSubgraph({ name: 'trust', sdl: LINK + sdl, resolvers }), { key: HUB_KEY, now })
    trust = await connectSubgraph({ name: 'trust', url: server.url, key: HUB_KEY })
  })
  afterAll(() => server.close())

  const judge = async (seal: Partial<JudgedSeal>) => {
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Seal { decision } } }'
    const r = [{ __typename: 'Seal', code: 'good', sealFacts: sealFactsOf('good'), pathFacts: pathFactsOf('good'), ...seal }]
    const { data, errors } = await trust.execute({ query, variables: { r }, context: { caller: PUBLIC, requestId: 'r' } })
    return errors?.[0]?.extensions?.code ?? (data as { _entities: { decision: string }[] })._entities[0]?.decision
  }
  const altered = (sealed: string) => `${sealed.slice(0, 10)}${sealed[10] === 'A' ? 'B' : 'A'}${sealed.slice(11)}`

  test('genuine facts are judged', async () => {
    expect(await judge({})).toBe('TOTAL_PASSED')
  })

  test('facts that could not be had are INDETERMINATE', async () => {
    expect(await judge({ pathFacts: null })).toBe('INDETERMINATE')
  })

  test.each<[string, Partial<JudgedSeal>]>([
    [
      'made with another key',
      { sealFacts: facts('seals', 'SealFacts', 'good', { revoked: false }, now(), new Uint8Array(randomBytes(32))) },
    ],
    ['altered', { sealFacts: altered(sealFactsOf('good')) }],
    ['that are no facts', { sealFacts: 'revoked=false' }],
    ['of another seal', { sealFacts: sealFactsOf('other') }],
    ['of another seal, all of them', { code: 'revoked' }],
    ['of another room', { sealFacts: facts('certificates', 'SealFacts', 'good', { revoked: false }) }],
    ['of another kind', { sealFacts: facts('seals', 'PathFacts', 'good', { revoked: false }) }],
    ['swapped', { sealFacts: pathFactsOf('good'), pathFacts: sealFactsOf('good') }],
    ['that are stale', { sealFacts: facts('seals', 'SealFacts', 'good', { revoked: false }, now() - FACTS_LIFETIME_MS - 1_000) }],
    ['from the future', { pathFacts: facts('certificates', 'PathFacts', 'good', { anchored: true }, now() + 60_000) }],
  ])('facts %s are refused', async (_, seal) => {
    expect(await judge(seal)).toBe('FACTS_REFUSED')
  })
})
