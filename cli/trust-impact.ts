import { dataOf, type Graph } from './graph.ts'

/** What would fall if a certificate were distrusted from a moment, from all three rooms. */
export interface Impact {
  readonly trust: {
    readonly services: readonly {
      readonly role: string
      readonly name: string
      readonly scope: string
      readonly list: string | null
    }[]
    readonly scopes: readonly string[]
    readonly lists: readonly string[]
    readonly agreements: number
  }
  /** Makers whose path holds the certificate, itself included. */
  readonly makers: readonly string[]
  readonly seals: SealImpact
}

interface SealCount {
  readonly key: string
  readonly number: number
  readonly madeSince: number
}

export interface SealImpact {
  readonly number: number
  readonly madeSince: number
  readonly platforms: readonly SealCount[]
  readonly divisions: readonly SealCount[]
  readonly classes: readonly SealCount[]
  readonly sample: readonly { readonly code: string; readonly name: string }[]
}

interface Maker {
  readonly fingerprint: string
  readonly certificate: { readonly path: { readonly certificates: readonly { readonly fingerprint: string }[] } | null } | null
}

const TRUST = `query Impact($fingerprint: ID!, $from: DateTime!) {
  impact(fingerprint: $fingerprint, from: $from) { services { role name scope list } scopes lists agreements }
}`

const MAKERS = `query Makers($after: ID) {
  sealMakers(first: 100, after: $after) {
    nodes { fingerprint certificate { path { certificates { fingerprint } } } }
    pageInfo { endCursor hasNextPage }
  }
}`

const SEALS = `query SealImpact($certificates: [ID!]!, $from: DateTime!) {
  sealImpact(certificates: $certificates, from: $from) {
    number madeSince
    platforms { key number madeSince } divisions { key number madeSince } classes { key number madeSince }
    sample { code name }
  }
}`

/**
 * Asks `trust` what falls, `certificates` which makers hang on it, and `seals` what those made.
 * @throws HubError the code the hub gave; TOO_LARGE over 500 makers: a count that left some out would mislead.
 */
export async function askImpact(graph: Graph, fingerprint: string, from: string): Promise<Impact> {
  const { impact } = dataOf<{ impact: Impact['trust'] }>(await graph.ask(TRUST, { fingerprint, from }))
  const makers = (await everyMaker(graph)).filter((maker) => hangsOn(maker, fingerprint)).map((maker) => maker.fingerprint)
  const certificates = [...new Set([fingerprint, ...makers])]
  const { sealImpact } = dataOf<{ sealImpact: SealImpact }>(await graph.ask(SEALS, { certificates, from }))
  return { trust: impact, makers, seals: sealImpact }
}

function hangsOn({ fingerprint, certificate }: Maker, distrusted: string): boolean {
  const path = certificate?.path?.certificates ?? []
  return fingerprint === distrusted || path.some((one) => one.fingerprint === distrusted)
}

async function everyMaker(graph: Graph): Promise<readonly Maker[]> {
  const makers: Maker[] = []
  for (let after: string | null = null; ; ) {
    type Page = { sealMakers: { nodes: Maker[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } } }
    const { nodes, pageInfo }: Page['sealMakers'] = dataOf<Page>(await graph.ask(MAKERS, { after })).sealMakers
    makers.push(...nodes)
    if (!pageInfo.hasNextPage || nodes.length === 0) return makers
    after = pageInfo.endCursor
  }
}
