import type { DocumentFacts, PathFacts, SealFacts } from '../../../model/facts.ts'
import type { Instant } from '../../../model/time.ts'
import type { CertificatePurpose } from '../judge/certificate.ts'
import type { Conclusion } from '../judge/conclusion.ts'
import { judgeDocument } from '../judge/document.ts'
import { type Evidence, type Question, type Received, received } from '../judge/question.ts'
import { judgeCertificate, judgeSeal, judgeSignature } from '../judge.ts'
import { namelessDocument, namelessPaths, namelessSeal } from './nameless.ts'

/** Documents with more signatures are not kept. */
const MAXIMUM_SIGNATURES = 32

/** A decision as it is kept for asking what another policy would have said: question and evidence, without a name. */
export interface RecordedDecision {
  readonly subject: 'SEAL' | 'SIGNATURE' | 'CERTIFICATE' | 'DOCUMENT'
  readonly mustBeRegistered: boolean
  readonly certificate: { readonly fingerprint: string; readonly purpose: CertificatePurpose } | null
  readonly question: Question
  readonly seal: SealFacts | null
  readonly paths: PathFacts | null
  /** Of a document: what it tells as a whole, and the evidence on each of its signatures. Left out for everything else. */
  readonly document?: RecordedDocument
  readonly judgedAt: Instant
  readonly indication: Conclusion['indication']
  readonly subIndication: Conclusion['subIndication']
}

export interface RecordedDocument {
  readonly facts: DocumentFacts | null
  readonly signatures: readonly { readonly id: string; readonly seal: SealFacts | null; readonly paths: PathFacts | null }[]
}

export type Judged = Pick<RecordedDecision, 'mustBeRegistered' | 'certificate'> & {
  readonly subject: Exclude<RecordedDecision['subject'], 'DOCUMENT'>
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
  return {
    subject,
    mustBeRegistered,
    certificate,
    ...answered(question, conclusion, subject === 'SIGNATURE' ? question.at : conclusion.asOf),
    seal: evidence.seal?.facts ? namelessSeal(evidence.seal.facts) : null,
    paths: evidence.paths.facts && namelessPaths(evidence.paths.facts),
  }
}

export interface JudgedDocument {
  readonly document: Received<DocumentFacts>
  readonly signatures: readonly ({ readonly id: string } & Pick<Evidence, 'seal' | 'paths'>)[]
  readonly question: Question
  readonly conclusion: Conclusion
}

/** What is kept of a decision on a document; null where evidence was refused, or there are too many signatures. */
export function recordOfDocument({ document, signatures, question, conclusion }: JudgedDocument): RecordedDecision | null {
  const received = [document, ...signatures.flatMap(({ seal, paths }) => [seal, paths])]
  if (signatures.length > MAXIMUM_SIGNATURES || received.some(({ refused }) => refused !== null)) return null
  return {
    subject: 'DOCUMENT',
    mustBeRegistered: false,
    certificate: null,
    ...answered(question, conclusion, question.at),
    seal: null,
    paths: null,
    document: {
      facts: document.facts && namelessDocument(document.facts),
      signatures: signatures.map(({ id, seal, paths }) => ({
        id,
        seal: seal.facts && namelessSeal(seal.facts),
        paths: paths.facts && namelessPaths(paths.facts),
      })),
    },
  }
}

/** The question with its moments settled, so that it is asked again of the same ones, and what was answered. */
function answered(question: Question, { indication, subIndication, knownAt }: Conclusion, at: Instant | null) {
  return {
    question: { ...question, at, knownAt, now: Math.max(question.now, knownAt) },
    judgedAt: Math.min(question.now, knownAt),
    indication,
    subIndication,
  }
}

type World = Pick<Evidence, 'trust' | 'policies' | 'statusBound'>

/** Judges a decision again, by other policies. */
export function judgeAgain(decision: RecordedDecision, world: World): Conclusion {
  const { subject, mustBeRegistered, certificate, question, seal, paths } = decision
  const evidence = { ...world, seal: received(seal), paths: received(paths) }
  switch (subject) {
    case 'SEAL':
      return judgeSeal('', mustBeRegistered, evidence, question)
    case 'SIGNATURE':
      return judgeSignature('', evidence, question)
    case 'CERTIFICATE':
      return judgeCertificate(certificate?.fingerprint ?? '', certificate?.purpose ?? 'SEALING', evidence, question)
    case 'DOCUMENT':
      return judgeDocumentAgain(decision, world)
  }
}

function judgeDocumentAgain({ document, question }: RecordedDecision, world: World): Conclusion {
  const signatures = (document?.signatures ?? []).map(({ id, seal, paths }) => {
    const evidence = { ...world, seal: received(seal), paths: received(paths) }
    return [id, judgeSignature('', evidence, question)] as const
  })
  const evidence = { ...world, document: received(document?.facts ?? null), signatures: new Map(signatures) }
  return judgeDocument('', evidence, question)
}
