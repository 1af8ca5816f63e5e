import type { DivisionCode } from '../../../model/division-code.ts'
import { HubError } from '../../../model/error.ts'
import type { PathFacts, SealFacts } from '../../../model/facts.ts'
import type { Policies } from '../../../model/policy.ts'
import type { Bilingual } from '../../../model/text.ts'
import type { Instant } from '../../../model/time.ts'
import type { Use } from '../../../model/use.ts'
import type { TrustSnapshot } from '../snapshot.ts'

/** REQUIRED: an unknown revocation gives TRY_LATER. OPTIONAL: it gives a note; a revocation known always counts. */
export type RevocationRequirement = 'REQUIRED' | 'OPTIONAL'

/** What is asked of the judge. */
export interface Question {
  /** Where it is to be relied on. */
  readonly reliedOnIn: DivisionCode
  /** Null: the claimed signing time for a signature, the present for everything else. */
  readonly at: Instant | null
  /** Answer by what the hub knew then; null: now. */
  readonly knownAt: Instant | null
  readonly now: Instant
  /** Null: what the policy of the relying division demands. */
  readonly revocation: RevocationRequirement | null
  /** What it is relied on for, and how. */
  readonly use: Use
}

/** Facts as another room sent them: there, not there, or refused with the reason. */
export interface Received<Facts> {
  readonly facts: Facts | null
  readonly refused: Bilingual | null
}

/** What the judge judges by; the snapshot and the policies stay the same from beginning to end. */
export interface Evidence {
  readonly seal: Received<SealFacts>
  readonly paths: Received<PathFacts>
  readonly trust: TrustSnapshot
  readonly policies: Policies
  /** For how long a platform may be silent before its last word counts as stale, in milliseconds. */
  readonly statusBound: number
}

/** Facts that arrived, or null for those that did not. */
export function received<Facts>(facts: Facts | null): Received<Facts> {
  return { facts, refused: null }
}

/**
 * The present of a question: the moment of knowledge asked about, or now.
 * @throws HubError BAD_INPUT when it lies in the future: nobody can answer by what is not known yet.
 */
export function presentOf({ knownAt, now }: Question): Instant {
  if (knownAt !== null && knownAt > now) throw new HubError('BAD_INPUT', 'knownAt 在未来', 'knownAt lies in the future')
  return knownAt ?? now
}
