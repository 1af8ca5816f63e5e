import { type Freshness, freshnessAt } from '../../../model/freshness.ts'
import type { Bilingual } from '../../../model/text.ts'
import type { Instant } from '../../../model/time.ts'
import type { TrustRoom } from '../room.ts'
import type { TrustSnapshot } from '../snapshot.ts'
import type { HeldList } from '../store/trust-store.ts'
import type { ListSource } from './fetch-source.ts'
import { type ListState, listStateAt } from './state.ts'

/**
 * CURRENT: the source gave the list held, and it is in force. STALE: what it gave is past its next update. UNREACHABLE: it never gave
 * any. UNREADABLE and REFUSED: what it gives now is not taken in; the list held before counts until its next update.
 */
export type SourceState = 'NOT_ASKED' | 'CURRENT' | 'STALE' | 'UNREACHABLE' | 'UNREADABLE' | 'REFUSED'

export interface SourceNode {
  readonly url: string
  readonly pointed: boolean
  readonly state: SourceState
  readonly freshness: Freshness
  readonly list: HeldList | null
  readonly confirmedAt: Instant | null
  readonly lastAttempt: Instant | null
  readonly failures: number
  readonly problem: { readonly code: string; readonly reason: Bilingual } | null
  readonly failingSince: Instant | null
}

export interface SourcesNode {
  /** The worst of all; NONE_CONFIGURED where there is none, which is not the same as none that answers. */
  readonly state: SourceState | 'NONE_CONFIGURED'
  readonly sources: readonly SourceNode[]
}

const WORST_FIRST: readonly SourceState[] = ['REFUSED', 'UNREADABLE', 'UNREACHABLE', 'STALE', 'NOT_ASKED', 'CURRENT']

/** `Query.trustListSources`: where lists are fetched from, and how that goes. */
export async function sourcesNode({ lists, sources, now }: TrustRoom): Promise<SourcesNode> {
  const trust = await lists.snapshot()
  const nodes = (sources?.() ?? []).map((source) => nodeOf(source, trust, now()))
  const state = WORST_FIRST.find((one) => nodes.some((node) => node.state === one)) ?? 'NONE_CONFIGURED'
  return { state, sources: nodes }
}

function nodeOf(source: ListSource, trust: TrustSnapshot, now: Instant): SourceNode {
  const { url, expected, confirmed, problem, lastAttempt, failures } = source
  const list = confirmed && trust.list(confirmed.territory, Number.MAX_SAFE_INTEGER)
  const held = list && listStateAt(trust, list, now, Number.MAX_SAFE_INTEGER)
  return {
    url,
    pointed: expected !== null,
    state: stateOf(source, held),
    freshness: list ? freshnessAt(list.issuedAt, now, list.nextUpdate - list.issuedAt) : freshnessAt(null, now, 0),
    list,
    confirmedAt: confirmed?.confirmedAt ?? null,
    lastAttempt,
    failures,
    problem: problem && { code: problem.code, reason: problem.reason },
    failingSince: problem?.since ?? null,
  }
}

function stateOf({ problem }: ListSource, held: ListState | null): SourceState {
  if (problem && problem.kind !== 'UNREACHABLE') return problem.kind
  if (held === null) return problem ? 'UNREACHABLE' : 'NOT_ASKED'
  if (held === 'DISOWNED') return 'REFUSED'
  return held === 'STALE' ? 'STALE' : 'CURRENT'
}
