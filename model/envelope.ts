import type { DivisionCode } from './division-code.ts'
import type { HubErrorCode } from './error.ts'
import type { Bilingual } from './text.ts'
import type { Instant } from './time.ts'
import type { SealChangeKind, SealChangeReason } from './timeline.ts'

/** What a platform pushes: JSON Lines inside a GB/T 35275 SignedData. First line the header, then one event a line. */
export const ENVELOPE_FORMAT = 'sealhub-envelope-1'

/** Bounds on what a platform may push at once. */
export const ENVELOPE_LIMITS = {
  /** Bytes of the JSON Lines. */
  bytes: 10 * 1024 * 1024,
  /** Characters of one line: a seal of 1 MiB in base64 and room for the rest. */
  line: 1_500_000,
  events: 5_000,
  /** Bytes of the SignedData around the lines. */
  signedBytes: 11 * 1024 * 1024,
} as const

/** Where an envelope stands in its sender's stream. */
export interface EnvelopeHeader {
  readonly platform: string
  readonly stream: string
  /** From 1, one more than the envelope before. */
  readonly sequence: number
  /** Chosen by the sender, unique among all its envelopes. */
  readonly messageId: string
  /** By the sender's clock. */
  readonly createdAt: Instant
  /** SM3 over the lines of the envelope before it in the stream, lower-case hex; null for the first. */
  readonly previous: string | null
}

/** One change of one seal, as its platform tells it. */
export type EnvelopeEvent = SealRegistered | StatusChanged | Corrected

interface EventBase {
  /** Chosen by the sender, unique among all its events: the same id again is the same event. */
  readonly eventId: string
  /** The seal's code. */
  readonly code: string
  readonly effectiveAt: Instant
  /** When the origin made the event, by its own clock. */
  readonly originAt: Instant | null
}

/** A seal made or made anew: its data and who owns it. */
export interface SealRegistered extends EventBase {
  readonly type: 'SEAL_REGISTERED'
  /** Rises with every change of the data at the source. */
  readonly revision: number
  /** The `.esl`. */
  readonly seal: Uint8Array
  readonly owner: EnvelopeOwner | null
  /** The division that made and issued it, where that is not the one its code begins with. */
  readonly issuedBy: DivisionCode | null
}

export interface EnvelopeOwner {
  readonly name: string
  readonly creditCode: string | null
  readonly division: DivisionCode | null
}

/** Kinds of event that change nothing but the status. */
export type StatusChangeKind = Exclude<SealChangeKind, 'REGISTERED' | 'CORRECTED'>

export interface StatusChanged extends EventBase {
  readonly type: StatusChangeKind
  readonly reason: SealChangeReason | null
}

/** Voids an event the same platform told before. */
export interface Corrected extends EventBase {
  readonly type: 'CORRECTED'
  readonly reason: SealChangeReason | null
  readonly voids: string
}

/** One line after the header: an event, or why it is none. Rows count from 1. */
export type EnvelopeRow =
  | { readonly row: number; readonly event: EnvelopeEvent }
  | { readonly row: number; readonly eventId: string | null; readonly code: string | null; readonly refusal: Refusal }

export interface Refusal {
  readonly code: HubErrorCode
  readonly reason: Bilingual
}

/** Orders events of one effective moment: by envelope, then by row. */
export function eventSequence(sequence: number, row: number): number {
  return sequence * 10_000 + row
}
