import type { Instant } from '../../../model/time.ts'
import type { TrustServiceInput } from '../lists/row.ts'
import type { AgreementInput } from '../recognition/agreement-input.ts'

/** What can happen to a change of trust: proposed, approved, done; turned down; or done by one person alone. */
export const ADMINISTRATION_EVENTS = ['PROPOSED', 'APPROVED', 'DONE', 'REJECTED', 'DONE_DIRECTLY'] as const

export type AdministrationEventKind = (typeof ADMINISTRATION_EVENTS)[number]

/** Changes of trust that two people make together. */
export type Change =
  | { readonly kind: 'TRUST_SERVICES'; readonly services: readonly TrustServiceInput[] }
  | { readonly kind: 'ENACT_AGREEMENT'; readonly agreement: AgreementInput }
  | { readonly kind: 'REPEAL_AGREEMENT'; readonly id: string; readonly from: Instant; readonly reason: string }
  | {
      readonly kind: 'ADD_ADMINISTRATOR'
      readonly name: string /** SM3 of the token, lower-case hex. */
      readonly tokenDigest: string
    }
  | { readonly kind: 'REMOVE_ADMINISTRATOR'; readonly name: string }

/** What is to be written down; the store adds its place and its moment. */
export interface NewAdministrationEvent {
  readonly kind: AdministrationEventKind
  /** Id of the proposal, or of the act done directly. */
  readonly subject: string
  /** Caller id. */
  readonly by: string
  readonly why: string
  /** SM3 of the evidence, lower-case hex. */
  readonly evidenceDigest: string | null
  /** On the first event of a subject. */
  readonly change: Change | null
}

/** Who did what to trust, when and why. Never changed or deleted. */
export interface AdministrationEvent extends NewAdministrationEvent {
  readonly sequence: number
  readonly recordedAt: Instant
}
