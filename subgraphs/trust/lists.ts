import type { Instant } from '../../model/time.ts'
import type { Agreement, AgreementStatement } from './recognition/agreement.ts'
import type { TrustService, TrustStatement } from './service.ts'
import { type TrustSnapshot, trustSnapshot } from './snapshot.ts'
import type { TrustStore } from './store/trust-store.ts'

/** The lists as the subgraph holds them: one snapshot for reading, rebuilt after a write and not before. */
export interface TrustLists {
  readonly snapshot: () => Promise<TrustSnapshot>
  /** The bytes of a list as received or sent; null when it is not held. */
  readonly bytes: TrustStore['listBytes']
  /** Records statements as `TrustStore.record` promises; the next snapshot holds them. */
  readonly record: (statements: readonly TrustStatement[], now: Instant) => Promise<readonly (TrustService | null)[]>
  /** Records a signed list as `TrustStore.recordList` promises. */
  readonly recordList: TrustStore['recordList']
  /** Records an agreement as `TrustStore.recordAgreement` promises. */
  readonly recordAgreement: (statement: AgreementStatement, now: Instant) => Promise<Agreement | null>
}

/** Opens the lists over a store that nobody else writes to meanwhile. */
export function trustLists(store: TrustStore): TrustLists {
  let held: Promise<TrustSnapshot> | null = null
  const snapshot = async () => {
    const current = held ?? read(store)
    held = current
    try {
      return await current
    } catch (error) {
      if (held === current) held = null
      throw error
    }
  }
  const writing = async <Answer>(write: Promise<Answer>): Promise<Answer> => {
    try {
      return await write
    } finally {
      held = null
    }
  }
  return {
    snapshot,
    bytes: store.listBytes,
    record: (statements, now) => writing(store.record(statements, now)),
    recordAgreement: (statement, now) => writing(store.recordAgreement(statement, now)),
    recordList: (list, statements, now) => writing(store.recordList(list, statements, now)),
  }
}

async function read(store: TrustStore): Promise<TrustSnapshot> {
  const [statements, lists, agreements] = await Promise.all([store.statements(), store.lists(), store.agreements()])
  return trustSnapshot(statements, lists, agreements)
}
