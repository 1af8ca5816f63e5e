import type { DivisionScope } from '../../../model/division-code.ts'
import type { Refusal } from '../../../model/envelope.ts'
import type { Policies } from '../../../model/policy.ts'
import type { Instant } from '../../../model/time.ts'
import { refuse } from '../refusal.ts'
import { CLOCK_SKEW_MS } from './envelope-position.ts'

const DAY_MS = 86_400_000
/** A change may be announced this long before it takes effect. */
const MAXIMUM_NOTICE_MS = 366 * DAY_MS

/** Who speaks in an envelope, what for, and under which policies at which moment. */
export interface Sender {
  readonly platform: string
  readonly scope: DivisionScope
  readonly policies: Policies
  readonly now: Instant
}

/** Whether the times of an event can be: not before its seal was made (a day for careless clocks), not years ahead. Null: they can. */
export function refusedTime(
  { effectiveAt, originAt }: { readonly effectiveAt: Instant; readonly originAt: Instant | null },
  createdAt: Instant,
  now: Instant,
): Refusal | null {
  if (effectiveAt < createdAt - DAY_MS) return refuse('BAD_INPUT', '生效时间早于制章时间', 'effective before the seal was made')
  if (effectiveAt > now + MAXIMUM_NOTICE_MS) return refuse('BAD_INPUT', '生效时间过远', 'effective too far in the future')
  if (originAt !== null && originAt > now + CLOCK_SKEW_MS) return refuse('BAD_INPUT', '来源时间在未来', 'made in the future')
  return null
}
