import type { Instant } from '../../../model/time.ts'
import type { TrustSnapshot } from '../snapshot.ts'
import type { HeldList } from '../store/trust-store.ts'
import { operatorScopes } from './operator.ts'

/**
 * CURRENT; GRACE: past half of its life, a newer one is due; STALE: past its next update; DISOWNED: whoever signed it is no
 * operator of its territory any more. What the last two say passes nothing.
 */
export type ListState = 'CURRENT' | 'GRACE' | 'STALE' | 'DISOWNED'

/** The state of a list at a moment, by what is known then. Nobody but this hub signs its own lists. */
export function listStateAt(trust: TrustSnapshot, list: HeldList, at: Instant, knownAt: Instant): ListState {
  const { own, issuedAt, nextUpdate } = list
  if (at > nextUpdate) return 'STALE'
  if (!own && !isVouchedFor(trust, list, at, knownAt)) return 'DISOWNED'
  return at < halfLifeOf({ issuedAt, nextUpdate }) ? 'CURRENT' : 'GRACE'
}

/** One of which nobody wrote down who signed it is nobody's. */
function isVouchedFor(trust: TrustSnapshot, { territory, signer }: HeldList, at: Instant, knownAt: Instant): boolean {
  return signer !== null && operatorScopes(trust, { territory, signer, at, knownAt, byCurrentLists: false }).length > 0
}

/** Whether what a list says counts. */
export function isInForce(state: ListState): boolean {
  return state === 'CURRENT' || state === 'GRACE'
}

/** When half of a list's life is over. */
export function halfLifeOf({ issuedAt, nextUpdate }: Pick<HeldList, 'issuedAt' | 'nextUpdate'>): Instant {
  return issuedAt + (nextUpdate - issuedAt) / 2
}
