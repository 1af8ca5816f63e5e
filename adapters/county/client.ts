import { randomUUID } from 'node:crypto'
import type { EnvelopeHeader, Refusal } from '../../model/envelope.ts'
import { formatEnvelope } from '../../model/envelope-format.ts'
import { HubError } from '../../model/error.ts'
import type { AdmissionOutcome } from '../../model/receipt.ts'
import type { Clock } from '../../model/time.ts'
import { encodeSignedData } from '../../pki/cms/signed-data.ts'
import type { Signer } from '../../pki/signer.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import { batchesOf, type EventToPush } from './batches.ts'
import { type CheckedReceipt, checkReceipt } from './check-receipt.ts'
import { type Reach, reach } from './post.ts'
import { type SealFile, sealEvent } from './seal-event.ts'

export interface PushOptions extends Reach {
  readonly platform: string
  /** Several senders of one platform use a stream each; `main` by default. */
  readonly stream?: string
  /** The platform's own, as registered with the hub. */
  readonly signer: Signer
  readonly now: Clock
  /** Events in one envelope, 200 by default. */
  readonly batchSize?: number
  /** Fingerprint of the hub's certificate, where it is known; otherwise the first receipt's signer is held to. */
  readonly hub?: string
  /** Called after every envelope. */
  readonly onProgress?: (progress: PushProgress) => void
}

export interface PushProgress {
  /** Rows done so far. */
  readonly done: number
  /** Rows of the envelope just taken in. */
  readonly rows: readonly PushedRow[]
  /** Its receipt: kept at once, it survives whatever happens to the envelopes after it. */
  readonly receipt: CheckedReceipt
}

/** What became of one event or file. */
export interface PushedRow {
  readonly path: string | null
  readonly eventId: string | null
  readonly code: string | null
  readonly outcome: AdmissionOutcome
  readonly refusal: { readonly code: string; readonly reason: Refusal['reason'] } | null
}

export interface PushResult {
  readonly rows: readonly PushedRow[]
  /** The hub's signed receipts, one an envelope: keep them. */
  readonly receipts: readonly CheckedReceipt[]
}

/** Pushes seal files. Files that are no seals are refused here and not sent; pushing the same files again changes nothing. */
export async function pushSeals({
  seals,
  ...options
}: PushOptions & { readonly seals: AsyncIterable<SealFile> | Iterable<SealFile> }): Promise<PushResult> {
  const unreadable: PushedRow[] = []
  const pushed = await pushEvents({ ...options, events: eventsOf(seals, unreadable) })
  return { ...pushed, rows: [...unreadable, ...pushed.rows] }
}

async function* eventsOf(
  seals: AsyncIterable<SealFile> | Iterable<SealFile>,
  unreadable: PushedRow[],
): AsyncGenerator<EventToPush> {
  for await (const file of seals) {
    try {
      yield { path: file.path, event: sealEvent(file) }
    } catch (error) {
      if (!(error instanceof HubError)) throw error
      const refusal = { code: error.code, reason: { zh: error.zh, en: error.en } }
      unreadable.push({ path: file.path, eventId: null, code: null, outcome: 'REFUSED', refusal })
    }
  }
}

/**
 * Pushes events in signed envelopes, one after another, each going on where the hub says the stream stands. A lost answer is asked for
 * again with the same bytes; what was taken in stays taken in when a later envelope fails.
 * @throws HubError with the hub's code when an envelope is refused whole; UNAVAILABLE when the hub does not answer; ENVELOPE_SIGNATURE or
 *   CONFLICT when its receipt is not right.
 */
export async function pushEvents({
  events,
  ...options
}: PushOptions & { readonly events: AsyncIterable<EventToPush> | Iterable<EventToPush> }): Promise<PushResult> {
  const rows: PushedRow[] = []
  const receipts: CheckedReceipt[] = []
  for await (const batch of batchesOf(events, options.batchSize)) {
    const receipt = await pushBatch(batch, options, options.hub ?? receipts[0]?.signedBy ?? null)
    const taken = receipt.content.rows.map(
      ({ row: _, ...row }, index): PushedRow => ({ ...row, path: batch[index]?.path ?? null }),
    )
    rows.push(...taken)
    receipts.push(receipt)
    options.onProgress?.({ done: rows.length, rows: taken, receipt })
  }
  return { rows, receipts }
}

/** When another sender used the stream in between, the envelope is made anew at the new position. */
const TIMES_OVERTAKEN = 3

async function pushBatch(batch: readonly EventToPush[], options: PushOptions, hub: string | null): Promise<CheckedReceipt> {
  for (let overtaken = 0; ; overtaken++) {
    try {
      return await pushOnce(batch, options, hub)
    } catch (error) {
      const isOvertaken = error instanceof HubError && (error.code === 'ENVELOPE_SEQUENCE' || error.code === 'REPLAY')
      if (!isOvertaken || overtaken === TIMES_OVERTAKEN) throw error
    }
  }
}

async function pushOnce(batch: readonly EventToPush[], options: PushOptions, hub: string | null): Promise<CheckedReceipt> {
  const { platform, stream = 'main', signer, now } = options
  const query = new URLSearchParams({ platform, stream })
  const position = (await reach(`/county/position?${query}`, null, options)) as { sequence: number; digest: string | null }
  const sequence = position.sequence + 1
  const header: EnvelopeHeader = {
    platform,
    stream,
    sequence,
    messageId: randomUUID(),
    createdAt: now(),
    previous: position.digest,
  }
  const lines = formatEnvelope(
    header,
    batch.map(({ event }) => event),
  )
  const answer = (await reach('/county/envelopes', await encodeSignedData(lines, signer), options)) as {
    receipt?: unknown
  } | null
  if (typeof answer?.receipt !== 'string') throw new HubError('UNREADABLE', '枢纽没有给出回执', 'the hub gave no receipt')
  const receipt = checkReceipt(Buffer.from(answer.receipt, 'base64'), header, sm3Hex(lines), hub)
  if (receipt.content.rows.length !== batch.length)
    throw new HubError('CONFLICT', '回执行数不符', 'the receipt has another number of rows')
  return receipt
}
