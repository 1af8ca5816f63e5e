import type { DivisionCode } from '../../model/division-code.ts'
import type { EnvelopeRow } from '../../model/envelope.ts'
import type { Instant, Span } from '../../model/time.ts'
import type { SealStore } from './ports.ts'

/** What admission must know of a seal: what is stored, moved on by the rows admitted so far. */
export interface HeldSeal {
  readonly platform: string
  readonly division: DivisionCode
  readonly revision: number
  readonly contentDigest: string
  readonly validity: Span
  readonly createdAt: Instant
  readonly events: number
}

export interface HeldEvent {
  readonly code: string
  readonly digest: string
}

/** Everything the rows of one envelope touch. */
export interface Held {
  readonly seals: Map<string, HeldSeal>
  readonly events: Map<string, HeldEvent>
}

/** Gathers what the rows of an envelope touch: all that admission reads of the store, in two reads. */
export async function gatherHeld(
  rows: readonly EnvelopeRow[],
  platform: string,
  store: Pick<SealStore, 'seals' | 'events'>,
): Promise<Held> {
  const codes = new Set<string>()
  const ids = new Set<string>()
  for (const row of rows) {
    if (!('event' in row)) continue
    codes.add(row.event.code)
    ids.add(row.event.eventId)
    if (row.event.type === 'CORRECTED') ids.add(row.event.voids)
  }
  const [seals, events] = await Promise.all([store.seals([...codes]), store.events(platform, [...ids])])
  const held = [...seals].map(([code, { record, timeline }]): [string, HeldSeal] => [
    code,
    { ...record, events: timeline.length },
  ])
  return { seals: new Map(held), events: new Map(events) }
}
