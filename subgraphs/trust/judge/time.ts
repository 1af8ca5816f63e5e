import type { CertificateFacts, SealDescription, SealFacts } from '../../../model/facts.ts'
import { formatInstant, holds, type Instant, type Span } from '../../../model/time.ts'
import type { Case } from './case.ts'
import { type Finding, found } from './finding.ts'
import { outOfTimeWords, plain } from './words.ts'

/** Clocks of those who make, sign and verify may differ by this much. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000
/** Seal and certificate are valid for "the same" time when both ends differ by no more. */
const AGREEMENT_TOLERANCE_MS = 24 * 60 * 60_000

/**
 * When it was signed, as far as that can be known: the claim, and whether the hub's own record bears it out.
 * @param at the moment asked about, when one was.
 */
export function signingTime(matter: Case, facts: SealFacts, object: string, at: Instant | null): readonly Finding[] {
  const proven = provenBy(facts, matter.knownAt)
  const claimed = facts.signature?.claimedAt ?? null
  const proof =
    proven === null
      ? found('PROOF_OF_EXISTENCE', object, 'NOTE')
      : found('PROOF_OF_EXISTENCE', object, 'PASSED', () => plain(formatInstant(proven)))
  if (claimed === null) return [found('SIGNING_TIME', object, 'UNKNOWN'), proof]
  const limits = [matter.present, proven, at].filter((limit) => limit !== null)
  const passed = limits.find((limit) => claimed > limit + CLOCK_TOLERANCE_MS)
  const order = () => (passed === undefined ? plain(formatInstant(claimed)) : orderWords(claimed, passed))
  return [found('SIGNING_TIME', object, passed === undefined ? 'PASSED' : 'FAILED', order), proof]
}

function orderWords(claimed: Instant, limit: Instant) {
  const [later, earlier] = [formatInstant(claimed), formatInstant(limit)]
  return { zh: `声称 ${later}，却须不晚于 ${earlier}`, en: `it claims ${later}, but must not be later than ${earlier}` }
}

/** The hub's own record of the digest, if it was there at the moment of knowledge, or a time-stamp believed; the older one. */
export function provenBy({ firstSeenAt, signature }: SealFacts, knownAt: Instant): Instant | null {
  return oldest([firstSeenAt, signature?.timeStamp?.time ?? null], knownAt)
}

function oldest(proofs: readonly (Instant | null)[], knownAt: Instant): Instant | null {
  let first: Instant | null = null
  for (const proof of proofs) if (proof !== null && proof <= knownAt && (first === null || proof < first)) first = proof
  return first
}

/**
 * When the seal is proven to have existed: seen here itself or inside a signature, time-stamped, or registered here as the only data
 * ever registered under its code.
 */
export function sealProvenBy(facts: SealFacts, knownAt: Instant): Instant | null {
  const { seal, registration } = facts
  const seen = provenBy(facts, knownAt)
  const only = registration?.sealDigests.length === 1 && registration.sealDigests[0] === seal?.digest
  const registered = only
    ? registration.timeline.filter(({ kind }) => kind === 'REGISTERED').map((change) => change.recordedAt)
    : []
  return oldest([seen, seal?.timeStamp?.time ?? null, ...registered], knownAt)
}

/** The seal must have been made before it was used; GM/T 0031-2025 c also wants its making time within its own validity. */
export function makingTime(matter: Case, seal: SealDescription, object: string): Finding {
  const { createdAt, validity, format } = seal
  const before = matter.moments.find((moment) => createdAt > moment + CLOCK_TOLERANCE_MS)
  if (before !== undefined) return found('MAKING_TIME', object, 'FAILED', () => orderWords(createdAt, before))
  if (holds({ ...validity, from: validity.from - CLOCK_TOLERANCE_MS }, createdAt)) return found('MAKING_TIME', object, 'PASSED')
  const outcome = format === 'SES_V5' ? 'FAILED' : 'NOTE'
  return found('MAKING_TIME', object, outcome, () => outOfTimeWords(validity, createdAt), 'SIG_CONSTRAINTS_FAILURE')
}

/** The shorter of seal and certificate counts: both must hold at every moment asked about. */
export function sealValidity(matter: Case, seal: SealDescription, object: string): readonly Finding[] {
  return matter.moments.map((moment) => {
    if (holds(seal.validity, moment)) return found('SEAL_VALIDITY', object, 'PASSED')
    const weighs = moment < seal.validity.from ? 'NOT_YET_VALID' : 'EXPIRED'
    return found('SEAL_VALIDITY', object, 'FAILED', () => outOfTimeWords(seal.validity, moment), weighs)
  })
}

/** 有效期一致: a difference of more than a day is told; it is never a failure, the shorter one counts. */
export function validitiesAgree(seal: SealDescription, certificate: CertificateFacts, object: string): Finding {
  const agree = isClose(seal.validity, certificate.validity)
  const detail = () => outOfAgreementWords(seal.validity, certificate.validity)
  return { check: 'SEAL_VALIDITY_AGREES', object, outcome: agree ? 'PASSED' : 'NOTE', ...(!agree && { detail }) }
}

function isClose(a: Span, b: Span): boolean {
  const ends = a.until === null || b.until === null ? a.until === b.until : near(a.until, b.until)
  return near(a.from, b.from) && ends
}

function near(a: Instant, b: Instant): boolean {
  return Math.abs(a - b) <= AGREEMENT_TOLERANCE_MS
}

function outOfAgreementWords(seal: Span, certificate: Span) {
  const words = ({ from, until }: Span) => `${formatInstant(from)}…${until === null ? '' : formatInstant(until)}`
  return {
    zh: `印章 ${words(seal)}，证书 ${words(certificate)}`,
    en: `seal ${words(seal)}, certificate ${words(certificate)}`,
  }
}
