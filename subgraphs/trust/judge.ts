import type { Fingerprint, SealFacts } from '../../model/facts.ts'
import type { Bilingual } from '../../model/text.ts'
import { type Case, caseOf } from './judge/case.ts'
import { type CertificatePurpose, gatherCertificate } from './judge/certificate.ts'
import { type AskedQuestion, type Conclusion, conclude, type Grounds } from './judge/conclusion.ts'
import { evidenceUsed } from './judge/evidence-used.ts'
import { type Finding, found, type Gathered, together } from './judge/finding.ts'
import { evidenceFreshness } from './judge/freshness.ts'
import { type Evidence, presentOf, type Question, type Received } from './judge/question.ts'
import { gatherSeal } from './judge/seal.ts'
import { gatherSignature } from './judge/signature.ts'
import { CLOCK_TOLERANCE_MS } from './judge/time.ts'
import { believedStamps } from './judge/time-stamp.ts'
import { momentWords } from './judge/words.ts'

/**
 * Whether a seal may be relied on at a moment: its data, maker, certificate, register and recognition.
 * @param id the code or inspection asked about, for people.
 * @param mustBeRegistered whether it was asked for as a registered seal.
 * @throws HubError BAD_INPUT when `knownAt` lies in the future.
 */
export function judgeSeal(id: string, mustBeRegistered: boolean, evidence: Evidence, question: Question): Conclusion {
  const asOf = question.at ?? presentOf(question)
  const matter = caseOf(evidence, question, [asOf], asOf)
  const object = `seal ${evidence.seal.facts?.seal?.code ?? id}`
  const facts = evidence.seal.facts?.subject === 'SEAL' ? evidence.seal.facts : null
  const asked = { object, mustBeRegistered, hasPaths: evidence.paths.facts !== null }
  const gathered = facts && withStamps(matter, facts, (stamped) => gatherSeal(matter, stamped, asked))
  return concludeWith(matter, askedOf('SEAL', id, question), object, evidence, facts, gathered)
}

/**
 * Whether a signature may be relied on: its data, signer and the seal in it, as of the signing time it claims, and as of the
 * moment asked about where that is another one.
 * @throws HubError BAD_INPUT when `knownAt` lies in the future.
 */
export function judgeSignature(id: string, evidence: Evidence, question: Question): Conclusion {
  const facts = evidence.seal.facts?.subject === 'SIGNATURE' ? evidence.seal.facts : null
  const claimed = facts?.signature?.claimedAt ?? null
  const asOf = question.at ?? claimed ?? presentOf(question)
  const matter = caseOf(evidence, question, [asOf, claimed ?? asOf], asOf)
  const object = `signature ${shortened(id)}`
  const about = { object, at: question.at, hasPaths: evidence.paths.facts !== null }
  const gathered = facts && withStamps(matter, facts, (stamped) => gatherSignature(matter, stamped, about))
  return concludeWith(matter, askedOf('SIGNATURE', id, question), object, evidence, facts, gathered)
}

/**
 * Whether a certificate may be relied on for a purpose at a moment.
 * @throws HubError BAD_INPUT when `knownAt` lies in the future.
 */
export function judgeCertificate(
  fingerprint: Fingerprint,
  purpose: CertificatePurpose,
  evidence: Omit<Evidence, 'seal'>,
  question: Question,
): Conclusion {
  const asOf = question.at ?? presentOf(question)
  const whole = { ...evidence, seal: { facts: null, refused: null } }
  const matter = caseOf(whole, question, [asOf], asOf)
  const object = `certificate ${matter.certificates.get(fingerprint)?.subject ?? fingerprint}`
  const gathered = evidence.paths.facts && gatherCertificate(matter, fingerprint, purpose, object)
  const arrival = arrivalOf('CERTIFICATE_EVIDENCE', object, evidence.paths)
  const findings = [...arrival, ...future(matter, object), ...(gathered?.findings ?? [])]
  return conclude(
    matter,
    nounOf('证书', object),
    findings,
    groundsOf(askedOf('CERTIFICATE', fingerprint, question, purpose), matter, null, gathered?.chains ?? []),
  )
}

function concludeWith(
  matter: Case,
  question: AskedQuestion,
  object: string,
  evidence: Evidence,
  facts: SealFacts | null,
  gathered: Gathered | null,
): Conclusion {
  const seal = { facts, refused: evidence.seal.refused }
  const findings = together(
    arrivalOf('SEAL_EVIDENCE', object, seal),
    arrivalOf('CERTIFICATE_EVIDENCE', object, evidence.paths),
    future(matter, object),
    gathered?.findings ?? [],
  )
  return conclude(
    matter,
    nounOf(question.subject === 'SEAL' ? '印章' : '签章', object),
    findings,
    groundsOf(question, matter, facts, gathered?.chains ?? []),
  )
}

/** The question as the answer keeps it. */
function askedOf(
  subject: AskedQuestion['subject'],
  id: string,
  { at, knownAt, use }: Question,
  certificatePurpose: CertificatePurpose | null = null,
): AskedQuestion {
  return { subject, id, certificatePurpose, at, knownAt, use }
}

function groundsOf(question: AskedQuestion, matter: Case, facts: SealFacts | null, chains: Gathered['chains']): Grounds {
  return {
    question,
    freshness: () => evidenceFreshness(matter, facts?.registration ?? null, chains),
    evidence: (findings) => evidenceUsed(matter, findings, facts, chains),
  }
}

/** Gathers from facts in which only believed time-stamps are left, and tells what was found on the stamps. */
function withStamps(matter: Case, facts: SealFacts, gather: (facts: SealFacts) => Gathered): Gathered {
  if (!facts.signature?.timeStamp && !facts.seal?.timeStamp) return gather(facts)
  const believed = believedStamps(matter, facts)
  const { findings, chains } = gather(believed.facts)
  return { findings: [...findings, ...believed.findings], chains }
}

/** An id for people: the first digits of its digest, and its place where it stands in a document. */
function shortened(id: string): string {
  return id.slice(0, 16) + (/-\d{1,3}$/.exec(id)?.[0] ?? '')
}

/** `seal 4117…` in both languages. */
function nounOf(zh: string, object: string): Bilingual {
  return { zh: `${zh}${object.slice(object.indexOf(' '))}`, en: object }
}

/** What is known does not reach beyond the moment it is known at. */
function future({ asOf, present }: Case, object: string): readonly Finding[] {
  return asOf > present + CLOCK_TOLERANCE_MS ? [found('ASKED_MOMENT', object, 'UNKNOWN', () => momentWords(asOf))] : []
}

/** Evidence that did not arrive is unknown, evidence that was refused has failed; evidence that is there needs no word. */
function arrivalOf(
  check: 'SEAL_EVIDENCE' | 'CERTIFICATE_EVIDENCE',
  object: string,
  { facts, refused }: Received<object>,
): readonly Finding[] {
  if (facts !== null) return []
  return [refused === null ? found(check, object, 'UNKNOWN') : found(check, object, 'FAILED', refused)]
}
