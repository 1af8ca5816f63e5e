import type { Rule } from '../../model/check.ts'
import { type DivisionCode, NATION } from '../../model/division-code.ts'
import type { Policy } from '../../model/policy.ts'
import type { SealClass } from '../../model/seal.ts'
import type { Instant } from '../../model/time.ts'
import { GENERAL_USE, type Use } from '../../model/use.ts'
import { type Agreement, type Unmet, unmetTerm } from './recognition/agreement.ts'

export const SEAL_CLASSES: readonly SealClass[] = ['PUBLIC', 'POSITION', 'PRIVATE', 'UNKNOWN']

/** Whether seals of a class and division are to be relied on in another, and for what. */
export interface RecognitionQuestion {
  readonly sealClass: SealClass
  /** Null when the issuing division is unknown: it is then nobody's own. */
  readonly issuedIn: DivisionCode | null
  readonly reliedOnIn: DivisionCode
  readonly use: Use
  /** Whether the signer's authority is listed as an e-government certification body; null when nobody can tell. */
  readonly governmentCa: boolean | null
  readonly at: Instant
}

/** OWN: within one lineage of divisions. DEFAULT: the policy accepts the class from everywhere. AGREEMENT: an agreement does. NONE: nothing does. */
export type RecognitionBasis = 'OWN' | 'DEFAULT' | 'AGREEMENT' | 'NONE'

export interface Recognition {
  readonly question: RecognitionQuestion
  readonly recognised: boolean
  readonly basis: RecognitionBasis
  readonly rule: Rule
  /** The agreement it stands on; where it is not recognised, the one that came nearest; null when none speaks of it. */
  readonly agreement: Agreement | null
  /** What the agreement that came nearest still lacks. */
  readonly unmet: Unmet | null
}

/**
 * Recognition by the policy of the relying division and by the agreements between the two: its own seals; from elsewhere the
 * classes the policy names; beyond that what an agreement grants. Agreements only ever add, so that a narrower one never widens.
 * A class nobody could tell is accepted in its own jurisdiction only. For a purpose the policy does not speak of (tax, finance)
 * nothing but an agreement counts, at home too.
 * @param agreements finds those between the two divisions, as known at the moment of knowledge; asked only where needed.
 */
export function recognise(
  policy: Policy,
  question: RecognitionQuestion,
  agreements: () => readonly Agreement[] = () => [],
): Recognition {
  const { fromElsewhere, purposes, rule } = policy.rules.recognition
  const { sealClass, issuedIn, reliedOnIn, use } = question
  const spokenOf = use.purpose === null || purposes.includes(use.purpose)
  const none = { question, rule, agreement: null, unmet: null }
  if (spokenOf && issuedIn !== null && isOwnJurisdiction(issuedIn, reliedOnIn)) return { ...none, recognised: true, basis: 'OWN' }
  if (spokenOf && sealClass !== 'UNKNOWN' && fromElsewhere.includes(sealClass))
    return { ...none, recognised: true, basis: 'DEFAULT' }
  const [nearest] = agreements()
    .map((agreement) => ({ agreement, unmet: unmetTerm(agreement, question) }))
    .sort(nearestFirst)
  if (!nearest) return { ...none, recognised: false, basis: 'NONE' }
  const { agreement, unmet } = nearest
  const recognised = unmet === null && sealClass !== 'UNKNOWN'
  return {
    question,
    recognised,
    basis: recognised ? 'AGREEMENT' : 'NONE',
    rule: recognised ? ruleOf(agreement) : rule,
    agreement,
    unmet,
  }
}

const NEARNESS: readonly (Unmet | null)[] = [null, 'CA_KIND', 'ASSURANCE', 'NETWORK', 'TIME', 'PURPOSE', 'CLASS']

interface Candidate {
  readonly agreement: Agreement
  readonly unmet: Unmet | null
}

function nearestFirst(a: Candidate, b: Candidate): number {
  return NEARNESS.indexOf(a.unmet) - NEARNESS.indexOf(b.unmet) || (a.agreement.id < b.agreement.id ? -1 : 1)
}

/** An agreement is its own source; its article is the clause. */
export function ruleOf({ reliedOnIn, issuedIn, article }: Agreement): Rule {
  return {
    source: { zh: `互认约定 ${reliedOnIn} ← ${issuedIn}`, en: `agreement of ${reliedOnIn} on seals of ${issuedIn}` },
    clause: article,
  }
}

/** Whether one division lies above the other in one lineage. The nation is nobody's own but its own: all provinces meet there. */
export function isOwnJurisdiction(issuedIn: DivisionCode, reliedOnIn: DivisionCode): boolean {
  if (issuedIn === reliedOnIn) return true
  if (issuedIn === NATION || reliedOnIn === NATION) return false
  return isAbove(issuedIn, reliedOnIn) || isAbove(reliedOnIn, issuedIn)
}

function isAbove(division: DivisionCode, other: DivisionCode): boolean {
  return division === `${other.slice(0, 4)}00` || division === `${other.slice(0, 2)}0000`
}

/** General use of a class of seals, at a moment. */
export function generalQuestion(
  sealClass: SealClass,
  issuedIn: DivisionCode | null,
  reliedOnIn: DivisionCode,
  at: Instant,
): RecognitionQuestion {
  return { sealClass, issuedIn, reliedOnIn, use: GENERAL_USE, governmentCa: null, at }
}
