import type { Check } from '../../../model/check.ts'
import type { DivisionCode } from '../../../model/division-code.ts'
import type { Freshness } from '../../../model/freshness.ts'
import { type Indication, indicationOf, type SubIndication } from '../../../model/indication.ts'
import type { Bilingual } from '../../../model/text.ts'
import type { Instant } from '../../../model/time.ts'
import type { Use } from '../../../model/use.ts'
import type { Case } from './case.ts'
import type { CertificatePurpose } from './certificate.ts'
import type { EvidenceUsed } from './evidence-used.ts'
import { type Finding, inFull, inWords, weightOf } from './finding.ts'
import type { RevocationRequirement } from './question.ts'
import { decisive } from './severity.ts'

/** What the judge answers: ETSI EN 319 102-1's indication with every check behind it. The same evidence gives the same bytes. */
export interface Conclusion {
  readonly indication: Indication
  readonly subIndication: SubIndication | null
  /** One sentence for people. */
  readonly summary: Bilingual
  /** Why it does not pass, and on which object, in a few words; null when it does. */
  readonly reason: Bilingual | null
  readonly because: readonly Check[]
  readonly reliedOnIn: DivisionCode
  readonly asOf: Instant
  readonly knownAt: Instant
  readonly freshness: Freshness
  readonly policy: PolicyReference
  readonly evidence: EvidenceUsed
  readonly question: AskedQuestion
}

/** What was asked, as far as the answer does not say it already. */
export interface AskedQuestion {
  readonly subject: 'SEAL' | 'SIGNATURE' | 'CERTIFICATE' | 'DOCUMENT'
  /** Code of a registered seal, digest of a file or signature, fingerprint of a certificate. */
  readonly id: string
  readonly certificatePurpose: CertificatePurpose | null
  readonly at: Instant | null
  readonly knownAt: Instant | null
  readonly use: Use
}

/** By which policy, and how strictly, it was judged. */
export interface PolicyReference {
  readonly id: string
  readonly version: string
  readonly digest: string
  readonly revocation: RevocationRequirement
}

/** What stands behind the findings, put together when it is read. */
export interface Grounds {
  readonly question: AskedQuestion
  readonly freshness: () => Freshness
  readonly evidence: (findings: readonly Finding[]) => EvidenceUsed
}

/**
 * Concludes from everything gathered; without any finding nothing was looked at, which passes nothing. What is only read by
 * people is put into words when it is read.
 */
export function conclude(matter: Case, object: Bilingual, findings: readonly Finding[], grounds: Grounds): Conclusion {
  return new ToldWhenRead(matter, object, findings, grounds)
}

class ToldWhenRead implements Conclusion {
  readonly indication: Indication
  readonly subIndication: SubIndication | null
  readonly #matter: Case
  readonly #object: Bilingual
  readonly #findings: readonly Finding[]
  readonly #grounds: Grounds
  readonly #worst: Finding | null
  #because: readonly Check[] | null = null
  #evidence: EvidenceUsed | null = null

  constructor(matter: Case, object: Bilingual, findings: readonly Finding[], grounds: Grounds) {
    this.#matter = matter
    this.#object = object
    this.#findings = findings
    this.#grounds = grounds
    this.#worst = decisive(findings)
    this.subIndication = findings.length === 0 ? 'TRY_LATER' : this.#worst && weightOf(this.#worst)
    this.indication = this.subIndication === null ? 'TOTAL_PASSED' : indicationOf(this.subIndication)
  }

  get summary(): Bilingual {
    return summaryOf(this.#matter, this.indication, this.#object, this.reason)
  }

  get reason(): Bilingual | null {
    return this.#worst && reasonOf(inWords(this.#worst))
  }

  get because(): readonly Check[] {
    this.#because ??= eachOnce(this.#findings).map(inWords)
    return this.#because
  }

  get reliedOnIn(): DivisionCode {
    return this.#matter.reliedOnIn
  }

  get asOf(): Instant {
    return this.#matter.asOf
  }

  get knownAt(): Instant {
    return this.#matter.knownAt
  }

  get freshness(): Freshness {
    return this.#grounds.freshness()
  }

  get policy(): PolicyReference {
    const { id, version, digest } = this.#matter.policy
    return { id, version, digest, revocation: this.#matter.revocation }
  }

  get evidence(): EvidenceUsed {
    this.#evidence ??= this.#grounds.evidence(this.#findings)
    return this.#evidence
  }

  get question(): AskedQuestion {
    return this.#grounds.question
  }
}

/** Everything a conclusion says, put into words. */
export function readInFull(conclusion: Conclusion): Conclusion {
  const {
    indication,
    subIndication,
    summary,
    reason,
    because,
    reliedOnIn,
    asOf,
    knownAt,
    freshness,
    policy,
    evidence,
    question,
  } = conclusion
  return { indication, subIndication, summary, reason, because, reliedOnIn, asOf, knownAt, freshness, policy, evidence, question }
}

/** Maker and signer often share a path: what is the same of both is told once. */
function eachOnce(findings: readonly Finding[]): readonly Finding[] {
  const byCheck = new Map<string, Finding[]>()
  return findings.filter((finding) => {
    const told = byCheck.get(finding.check)
    if (told?.some((other) => isSame(other, finding))) return false
    if (told) told.push(finding)
    else byCheck.set(finding.check, [finding])
    return true
  })
}

function isSame(a: Finding, b: Finding): boolean {
  return (
    a.object === b.object && a.outcome === b.outcome && a.weighs === b.weighs && inFull(a.detail)?.en === inFull(b.detail)?.en
  )
}

const VERDICTS: Readonly<Record<Indication, (object: Bilingual, reliedOnIn: DivisionCode) => Bilingual>> = {
  TOTAL_PASSED: (object, reliedOnIn) => ({
    zh: `${object.zh} 在 ${reliedOnIn} 可以采信`,
    en: `${object.en} may be relied on in ${reliedOnIn}`,
  }),
  INDETERMINATE: (object, reliedOnIn) => ({
    zh: `不能断定 ${object.zh} 在 ${reliedOnIn} 可否采信`,
    en: `it cannot be decided whether ${object.en} may be relied on in ${reliedOnIn}`,
  }),
  TOTAL_FAILED: (object, reliedOnIn) => ({
    zh: `${object.zh} 在 ${reliedOnIn} 不可采信`,
    en: `${object.en} must not be relied on in ${reliedOnIn}`,
  }),
}

function reasonOf({ explanation: { zh, en }, object }: Check): Bilingual {
  return { zh: `${zh}（${object}）`, en: `${en} (${object})` }
}

function summaryOf({ reliedOnIn }: Case, indication: Indication, object: Bilingual, reason: Bilingual | null): Bilingual {
  const { zh, en } = VERDICTS[indication](object, reliedOnIn)
  if (!reason) return { zh: `${zh}。`, en: `${en}.` }
  return { zh: `${zh}：${reason.zh}。`, en: `${en}: ${reason.en}.` }
}
