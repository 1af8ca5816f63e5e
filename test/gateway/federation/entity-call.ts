import type { FederationCase } from './case.ts'

const OWNERS: Record<string, string> = { s1: '民政局', s2: '财政局' }

export const entityCall: FederationCase = {
  title: 'an entity found in one subgraph gets its other fields from the next, each entity asked for once',
  federation: {
    registry: {
      sdl: `type Query { seals: [Seal!]! seal(code: ID!): Seal }
            type Seal @key(fields: "code") { code: ID! name: String! }`,
      resolvers: {
        Query: {
          seals: () => ['s1', 's2', 's1'].map((code) => ({ code, name: `印章 ${code}` })),
          seal: (_: unknown, { code }: { code: string }) => (OWNERS[code] ? { code, name: `印章 ${code}` } : null),
        },
        Seal: { name: ({ code }: { code: string }) => `印章 ${code}` },
      },
    },
    owners: {
      sdl: `type Seal @key(fields: "code") { code: ID! owner: Owner! asked: Int! }
            type Owner { name: String! seal: Seal! }`,
      resolvers: {
        Seal: {
          owner: ({ code }: { code: string }) => ({ name: OWNERS[code], seal: { code } }),
          asked: () => 1,
        },
      },
    },
  },
  questions: [
    {
      query: '{ seals { name owner { name } } }',
      data: {
        seals: [
          { name: '印章 s1', owner: { name: '民政局' } },
          { name: '印章 s2', owner: { name: '财政局' } },
          { name: '印章 s1', owner: { name: '民政局' } },
        ],
      },
    },
    {
      query: '{ seal(code: "s1") { owner { seal { name owner { seal { code } } } } } }',
      data: { seal: { owner: { seal: { name: '印章 s1', owner: { seal: { code: 's1' } } } } } },
    },
    { query: '{ seal(code: "none") { name owner { name } } }', data: { seal: null } },
    {
      query: '{ a: seal(code: "s1") { code: name name: code } b: seal(code: "s2") { o: owner { n: name } code } }',
      data: { a: { code: '印章 s1', name: 's1' }, b: { o: { n: '财政局' }, code: 's2' } },
    },
  ],
}
