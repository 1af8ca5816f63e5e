import type { EnvelopeHeader } from '../../../model/envelope.ts'
import { HubError } from '../../../model/error.ts'
import type { Instant } from '../../../model/time.ts'
import type { StoredEnvelope, StreamPosition } from '../ports.ts'

/** Clocks of platforms may run ahead by this much. */
export const CLOCK_SKEW_MS = 300_000

/**
 * Whether the envelope found at the same position or under the same message id is this very one: the same lines.
 * @throws HubError REPLAY when it is another.
 */
export function assertRepeats(found: StoredEnvelope, digest: string): void {
  if (found.digest === digest) return
  throw new HubError(
    'REPLAY',
    `同一序号或消息标识已用于另一信封（流 ${found.header.stream}，序号 ${found.header.sequence}）`,
    `the position or message id is taken by another envelope (stream ${found.header.stream}, sequence ${found.header.sequence})`,
  )
}

/**
 * Demands that a new envelope follows the last one of its stream and was not made in the future.
 * @throws HubError ENVELOPE_SEQUENCE naming what is expected, BAD_INPUT for a time in the future.
 */
export function assertFollows(header: EnvelopeHeader, last: StreamPosition | null, now: Instant): void {
  const sequence = (last?.sequence ?? 0) + 1
  const previous = last?.digest ?? null
  if (header.sequence !== sequence || header.previous !== previous) {
    const after = previous === null ? '' : ` ${previous}`
    throw new HubError(
      'ENVELOPE_SEQUENCE',
      `信封须接续：序号 ${sequence}，前一信封${after || '无'}`,
      `the envelope has to follow: sequence ${sequence}, previous${after || ' none'}`,
    )
  }
  if (header.createdAt > now + CLOCK_SKEW_MS) {
    throw new HubError('BAD_INPUT', '信封的生成时间在未来', 'the envelope was created in the future')
  }
}
