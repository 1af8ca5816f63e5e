import type { Instant } from '../../model/time.ts'
import type { TrustService, TrustStatement } from './service.ts'
import { type TrustSnapshot, trustSnapshot } from './snapshot.ts'
import type { TrustStore } from './store/trust-store.ts'

/** The lists as the subgraph holds them: one snapshot for reading, rebuilt after a write and not before. */
export interface TrustLists {
  readonly snapshot: () => Promise<TrustSnapshot>
  /** Records statements as `TrustStore.record` promises; the next snapshot holds them. */
  readonly record: (statements: readonly TrustStatement[], now: Instant) => Promise<readonly (TrustService | null)[]>
}

/** Opens the lists over a store that nobody else writes to meanwhile. */
export function trustLists(store: TrustStore): TrustLists {
  let held: Promise<TrustSnapshot> | null = null
  const snapshot = async () => {
    const current = held ?? store.statements().then(trustSnapshot)
    held = current
    try {
      return await current
    } catch (error) {
      if (held === current) held = null
      throw error
    }
  }
  const record: TrustLists['record'] = async (statements, now) => {
    try {
      return await store.record(statements, now)
    } finally {
      held = null
    }
  }
  return { snapshot, record }
}
