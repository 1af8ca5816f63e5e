import { describe, expect, test } from 'vitest'
import { isMetBy } from '../../gateway/authorization.ts'
import { createGateway } from '../../gateway/gateway.ts'
import { composeSupergraph, readSupergraph } from '../../gateway/supergraph.ts'
import type { Scope } from '../../model/caller.ts'
import { LINK, supergraphOf } from '../support/federation.ts'

const one = (sdl: string) => supergraphOf({ a: { sdl, resolvers: {} } })
const codeOf = (work: () => unknown) => {
  try {
    work()
    return 'accepted'
  } catch (error) {
    return (error as { code?: string }).code
  }
}

describe('composition', () => {
  test('subgraphs that do not compose are refused', () => {
    const subgraphs = [
      { name: 'a', sdl: `${LINK} type Query { seal: Seal } type Seal @key(fields: "id") { id: ID! name: String }` },
      { name: 'b', sdl: `${LINK} type Seal @key(fields: "id") { id: ID! name: Int }` },
    ]
    expect(codeOf(() => composeSupergraph(subgraphs))).toBe('UNSUPPORTED')
  })

  test('a text that is no SDL is refused', () => {
    expect(codeOf(() => readSupergraph('type {'))).toBe('UNSUPPORTED')
  })

  test('the real subgraphs compose, and clients see nothing of facts or federation', async () => {
    const { readFileSync } = await import('node:fs')
    const sdl = (name: string) => readFileSync(new URL(`../../subgraphs/${name}/schema.graphql`, import.meta.url), 'utf8')
    const supergraph = readSupergraph(
      composeSupergraph(['seals', 'certificates', 'trust'].map((name) => ({ name, sdl: sdl(name) }))),
    )
    const { printSchema } = await import('graphql')
    const printed = printSchema(supergraph.schema)
    expect(printed).toContain('decision(reliedOnIn: DivisionCode')
    expect(printed).not.toMatch(
      /scalar Facts\b|sealFacts|pathFacts|join__|link__|requiresScopes|@inaccessible|_entities|_service/,
    )
  })

  test('a subgraph of the supergraph without an executor is refused', async () => {
    const gateway = createGateway({ supergraph: one('type Query { a: Int }'), subgraphs: {} })
    await expect(gateway).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })

  test('a trusted document that is wrong is refused', async () => {
    const subgraphs = { a: async () => ({ data: {} }) }
    const gateway = createGateway({ supergraph: one('type Query { a: Int }'), subgraphs, trustedDocuments: ['{ b }'] })
    await expect(gateway).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })
})

describe('security directives', () => {
  test('a supergraph with @policy is refused: we do not enforce it', () => {
    expect(codeOf(() => readSupergraph(one('type Query { a: Int @policy(policies: [["p"]]) }')))).toBe('UNSUPPORTED')
  })

  test.each([
    ['SECURITY', 'https://specs.apollo.dev/shield/v0.1', 'UNSUPPORTED'],
    ['EXECUTION', 'https://example.org/specs/cache/v1.0', 'UNSUPPORTED'],
    ['SECURITY', 'https://specs.apollo.dev/authenticated/v9.0', 'UNSUPPORTED'],
    ['SECURITY', 'https://specs.apollo.dev/authenticated/v0.1', 'accepted'],
  ])('a specification linked for %s that is %s: %s', (purpose, url, outcome) => {
    const sdl = one('type Query { a: Int }').replace('schema @link', `schema @link(url: "${url}", for: ${purpose}) @link`)
    expect(codeOf(() => readSupergraph(sdl))).toBe(outcome)
  })

  test('a directive under another name is still the one it stands for', () => {
    const sdl = one('type Query { a: Int @authenticated }')
      .replace('authenticated/v0.1", for', 'authenticated/v0.1", as: "signedIn", for')
      .replaceAll('@authenticated', '@signedIn')
    const requirement = readSupergraph(sdl).requirements.of('Query', 'a')
    expect(requirement.authenticated).toBe(true)
    const policy = one('type Query { a: Int }').replace(
      'schema @link',
      'schema @link(url: "https://specs.apollo.dev/policy/v0.1", as: "rule") @link',
    )
    expect(codeOf(() => readSupergraph(policy.replace('a: Int', 'a: Int @rule')))).toBe('UNSUPPORTED')
  })

  test('values carried by @fromContext are refused', () => {
    const sdl = one('type Query { a: Int }').replace(
      'a: Int',
      'a: Int @join__field(graph: A, contextArguments: [{ context: "c", name: "n", type: "Int", selection: "x" }])',
    )
    expect(codeOf(() => readSupergraph(sdl))).toBe('UNSUPPORTED')
  })
})

test('an @external field of an @interfaceObject, which the composer would have asked of the wrong subgraph, is refused', () => {
  const a = `type Query { named: [Named] } interface Named @key(fields: "id") { id: ID! name: String }
    type User implements Named @key(fields: "id") { id: ID! name: String }`
  const b = (name: string) => `type Named @key(fields: "id") @interfaceObject { id: ID! ${name} }`
  const compose = (name: string) =>
    codeOf(() => supergraphOf({ a: { sdl: a, resolvers: {} }, b: { sdl: b(name), resolvers: {} } }))
  expect(compose('name: String @external shown: String @requires(fields: "name")')).toBe('UNSUPPORTED')
  expect(compose('shown: String')).toBe('accepted')
})

test('a directive of a subgraph’s own, which would be lost on the way there, is not offered to clients', () => {
  const { schema } = readSupergraph(`${one('type Query { a: Int }')} directive @masked(by: String) on FIELD | QUERY`)
  expect(schema.getDirective('masked')).toBeUndefined()
  expect(schema.getDirective('include')).toBeDefined()
})

describe('authorization', () => {
  test('the composer refuses subgraphs that leak through @requires', () => {
    const sdl = { a: 'secret: String @authenticated', b: 'secret: String @external told: String @requires(fields: "secret")' }
    const leak = () =>
      supergraphOf({
        a: { sdl: `type Query { seal: Seal } type Seal @key(fields: "id") { id: ID! ${sdl.a} }`, resolvers: {} },
        b: { sdl: `type Seal @key(fields: "id") { id: ID! ${sdl.b} }`, resolvers: {} },
      })
    expect(codeOf(leak)).toBe('UNSUPPORTED')
  })

  /** The composer refuses most of these itself; a supergraph may come from another one. */
  const requires = (mine: string, theirs: string, selected = 'secret') =>
    supergraphOf({
      a: {
        sdl: 'type Query { seal: Seal } type Seal @key(fields: "id") { id: ID! secret: String deep: Deep } type Deep { secret: String }',
        resolvers: {},
      },
      b: {
        sdl: `type Seal @key(fields: "id") { id: ID! told: String @requires(fields: "${selected}")
                ${selected === 'secret' ? 'secret: String @external }' : 'deep: Deep @external } type Deep { secret: String @external }'}`,
        resolvers: {},
      },
    })
      .replaceAll('secret: String', `secret: String ${theirs}`)
      .replace('told: String', `told: String ${mine}`)
  const scopes = (...alternatives: string[][]) => `@requiresScopes(scopes: ${JSON.stringify(alternatives)})`

  test.each([
    ['nothing', '', '', 'accepted'],
    ['nothing, of a protected one', '', scopes(['member']), 'FORBIDDEN'],
    ['nothing, of one for the signed-in', '', '@authenticated', 'FORBIDDEN'],
    ['the same', scopes(['member']), scopes(['member']), 'accepted'],
    ['more', scopes(['member', 'administrator']), scopes(['member']), 'accepted'],
    ['one of two alternatives', scopes(['member']), scopes(['member'], ['administrator']), 'accepted'],
    ['an alternative too many', scopes(['member'], ['adapter']), scopes(['member']), 'FORBIDDEN'],
    ['another', scopes(['adapter']), scopes(['member']), 'FORBIDDEN'],
    ['a scope, of one for the signed-in', scopes(['member']), '@authenticated', 'accepted'],
  ])('a field that asks %s and reads another through @requires: %s', (_, mine, theirs, outcome) => {
    for (const selected of ['secret', 'deep { secret }']) {
      expect(codeOf(() => readSupergraph(requires(mine, theirs, selected)))).toBe(outcome)
    }
  })

  const supergraph = readSupergraph(
    one(`type Query { open: Int mine: Vault any: Thing both: Int ${scopes(['member', 'adapter'])} either: Int ${scopes(['member'], ['adapter'])} coin: Coin }
         interface Thing { id: ID! value: Int } type Vault implements Thing ${scopes(['administrator'])} { id: ID! value: Int }
         type Leaflet implements Thing { id: ID! value: Int } scalar Coin @authenticated`),
  )
  const allows = (type: string, field: string, ...held: Scope[]) =>
    isMetBy(supergraph.requirements.of(type, field), { id: 'x', scopes: held })

  test('alternatives are or, the scopes of one are and', () => {
    expect([allows('Query', 'both', 'member'), allows('Query', 'both', 'member', 'adapter')]).toEqual([false, true])
    expect([allows('Query', 'either'), allows('Query', 'either', 'adapter')]).toEqual([false, true])
    expect(allows('Query', 'open')).toBe(true)
  })

  test('a protected type protects its fields, also through an interface it implements', () => {
    for (const type of ['Vault', 'Thing']) {
      expect([allows(type, 'value', 'member'), allows(type, 'value', 'administrator')]).toEqual([false, true])
      expect(allows(type, '__typename')).toBe(false)
    }
    expect(allows('Leaflet', 'value')).toBe(true)
  })

  test('a protected scalar protects the fields that give it', () => {
    expect([allows('Query', 'coin'), allows('Query', 'coin', 'adapter')]).toEqual([false, true])
  })
})
