import type { DivisionCode } from '../../../model/division-code.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import type { Instant } from '../../../model/time.ts'
import type { AdministrationRecords } from '../administration/administration.ts'
import type { SourceMemory } from '../lists/fetch-source.ts'
import type { DecisionStore } from '../questions/what-if-keeper.ts'
import type { Agreement, AgreementStatement } from '../recognition/agreement.ts'
import type { ReportStore } from '../reports/store.ts'
import type { NamedStatement, TrustService, TrustStatement } from '../service.ts'

/** A signed list, taken in from its operator or published by this hub itself. */
export interface ListHead {
  readonly territory: DivisionCode
  readonly sequence: number
  readonly own: boolean
  readonly issuedAt: Instant
  readonly nextUpdate: Instant
  /** SM3 of the bytes, lower-case hex. */
  readonly digest: string
  /** Certificate it was signed with; null where that was not written down yet. */
  readonly signer: Fingerprint | null
}

export interface HeldList extends ListHead {
  /** Known to this hub since this moment. */
  readonly recordedAt: Instant
}

/** A signed list with its bytes, as received or sent. */
export interface NewList extends ListHead {
  readonly bytes: Uint8Array
}

export interface TrustReader {
  /** Every statement ever recorded, oldest first. */
  readonly statements: () => Promise<readonly TrustService[]>
  /** Every list ever taken in or published, oldest first. */
  readonly lists: () => Promise<readonly HeldList[]>
  /** Every statement ever recorded on agreements, oldest first. */
  readonly agreements: () => Promise<readonly Agreement[]>
  /** The bytes of a list; null when it is not held. */
  readonly listBytes: (list: Pick<ListHead, 'territory' | 'sequence' | 'own'>) => Promise<Uint8Array | null>
}

/** Statements and lists are only ever added. */
export interface TrustStore extends TrustReader, AdministrationRecords {
  /**
   * Records all statements or none, durable once resolved, with one `recordedAt` given inside the commit that is later than
   * that of every commit before. A statement that says what the newest one of its service says already is not recorded again:
   * null stands in its place. The answer has the order of `statements`.
   * @param statements at most one of each service.
   */
  readonly record: (statements: readonly TrustStatement[], now: Instant) => Promise<readonly (TrustService | null)[]>
  /**
   * Records a list with what it says anew, all of it in one commit and under one `recordedAt`; others have their turn while it is
   * made ready. Resolves to null, changing nothing, when a list of this territory with the same or a higher sequence is held
   * already. One at a time.
   * @param statements what is to be recorded as it stands: the caller has left out what the lists say already.
   */
  readonly recordList: (list: NewList, statements: readonly NamedStatement[], now: Instant) => Promise<HeldList | null>
  /**
   * Records what is said of an agreement, as `record` does. Resolves to null, changing nothing, when the newest statement on it
   * has the same end already.
   */
  readonly recordAgreement: (statement: AgreementStatement, now: Instant) => Promise<Agreement | null>
  /** What was last taken in from every source of lists. */
  readonly sources: () => Promise<readonly SourceMemory[]>
  /** Replaces what is remembered of a source. Losing it costs a download, nothing else. */
  readonly rememberSource: (source: SourceMemory) => Promise<void>
  readonly close: () => void
}

/** Everything this room keeps: trust, and what is reported to its administrator. */
export interface TrustRecords extends TrustStore {
  readonly reports: ReportStore
  readonly decisions: DecisionStore
}
