import { setImmediate } from 'node:timers/promises'
import { type EnvelopeEvent, type EnvelopeRow, eventSequence, type Refusal } from '../../../model/envelope.ts'
import { formatEvent } from '../../../model/envelope-format.ts'
import type { ReceiptRow } from '../../../model/receipt.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import type { Held } from '../held.ts'
import type { Commit, EventWrite, SealWrite } from '../ports.ts'
import { refuse } from '../refusal.ts'
import { admitRegistration } from './admit-registration.ts'
import { refusedChange } from './admit-status.ts'
import type { Sender } from './sender.ts'

/** What the rows of an envelope come to. */
export interface JudgedRows extends Pick<Commit, 'rows' | 'seals' | 'events' | 'originals'> {
  readonly rows: ReceiptRow[]
  readonly seals: SealWrite[]
  readonly events: EventWrite[]
  readonly originals: Map<string, Uint8Array>
}

/** Events a seal may have; ends and losses may still come when it is full. */
const MAXIMUM_EVENTS = 1_000
const MAXIMUM_ENDING_EVENTS = 1_100
const ENDING: ReadonlySet<EnvelopeEvent['type']> = new Set<EnvelopeEvent['type']>(['LOST', 'CANCELLED', 'REVOKED', 'INVALIDATED'])
/** After so many rows others get a turn. */
const ROWS_AT_A_TIME = 32

/** Judges the rows one by one, each seeing what the rows before it changed; a refused row changes nothing. `held` is moved on. */
export async function admitRows(rows: readonly EnvelopeRow[], held: Held, sender: Sender, sequence: number): Promise<JudgedRows> {
  const judged: JudgedRows = { rows: [], seals: [], events: [], originals: new Map() }
  for (const row of rows) {
    judged.rows.push(
      'event' in row ? admitEvent(row.event, row.row, held, sender, sequence, judged) : { ...row, outcome: 'REFUSED' },
    )
    if (row.row % ROWS_AT_A_TIME === 0) await setImmediate()
  }
  return judged
}

function admitEvent(
  event: EnvelopeEvent,
  row: number,
  held: Held,
  sender: Sender,
  sequence: number,
  judged: JudgedRows,
): ReceiptRow {
  const named = { row, eventId: event.eventId, code: event.code }
  const refused = (refusal: Refusal): ReceiptRow => ({ ...named, outcome: 'REFUSED', refusal })
  const digest = sm3Hex(Buffer.from(formatEvent(event)))
  const known = held.events.get(event.eventId)
  if (known) {
    if (known.digest === digest) return { ...named, outcome: 'UNCHANGED', refusal: null }
    return refused(refuse('CONFLICT', '同一事件标识内容不同', 'the same event id with other content'))
  }
  const seal = held.seals.get(event.code) ?? null
  if (seal !== null && seal.events >= (ENDING.has(event.type) ? MAXIMUM_ENDING_EVENTS : MAXIMUM_EVENTS)) {
    return refused(refuse('TOO_LARGE', '该印章事件过多', 'the seal has too many events'))
  }
  const { platform } = sender
  const times = { effectiveAt: event.effectiveAt, originAt: event.originAt, sequence: eventSequence(sequence, row) }
  const base = { id: event.eventId, ...times, reason: null, validity: null, voids: null }
  const written = { platform, code: event.code, digest }
  if (event.type === 'SEAL_REGISTERED') {
    const verdict = admitRegistration(event, seal, sender)
    if (verdict.outcome === 'UNCHANGED') return { ...named, outcome: 'UNCHANGED', refusal: null }
    if (verdict.outcome === 'REFUSED') return refused(verdict.refusal)
    const { record } = verdict.write
    judged.seals.push(verdict.write)
    judged.originals.set(record.sealDigest, event.seal)
    const change = { ...base, kind: 'REGISTERED', validity: record.validity } as const
    judged.events.push({ ...written, change, published: verdict.published })
    held.seals.set(event.code, { ...record, events: (seal?.events ?? 0) + 1 })
  } else {
    const voids = event.type === 'CORRECTED' ? event.voids : null
    const refusal = refusedChange(event, seal, voids === null ? null : (held.events.get(voids) ?? null), sender)
    if (refusal !== null || seal === null)
      return refused(refusal ?? refuse('NOT_FOUND', '没有登记该印章', 'no such seal is registered'))
    const published = sender.policies.governing(seal.division, sender.now).rules.disclosure.status === 'PUBLIC'
    judged.events.push({ ...written, change: { ...base, kind: event.type, reason: event.reason, voids }, published })
    held.seals.set(event.code, { ...seal, events: seal.events + 1 })
  }
  held.events.set(event.eventId, { code: event.code, digest })
  return { ...named, outcome: 'ADMITTED', refusal: null }
}
