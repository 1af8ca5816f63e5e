import { createHash } from 'node:crypto'
import type { DivisionCode } from '../../../model/division-code.ts'
import type { SealClass } from '../../../model/seal.ts'
import { holds, type Instant, type Span } from '../../../model/time.ts'
import { GENERAL_PURPOSES, type NetworkZone, type Purpose, type Use } from '../../../model/use.ts'

/** 互认约定: whose seals are accepted where, which, for what and under which conditions. */
export interface AgreementTerms {
  readonly reliedOnIn: DivisionCode
  readonly issuedIn: DivisionCode
  readonly classes: readonly SealClass[]
  /** Empty: general use, which never includes tax and finance: these have to be named. */
  readonly purposes: readonly Purpose[]
  /** Networks it may be relied on over; empty: any. */
  readonly networks: readonly NetworkZone[]
  /** Least level of 等级保护 of the system that relies on it; null: any. */
  readonly assurance: number | null
  /** Whether the signer's certificate must come from an e-government certification body (国办 12). */
  readonly governmentCa: boolean
}

/** What is said of an agreement. Repealing it is a statement with an end. */
export interface AgreementStatement extends AgreementTerms {
  readonly span: Span
  /** The article it stands on, as written: `豫藏互认备忘录 3`. */
  readonly article: string
  /** Why it was repealed, for the record. */
  readonly reason: string | null
  /** Who stated it. */
  readonly by: string
}

/** A statement as recorded: an event that is never changed or deleted. The newest one known of an agreement is what counts. */
export interface Agreement extends AgreementStatement {
  readonly id: string
  readonly recordedAt: Instant
}

/** The id of an agreement: its terms and when it was enacted. The same terms enacted again later are another agreement. */
export function agreementId({ span, ...terms }: AgreementTerms & { readonly span: Span }): string {
  const { reliedOnIn, issuedIn, classes, purposes, networks, assurance, governmentCa } = terms
  const sets = [classes, purposes, networks].map((words) => [...words].sort().join())
  const key = [reliedOnIn, issuedIn, ...sets, assurance ?? '', governmentCa, span.from].join('\n')
  return createHash('sm3').update(key).digest('hex').slice(0, 32)
}

/** The circumstances an agreement is looked up for. */
export interface AgreementQuestion {
  readonly sealClass: SealClass
  readonly use: Use
  /** Whether the signer's authority is listed as an e-government certification body; null when nobody can tell. */
  readonly governmentCa: boolean | null
  readonly at: Instant
}

/** What keeps an agreement from applying. */
export type Unmet = 'TIME' | 'CLASS' | 'PURPOSE' | 'NETWORK' | 'ASSURANCE' | 'CA_KIND'

/** The first of its terms that is not met; null when it applies. What nobody says meets no condition. */
export function unmetTerm(agreement: AgreementStatement, { sealClass, use, governmentCa, at }: AgreementQuestion): Unmet | null {
  if (!agreement.classes.includes(sealClass)) return 'CLASS'
  if (!isForPurpose(agreement, use.purpose)) return 'PURPOSE'
  if (!holds(agreement.span, at)) return 'TIME'
  if (agreement.networks.length > 0 && (use.network === null || !agreement.networks.includes(use.network))) return 'NETWORK'
  if (agreement.assurance !== null && (use.assurance === null || use.assurance < agreement.assurance)) return 'ASSURANCE'
  return agreement.governmentCa && governmentCa !== true ? 'CA_KIND' : null
}

function isForPurpose({ purposes }: AgreementTerms, purpose: Purpose | null): boolean {
  if (purposes.length === 0) return purpose === null || GENERAL_PURPOSES.includes(purpose)
  return purpose !== null && purposes.includes(purpose)
}
