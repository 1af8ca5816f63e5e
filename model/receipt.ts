import { z } from 'zod'
import { canonicalJson } from './canonical-json.ts'
import { HubError } from './error.ts'
import { instantText } from './instant-text.ts'
import { formatInstant, type Instant } from './time.ts'

/** What the hub signs for an envelope it has taken in: canonical JSON inside a GB/T 35275 SignedData. */
export const RECEIPT_FORMAT = 'sealhub-receipt-1'

export type AdmissionOutcome = 'ADMITTED' | 'UNCHANGED' | 'REFUSED'

export interface ReceiptRow {
  /** Event in the envelope, from 1. */
  readonly row: number
  readonly eventId: string | null
  readonly code: string | null
  readonly outcome: AdmissionOutcome
  readonly refusal: { readonly code: string; readonly reason: { readonly zh: string; readonly en: string } } | null
}

/** Shared by the hub, which signs it, and the pusher, who checks and keeps it. */
export interface ReceiptContent {
  readonly platform: string
  readonly stream: string
  readonly sequence: number
  readonly messageId: string
  /** SM3 over the envelope's lines, lower-case hex. */
  readonly envelope: string
  readonly recordedAt: Instant
  readonly rows: readonly ReceiptRow[]
}

/** The bytes a receipt signs. */
export function formatReceipt(receipt: ReceiptContent): Uint8Array {
  return Buffer.from(canonicalJson({ format: RECEIPT_FORMAT, ...receipt, recordedAt: formatInstant(receipt.recordedAt) }))
}

const text = z.strictObject({ zh: z.string(), en: z.string() })
const row = z.strictObject({
  row: z.int().min(1),
  eventId: z.string().nullable(),
  code: z.string().nullable(),
  outcome: z.enum(['ADMITTED', 'UNCHANGED', 'REFUSED']),
  refusal: z.strictObject({ code: z.string(), reason: text }).nullable(),
})
const receipt = z.strictObject({
  format: z.literal(RECEIPT_FORMAT),
  platform: z.string(),
  stream: z.string(),
  sequence: z.int().min(1),
  messageId: z.string(),
  envelope: z.string().regex(/^[0-9a-f]{64}$/),
  recordedAt: instantText,
  rows: z.array(row),
})

/** Parses the content of a receipt whose signature has been checked. @throws HubError UNREADABLE for anything else. */
export function parseReceipt(content: Uint8Array): ReceiptContent {
  try {
    const { format: _, ...parsed } = receipt.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content)))
    return parsed
  } catch (cause) {
    throw new HubError('UNREADABLE', '回执格式不符', 'not a receipt of this hub', { cause })
  }
}
