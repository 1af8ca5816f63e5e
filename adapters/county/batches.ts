import { ENVELOPE_LIMITS, type EnvelopeEvent } from '../../model/envelope.ts'
import { formatEvent } from '../../model/envelope-format.ts'

/** An event to push, with the path of the file it comes from, if it comes from one. */
export interface EventToPush {
  readonly path: string | null
  readonly event: EnvelopeEvent
}

const DEFAULT_BATCH = 200
/** Room for the header and the ends of lines. */
const MAXIMUM_BATCH_BYTES = ENVELOPE_LIMITS.bytes - 64 * 1024

/** Groups events into envelopes' worth: at most `size` each, and never over the envelope's bytes. */
export async function* batchesOf(
  events: AsyncIterable<EventToPush> | Iterable<EventToPush>,
  size = DEFAULT_BATCH,
): AsyncGenerator<readonly EventToPush[]> {
  const most = Math.max(1, Math.min(size, ENVELOPE_LIMITS.events))
  let batch: EventToPush[] = []
  let bytes = 0
  for await (const item of events) {
    const length = Buffer.byteLength(formatEvent(item.event)) + 1
    if (batch.length === most || (batch.length > 0 && bytes + length > MAXIMUM_BATCH_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(item)
    bytes += length
  }
  if (batch.length > 0) yield batch
}
