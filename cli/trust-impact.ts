import { dataOf, type Graph } from './graph.ts'

/** What would fall if a certificate were distrusted from a moment on. */
export interface Impact {
  readonly services: readonly {
    readonly role: string
    readonly name: string
    readonly scope: string
    readonly list: string | null
  }[]
  readonly scopes: readonly string[]
  readonly lists: readonly string[]
  readonly agreements: number
  /** CA certificates that fall; null where the certificate itself is not known. */
  readonly authorities: number | null
  readonly seals: SealImpact
}

interface SealCount {
  readonly key: string
  readonly number: number
  readonly madeSince: number
}

/** Why there may be more than was counted. */
export type ImpactGap = 'AUTHORITIES_UNKNOWN' | 'AUTHORITIES_CUT' | 'SEALS_UNREAD'

export interface SealImpact {
  readonly number: number
  readonly madeSince: number
  readonly makers: number
  /** Further seals of which nobody can tell: only digests of their signers are known. */
  readonly unknown: number
  readonly platforms: readonly SealCount[]
  readonly divisions: readonly SealCount[]
  readonly classes: readonly SealCount[]
  readonly sample: readonly { readonly code: string; readonly name: string }[]
  readonly gaps: readonly ImpactGap[]
}

const IMPACT = `query Impact($fingerprint: ID!, $from: DateTime!) {
  impact(fingerprint: $fingerprint, from: $from) {
    services { role name scope list } scopes lists agreements authorities
    seals {
      number madeSince makers unknown
      platforms { key number madeSince } divisions { key number madeSince } classes { key number madeSince }
      sample { code name } gaps
    }
  }
}`

/** Asks all three rooms in one question. @throws HubError the code the hub gave: half an answer would mislead. */
export async function askImpact(graph: Graph, fingerprint: string, from: string): Promise<Impact> {
  return dataOf<{ impact: Impact }>(await graph.ask(IMPACT, { fingerprint, from })).impact
}
