import type { CheckOutcome } from '../../../model/check.ts'
import type { DocumentFacts } from '../../../model/facts.ts'
import type { Freshness } from '../../../model/freshness.ts'
import type { Indication } from '../../../model/indication.ts'
import type { Instant } from '../../../model/time.ts'
import { type Case, caseOf } from './case.ts'
import { type Conclusion, conclude } from './conclusion.ts'
import { type EvidenceUsed, evidenceUsed, unitedEvidence } from './evidence-used.ts'
import { type Finding, weightOf } from './finding.ts'
import { NO_SOURCE, worse } from './freshness.ts'
import { type Evidence, presentOf, type Question, type Received } from './question.ts'

/** What a document is judged by: what it tells as a whole, and the conclusion on each of its signatures, by id. */
export interface DocumentEvidence extends Pick<Evidence, 'trust' | 'policies' | 'statusBound'> {
  readonly document: Received<DocumentFacts>
  readonly signatures: ReadonlyMap<string, Conclusion>
}

/**
 * Whether a document may be relied on: it is what it seems to be, it is signed, and every one of its signatures may be. The worst
 * decides; no number of good signatures outweighs a bad one.
 * @param id the document, for people.
 * @throws HubError BAD_INPUT when `knownAt` lies in the future.
 */
export function judgeDocument(id: string, evidence: DocumentEvidence, question: Question): Conclusion {
  const { facts } = evidence.document
  const judged = (facts?.signatures ?? []).map((listed) => ({
    ...listed,
    conclusion: evidence.signatures.get(listed.id) ?? null,
  }))
  const conclusions = judged.map(({ conclusion }) => conclusion).filter((conclusion) => conclusion !== null)
  const asOf = question.at ?? latest(conclusions.map((conclusion) => conclusion.asOf)) ?? presentOf(question)
  const settled = caseOf({ ...evidence, seal: NOTHING, paths: NOTHING }, question, [asOf], asOf)
  const matter = { ...settled, knownAt: Math.max(settled.knownAt, ...conclusions.map(({ knownAt }) => knownAt)) }
  const findings = [
    ...arrivalOf(evidence.document),
    ...(facts?.checks ?? []),
    ...(facts === null ? [] : signedAtAll(facts)),
    ...judged.map(({ label, conclusion }) => signatureFinding(`signature ${label}`, conclusion)),
  ]
  return conclude(matter, { zh: `文件 ${id.slice(0, 16)}`, en: `document ${id.slice(0, 16)}` }, findings, {
    question: {
      subject: 'DOCUMENT',
      id,
      certificatePurpose: null,
      at: question.at,
      knownAt: question.knownAt,
      use: question.use,
    },
    freshness: () => freshnessOf(conclusions),
    evidence: (told) => documentEvidence(matter, told, facts, conclusions),
  })
}

function documentEvidence(
  matter: Case,
  findings: readonly Finding[],
  facts: DocumentFacts | null,
  conclusions: readonly Conclusion[],
): EvidenceUsed {
  const own = evidenceUsed(matter, findings, null, [])
  const sources = facts === null ? own.sources : [...own.sources, { kind: 'DOCUMENT', digest: facts.digest } as const]
  return unitedEvidence(
    { ...own, sources },
    conclusions.map(({ evidence }) => evidence),
  )
}

const NOTHING = { facts: null, refused: null }

/** Evidence that did not arrive is unknown, evidence that was refused has failed. */
function arrivalOf({ facts, refused }: Received<DocumentFacts>): readonly Finding[] {
  if (facts !== null) return []
  const check = 'DOCUMENT_EVIDENCE'
  return [{ check, object: 'document', outcome: refused === null ? 'UNKNOWN' : 'FAILED', ...(refused && { detail: refused }) }]
}

/** Whatever the file is said to be, one without a signature passes nothing, and neither does one that nobody says is signed. */
function signedAtAll({ checks, signatures }: DocumentFacts): readonly Finding[] {
  const signed = checks.filter(({ check }) => check === 'DOCUMENT_SIGNED')
  if (signatures.length > 0 && signed.some(({ outcome }) => outcome === 'PASSED')) return []
  const isTold = checks.some(({ outcome }) => outcome === 'FAILED') || signed.some((check) => weightOf(check) !== null)
  return isTold ? [] : [{ check: 'DOCUMENT_SIGNED', object: 'document', outcome: 'UNKNOWN' }]
}

const OUTCOMES: Readonly<Record<Indication, CheckOutcome>> = {
  TOTAL_PASSED: 'PASSED',
  INDETERMINATE: 'UNKNOWN',
  TOTAL_FAILED: 'FAILED',
}

/** A signature weighs what its own conclusion says; one without a conclusion is a doubt, never a signature less. */
function signatureFinding(object: string, conclusion: Conclusion | null): Finding {
  const check = 'SIGNATURE_CONCLUSION'
  if (conclusion === null) return { check, object, outcome: 'UNKNOWN' }
  const { indication, subIndication, reason } = conclusion
  return {
    check,
    object,
    outcome: OUTCOMES[indication],
    ...(reason && { detail: reason }),
    ...(subIndication && { weighs: subIndication }),
  }
}

function freshnessOf(conclusions: readonly Conclusion[]): Freshness {
  const [first, ...others] = conclusions.map(({ freshness }) => freshness)
  return first === undefined ? { kind: 'UNKNOWN', reason: NO_SOURCE } : others.reduce(worse, first)
}

function latest(moments: readonly Instant[]): Instant | null {
  return moments.length === 0 ? null : Math.max(...moments)
}
