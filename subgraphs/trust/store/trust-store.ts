import type { Instant } from '../../../model/time.ts'
import type { TrustService, TrustStatement } from '../service.ts'

export interface TrustReader {
  /** Every statement ever recorded, oldest first. */
  readonly statements: () => Promise<readonly TrustService[]>
}

/** Statements are only ever added. */
export interface TrustStore extends TrustReader {
  /**
   * Records all statements or none, durable once resolved, with one `recordedAt` given inside the commit that is later than
   * that of every commit before. A statement that says what the newest one of its service says already is not recorded again:
   * null stands in its place. The answer has the order of `statements`.
   * @param statements at most one of each service.
   */
  readonly record: (statements: readonly TrustStatement[], now: Instant) => Promise<readonly (TrustService | null)[]>
  readonly close: () => void
}
