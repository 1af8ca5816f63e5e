import type { Instant } from '../../../model/time.ts'

/** Evidence that documents brought along is not held; only when each piece was first seen is. */
export interface SightingStore {
  /** When pieces with these digests were first seen; those never seen are left out. */
  readonly sightings: (digests: readonly string[]) => Promise<ReadonlyMap<string, Instant>>
  /**
   * Remembers that they were seen now, unless they were before; durable once resolved. None is remembered beyond `limit`, and none is
   * ever dropped to make room.
   * @returns when each was first seen, but for those there was no room for.
   */
  readonly see: (digests: readonly string[], now: Instant, limit: number) => Promise<ReadonlyMap<string, Instant>>
}
