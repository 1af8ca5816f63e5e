import type { CertificateFacts, FactCheck, PathFacts, SealFacts } from '../../../model/facts.ts'
import type { Instant } from '../../../model/time.ts'
import type { CertificatePurpose } from '../judge/certificate.ts'
import type { Conclusion } from '../judge/conclusion.ts'
import type { Evidence, Question } from '../judge/question.ts'
import { judgeCertificate, judgeSeal, judgeSignature } from '../judge.ts'

/** A decision as it is kept for asking what another policy would have said: question and evidence, without a name. */
export interface RecordedDecision {
  readonly subject: 'SEAL' | 'SIGNATURE' | 'CERTIFICATE'
  readonly mustBeRegistered: boolean
  readonly certificate: { readonly fingerprint: string; readonly purpose: CertificatePurpose } | null
  readonly question: Question
  readonly seal: SealFacts | null
  readonly paths: PathFacts | null
  readonly judgedAt: Instant
  readonly indication: Conclusion['indication']
  readonly subIndication: Conclusion['subIndication']
}

export type Judged = Pick<RecordedDecision, 'mustBeRegistered' | 'certificate'> & {
  readonly subject: RecordedDecision['subject']
  readonly evidence: Omit<Evidence, 'seal'> & { readonly seal?: Evidence['seal'] }
  readonly question: Question
  readonly conclusion: Conclusion
}

/** What is kept of a decision; null where evidence was refused, which no policy changes. */
export function recordOf({
  subject,
  mustBeRegistered,
  certificate,
  evidence,
  question,
  conclusion,
}: Judged): RecordedDecision | null {
  if (evidence.paths.refused !== null || (evidence.seal?.refused ?? null) !== null) return null
  const { indication, subIndication, asOf, knownAt } = conclusion
  return {
    subject,
    mustBeRegistered,
    certificate,
    question: { ...question, at: subject === 'SIGNATURE' ? question.at : asOf, knownAt, now: Math.max(question.now, knownAt) },
    seal: evidence.seal?.facts ? withoutNames(evidence.seal.facts) : null,
    paths: evidence.paths.facts && { certificates: evidence.paths.facts.certificates.map(unnamed) },
    judgedAt: Math.min(question.now, knownAt),
    indication,
    subIndication,
  }
}

/** Judges a decision again, by other policies. */
export function judgeAgain(
  { subject, mustBeRegistered, certificate, question, seal, paths }: RecordedDecision,
  world: Pick<Evidence, 'trust' | 'policies' | 'statusBound'>,
): Conclusion {
  const evidence = { ...world, seal: { facts: seal, refused: null }, paths: { facts: paths, refused: null } }
  if (subject === 'SEAL') return judgeSeal('', mustBeRegistered, evidence, question)
  if (subject === 'SIGNATURE') return judgeSignature('', evidence, question)
  return judgeCertificate(certificate?.fingerprint ?? '', certificate?.purpose ?? 'SEALING', evidence, question)
}

/** Names, codes and words are left out: the judge decides by digests, divisions, classes and times. */
function withoutNames(facts: SealFacts): SealFacts {
  return {
    ...facts,
    checks: facts.checks.map(bare),
    seal: facts.seal && { ...facts.seal, code: '', name: '' },
    registration: facts.registration && {
      ...facts.registration,
      platform: '',
      timeline: facts.registration.timeline.map((change) => ({ ...change, originAt: null })),
    },
  }
}

function unnamed(facts: CertificateFacts): CertificateFacts {
  return {
    ...facts,
    subject: '',
    issuer: '',
    serialNumber: '',
    paths: facts.paths.map((path) => ({ ...path, subjects: path.chain, checks: path.checks.map(bare) })),
    noPath: facts.noPath && { code: facts.noPath.code, detail: { zh: '', en: '' } },
  }
}

function bare({ check, outcome, format }: FactCheck): FactCheck {
  return { check, object: '', outcome, ...(format && { format }) }
}
