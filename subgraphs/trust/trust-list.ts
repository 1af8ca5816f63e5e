import type { DivisionCode } from '../../model/division-code.ts'
import type { Instant } from '../../model/time.ts'
import type { TrustStatement } from './service.ts'

export { decodeTrustList } from './lists/decoding.ts'
export { encodeTrustList } from './lists/encoding.ts'

/** A list of trusted entities as data: who says what is trusted in a territory, and until when this word is good. */
export interface TrustList {
  readonly territory: DivisionCode
  readonly operator: string
  readonly sequence: number
  readonly issuedAt: Instant
  readonly nextUpdate: Instant
  /** Entities, and as LIST_OPERATOR the operators of other lists and of this one. */
  readonly statements: readonly TrustStatement[]
  /** Where the last list of each key before this one is, oldest first; relative to where this list is. */
  readonly pivots?: readonly string[]
}
