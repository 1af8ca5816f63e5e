import { type Freshness, freshnessAt } from '../../model/freshness.ts'
import type { Instant } from '../../model/time.ts'
import { sealStatusAt } from '../../model/timeline.ts'
import type { RegisteredSeal } from './ports.ts'
import type { SealsRoom } from './room.ts'

/** The moment asked about and the moment of knowledge, as a client gives them. */
export interface AsOf {
  readonly at?: Instant | null
  readonly knownAt?: Instant | null
}

/** Left out, `knownAt` means everything held: what was recorded a moment ago may be dated a moment ahead of the clock. */
const EVERYTHING = Number.MAX_SAFE_INTEGER

/** The status of a seal, registered or not (null), in the words of the graph. `at` left out is now. */
export function statusOf(seal: RegisteredSeal | null, { at, knownAt }: AsOf, room: Pick<SealsRoom, 'now' | 'statusBound'>) {
  const now = room.now()
  const status = sealStatusAt(seal?.timeline ?? [], at ?? now, knownAt ?? EVERYTHING)
  const freshness: Freshness =
    seal === null
      ? { kind: 'UNKNOWN', reason: { zh: '本枢纽未登记该印章', en: 'the seal is not registered with this hub' } }
      : freshnessAt(seal.heardAt, now, room.statusBound)
  return { ...status, valid: status.state === 'ACTIVE', freshness: inSeconds(freshness) }
}

function inSeconds(freshness: Freshness) {
  if (freshness.kind === 'UNKNOWN') return freshness
  const { kind, age, bound } = freshness
  return { kind, age: Math.floor(age / 1000), bound: Math.floor(bound / 1000) }
}
