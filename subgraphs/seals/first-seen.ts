import type { Caller } from '../../model/caller.ts'
import type { Instant } from '../../model/time.ts'
import type { SealReading, SignatureReading } from './facts.ts'
import type { SealsRoom } from './room.ts'

/** Digests kept as proof of existence; the public may fill half of them. */
const MAXIMUM_DIGESTS = 2_000_000

/** What makes bytes worth remembering: a signature in them that holds. Anything else could be made up without end. */
const PROVING_CHECK = { SEAL: 'SEAL_SIGNATURE', SIGNATURE: 'SIGNATURE_VALUE' } as const

/**
 * The hub's own proof of existence: records that it saw these bytes, and tells since when. Bytes whose signature does not hold are
 * never recorded. Null: not recorded; the signing time is then a claim.
 */
export async function firstSeenAt(
  reading: SealReading | SignatureReading,
  caller: Caller,
  { store, now, log }: Pick<SealsRoom, 'store' | 'now' | 'log'>,
): Promise<Instant | null> {
  const proving = PROVING_CHECK[reading.subject]
  const isWhole = reading.checks.some(({ check, outcome }) => check === proving && outcome === 'PASSED')
  if (reading.format === null || !isWhole) return store.firstSeen(reading.digest)
  const limit = caller.scopes.includes('member') ? MAXIMUM_DIGESTS : MAXIMUM_DIGESTS / 2
  const seen = await store.see(reading.digest, now(), limit)
  if (seen === null) log.warn({ limit, caller: caller.id }, 'no room for further proofs of existence')
  return seen
}
