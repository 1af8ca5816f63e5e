import type { LocalSubgraphOptions } from '../runtime/local-subgraph.ts'

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@inaccessible"])\n`

interface Code {
  readonly code: string
}

const seal = ({ code }: Code) => ({
  code,
  name: '遂平县民政局',
  issuer: '411728',
  sealFacts: `f1.${'x'.repeat(400)}.${code}`,
  certificates: ['MII'.repeat(300)],
})
const status = () => ({ state: 'ACTIVE', since: '2026-01-01T00:00:00.000Z', freshness: { kind: 'FRESH', age: 12 } })
const certificate = () => ({ subject: 'C=CN,O=遂平县民政局,CN=41172800000001', notAfter: '2029-01-01T00:00:00.000Z' })
const pathFacts = ({ code }: Code) => `f1.${'y'.repeat(400)}.${code}`
const decision = () => ({
  indication: 'TOTAL_PASSED',
  summary: { zh: '可以采信', en: 'may be relied on' },
  because: ['maker', 'path', 'revocation', 'status', 'recognition'].map((check) => ({ check, outcome: 'PASSED' })),
})

const SEAL_TYPES = `type Status { state: String! since: String freshness: Freshness! } type Freshness { kind: String! age: Int }`
const CERTIFICATE_TYPES = 'type Certificate { subject: String! notAfter: String! }'
const TRUST_TYPES =
  'type Decision { indication: String! summary: Text! because: [Check!]! } type Text { zh: String! en: String! } type Check { check: String! outcome: String! }'

/** The shape of a status query and of a decision, with resolvers that cost nothing: what is measured is the way there. */
export function statusGraph(): { readonly plain: LocalSubgraphOptions; readonly subgraphs: readonly LocalSubgraphOptions[] } {
  const Query = { seal: (_: unknown, asked: Code) => seal(asked) }
  return {
    plain: {
      name: 'plain',
      sdl: `type Query { seal(code: ID!): Seal } ${SEAL_TYPES} ${CERTIFICATE_TYPES} ${TRUST_TYPES}
            type Seal { code: ID! name: String! issuer: ID! status: Status! certificate: Certificate decision: Decision }`,
      resolvers: { Query, Seal: { status, certificate, decision } },
    },
    subgraphs: [
      {
        name: 'seals',
        sdl: `${LINK} type Query { seal(code: ID!): Seal } ${SEAL_TYPES}
              type Seal @key(fields: "code") { code: ID! name: String! issuer: ID! status: Status!
                certificates: [String!] @inaccessible sealFacts: String @inaccessible }`,
        resolvers: { Query, Seal: { __resolveReference: seal, status } },
      },
      {
        name: 'certificates',
        sdl: `${LINK} ${CERTIFICATE_TYPES} type Seal @key(fields: "code") { code: ID! certificates: [String!] @external
                certificate: Certificate @requires(fields: "certificates") pathFacts: String @inaccessible @requires(fields: "certificates") }`,
        resolvers: { Seal: { certificate, pathFacts } },
      },
      {
        name: 'trust',
        sdl: `${LINK} ${TRUST_TYPES} type Seal @key(fields: "code") { code: ID! sealFacts: String @external pathFacts: String @external
                decision: Decision @requires(fields: "sealFacts pathFacts") }`,
        resolvers: { Seal: { decision } },
      },
    ],
  }
}
