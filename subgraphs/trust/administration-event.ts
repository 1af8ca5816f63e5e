import type { Instant } from '../../model/time.ts'

/** What can happen to trust by hand: a change proposed, approved (and done), turned down, or done by the operator alone. */
export const ADMINISTRATION_EVENTS = ['PROPOSED', 'APPROVED', 'REJECTED', 'DONE_DIRECTLY'] as const

export type AdministrationEventKind = (typeof ADMINISTRATION_EVENTS)[number]

/** Who did what to trust, when and why. Never changed or deleted. */
export interface AdministrationEvent {
  readonly sequence: number
  readonly recordedAt: Instant
  readonly kind: AdministrationEventKind
  /** Id of the proposal, or of the act done directly. */
  readonly subject: string
  /** Caller id. */
  readonly by: string
  readonly why: string
  /** SM3 of the evidence, lower-case hex. */
  readonly evidenceDigest: string | null
  /** What is to change, as canonical JSON: on the first event of a subject. */
  readonly change: string | null
}
