import type { ReceiptRow } from '../../../model/receipt.ts'
import type { SealChange } from '../../../model/timeline.ts'
import type { EventWrite, SealRecord, StoredEnvelope, StoredEvent } from '../ports.ts'
import type { envelopes, events, seals } from './tables.ts'

// Rows are the flat form of what the ports speak of; here and nowhere else one becomes the other.

type SealRow = typeof seals.$inferSelect
type EventRow = typeof events.$inferSelect
type EnvelopeRow = Omit<typeof envelopes.$inferSelect, 'bytes'>

/** The row of a seal's newest data. */
export function sealRow({ owner, validity, ...record }: SealRecord): SealRow {
  return {
    ...record,
    ownerName: owner?.name ?? null,
    ownerCreditCode: owner?.creditCode ?? null,
    ownerDivision: owner?.division ?? null,
    notBefore: validity.from,
    notAfter: validity.until,
  }
}

/** A seal's newest data from its row. */
export function sealRecord(row: SealRow): SealRecord {
  const { ownerName, ownerCreditCode, ownerDivision, notBefore, notAfter, ...record } = row
  const owner = ownerName === null ? null : { name: ownerName, creditCode: ownerCreditCode, division: ownerDivision }
  return { ...record, owner, validity: { from: notBefore, until: notAfter } }
}

/** The row of an event, recorded at a moment. */
export function eventRow({ platform, code, digest, change, published }: EventWrite, recordedAt: number): EventRow {
  const { validity, ...rest } = change
  const span = { validFrom: validity?.from ?? null, validUntil: validity?.until ?? null }
  return { ...rest, ...span, platform, code, digest, published, recordedAt, deliveredAt: null }
}

/** An event from its row. */
export function storedEvent(row: EventRow): StoredEvent {
  return { code: row.code, digest: row.digest, change: sealChange(row) }
}

/** An event as the fold sees it, from its row. */
export function sealChange(row: EventRow): SealChange {
  const { id, kind, effectiveAt, recordedAt, originAt, sequence, reason, validFrom, validUntil, voids } = row
  const validity = validFrom === null ? null : { from: validFrom, until: validUntil }
  return { id, kind, effectiveAt, recordedAt, originAt, sequence, reason, validity, voids }
}

/** An envelope taken in, from its row. */
export function storedEnvelope(row: EnvelopeRow): StoredEnvelope {
  const { platform, stream, sequence, messageId, createdAt, previous, digest, recordedAt, receipt } = row
  const header = { platform, stream, sequence, messageId, createdAt, previous }
  return { header, digest, recordedAt, rows: JSON.parse(row.rows) as ReceiptRow[], receipt }
}
