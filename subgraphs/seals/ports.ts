import type { DivisionCode, DivisionScope } from '../../model/division-code.ts'
import type { EnvelopeHeader } from '../../model/envelope.ts'
import type { Contact, Fingerprint } from '../../model/facts.ts'
import type { ReceiptRow } from '../../model/receipt.ts'
import type { SealClass, SealFormat, SealKind } from '../../model/seal.ts'
import type { Instant, Span } from '../../model/time.ts'
import type { SealChange, SealChangeKind, SealChangeReason } from '../../model/timeline.ts'
import type { NamedCertificate } from './named-certificates.ts'
import type { ImpactReader } from './seal-impact.ts'

/** The newest descriptive data of a seal, as its platform registered it. */
export interface SealRecord {
  readonly code: string
  /** The platform that registered it, and the only one that may speak of it. */
  readonly platform: string
  /** The division in whose name it was issued. */
  readonly division: DivisionCode
  readonly name: string
  readonly class: SealClass
  readonly kind: SealKind
  readonly typeCode: number
  readonly format: SealFormat
  readonly owner: { readonly name: string; readonly creditCode: string | null; readonly division: DivisionCode | null } | null
  readonly revision: number
  /** SM3 over all that a revision describes: the same revision with another digest is a conflict. */
  readonly contentDigest: string
  /** SM3 over the `.esl`. */
  readonly sealDigest: string
  readonly createdAt: Instant
  readonly validity: Span
  readonly registeredAt: Instant
  readonly makerFingerprint: Fingerprint
  readonly signerFingerprint: Fingerprint | null
}

/** A seal with everything that is known of its status. */
export interface RegisteredSeal {
  readonly record: SealRecord
  readonly timeline: readonly SealChange[]
  /** SM3 of every seal data ever registered under the code. */
  readonly sealDigests: readonly string[]
  /** When its platform was last heard. */
  readonly heardAt: Instant | null
  /** How its platform was heard before; left out by a store that does not keep it. */
  readonly contact?: Contact
}

/** A change as published: 状态公示. */
export interface Notice {
  readonly record: SealRecord
  readonly eventId: string
  readonly kind: SealChangeKind
  readonly reason: SealChangeReason | null
  readonly effectiveAt: Instant
  readonly publishedAt: Instant
}

export interface SealQuery {
  readonly scope: DivisionScope
  readonly platform: string | null
  /** Only seals after this one, in the order of (division, code). */
  readonly after: { readonly division: DivisionCode; readonly code: string } | null
  readonly limit: number
}

export interface NoticeQuery {
  readonly since: Instant | null
  /** Only notices before this one, newest first. */
  readonly before: { readonly publishedAt: Instant; readonly row: number } | null
  readonly limit: number
}

export interface SealReader {
  /** The registered seals among the codes, each once; unknown codes are left out. At most 500 codes. */
  seals(codes: readonly string[]): Promise<ReadonlyMap<string, RegisteredSeal>>
  /** Registered seals in the order of (division, code). */
  page(query: SealQuery): Promise<readonly RegisteredSeal[]>
  /** Published changes, newest first. `row` tells apart the notices of one moment. */
  notices(query: NoticeQuery): Promise<readonly (Notice & { readonly row: number })[]>
  /** Bytes once received, by their SM3; null when not held. */
  original(digest: string): Promise<Uint8Array | null>
  /** When the digest was first recorded; null when it never was. */
  firstSeen(digest: string): Promise<Instant | null>
  /** The last envelope of a stream; null for a new stream. */
  position(platform: string, stream: string): Promise<StreamPosition | null>
}

export interface StreamPosition {
  readonly sequence: number
  /** SM3 over the lines of the last envelope. */
  readonly digest: string
  readonly recordedAt: Instant
}

/** An event with its place in a platform's stream; `digest` is SM3 over its line. */
export interface StoredEvent {
  readonly code: string
  readonly digest: string
  readonly change: SealChange
}

/** An envelope taken in. */
export interface StoredEnvelope {
  readonly header: EnvelopeHeader
  /** SM3 over the lines. */
  readonly digest: string
  readonly recordedAt: Instant
  readonly rows: readonly ReceiptRow[]
  /** The signed receipt; null when the hub stopped between the commit and the signature. */
  readonly receipt: Uint8Array | null
}

/** What one envelope changes. `recordedAt` is not in it: it is given inside the commit. */
export interface Commit {
  readonly header: EnvelopeHeader
  readonly digest: string
  /** The SignedData as received. */
  readonly bytes: Uint8Array
  readonly rows: readonly ReceiptRow[]
  readonly seals: readonly SealWrite[]
  readonly events: readonly EventWrite[]
  /** Seal data received, by digest. */
  readonly originals: ReadonlyMap<string, Uint8Array>
}

/** New descriptive data, written only if the seal still stands at the revision that was read; null: not registered yet. */
export interface SealWrite {
  readonly record: Omit<SealRecord, 'registeredAt'>
  readonly replaces: number | null
  /** The maker's certificate and the listed signers', as the new data names them. */
  readonly certificates: readonly NamedCertificate[]
}

/** A seal taken in by an older version, whose certificates were never written down. */
export type UnreadSeal = Pick<SealRecord, 'code' | 'sealDigest' | 'makerFingerprint' | 'signerFingerprint'>

export interface EventWrite {
  readonly platform: string
  readonly code: string
  readonly digest: string
  readonly change: Omit<SealChange, 'recordedAt'>
  /** Whether the change is published. */
  readonly published: boolean
}

/** MOVED: something the commit was computed from has changed meanwhile; nothing was written, compute it again. */
export type AppendResult = { readonly outcome: 'APPENDED'; readonly recordedAt: Instant } | { readonly outcome: 'MOVED' }

export interface SealStore extends SealReader, ImpactReader {
  /**
   * Appends all of an envelope or nothing; durable once resolved. All of it gets one `recordedAt`: not before `now`, and later than
   * every commit before it. An event, message or position that is there already is never written again: the commit has MOVED.
   */
  append(commit: Commit, now: Instant): Promise<AppendResult>
  /** The envelope taken in at that position of a stream or under that message id; null when neither is taken. */
  envelope(platform: string, stream: string, sequence: number, messageId: string): Promise<StoredEnvelope | null>
  /** The events of a platform by their ids; unknown ids are left out. */
  events(platform: string, ids: readonly string[]): Promise<ReadonlyMap<string, StoredEvent>>
  /** Keeps the signed receipt of an envelope, unless one is kept already. Returns the one kept. */
  keepReceipt(header: EnvelopeHeader, receipt: Uint8Array): Promise<Uint8Array>
  /**
   * Records that a digest was seen now, unless it was before, and returns when it first was. Null when `limit` digests are recorded:
   * nothing is ever dropped to make room, the oldest proof being the most valuable.
   */
  see(digest: string, now: Instant, limit: number): Promise<Instant | null>
  /** At most `limit` seals whose certificates are still to be read, in order of their codes. */
  unreadSeals(limit: number): Promise<readonly UnreadSeal[]>
  /** Writes down what was read, all or nothing; seals that were registered anew meanwhile are left as they are. */
  keepCertificates(read: ReadonlyMap<string, readonly NamedCertificate[]>): Promise<void>
  close(): Promise<void>
}
