import type { Fingerprint } from '../../../model/facts.ts'
import type { SubIndication } from '../../../model/indication.ts'
import {
  countingFor,
  isHold,
  isListing,
  type RevocationAnswer,
  type RevocationEntry,
  type RevocationEvidence,
  revocationAt,
  revocationCastsDoubtOnThePast,
  revokedSince,
} from '../../../model/revocation.ts'
import type { Bilingual } from '../../../model/text.ts'
import { formatInstant, type Instant } from '../../../model/time.ts'
import type { Case } from './case.ts'
import { type Finding, found, type JudgementCheck } from './finding.ts'

/**
 * What revocation says of a certificate at a moment. IN_DOUBT: revoked after it for a reason that casts doubt on what claims to
 * be older, and nothing proves that it is. REVOKED_LATER: revoked after it, but that does not touch it.
 */
export type RevocationStanding =
  | { readonly kind: 'GOOD'; readonly evidence: RevocationEvidence }
  | { readonly kind: 'REVOKED' | 'IN_DOUBT' | 'REVOKED_LATER'; readonly entry: RevocationEntry }
  | { readonly kind: 'UNKNOWN'; readonly because: UnknownReason }

/** BROUGHT_STALE: what there is came with the document, and was stale already when the document is proven to have existed. */
type UnknownReason = 'NO_EVIDENCE' | 'STALE' | 'NOT_COVERED' | 'BROUGHT_STALE'

export interface RevocationQuestion {
  readonly fingerprint: Fingerprint
  readonly notAfter: Instant
  readonly moment: Instant
  /** When what was signed with it is proven to have existed; null when nothing proves it. */
  readonly provenBy: Instant | null
  /** When the use at the moment asked about is proven, where that is another thing, such as stamping with a seal made before. */
  readonly usedBy?: Instant | null | undefined
}

/** After its expiry nothing is said of a certificate any more, so the last moment of its life is asked about instead. */
export function revocationStanding(matter: Case, question: RevocationQuestion): RevocationStanding {
  const found = matter.revocations.get(question.fingerprint) ?? []
  const { provenBy, usedBy = provenBy } = question
  const evidence = countingFor(found, usedBy ?? matter.present)
  const at = Math.min(question.moment, question.notAfter)
  const answer = revocationAt(evidence, question.notAfter, at, matter.knownAt)
  if (answer.status === 'REVOKED') return { kind: 'REVOKED', entry: answer.entry }
  if (answer.status === 'GOOD' && !evidence.some(isListing)) return { kind: 'GOOD', evidence: answer.evidence }
  const later = revokedAfter(evidence, answer, at, matter.knownAt)
  const doubtful = later.find((entry) => revocationCastsDoubtOnThePast(entry.reason) && !isProvenBefore(question.provenBy, entry))
  if (doubtful) return { kind: 'IN_DOUBT', entry: doubtful }
  if (answer.status === 'UNKNOWN')
    return { kind: 'UNKNOWN', because: answer.newest && !found.includes(answer.newest) ? 'BROUGHT_STALE' : answer.because }
  return later[0] ? { kind: 'REVOKED_LATER', entry: later[0] } : { kind: 'GOOD', evidence: answer.evidence }
}

/** Every revocation known that takes effect after the moment, the earliest first; a hold only where it was not lifted. */
function revokedAfter(
  evidence: readonly RevocationEvidence[],
  answer: RevocationAnswer,
  at: Instant,
  knownAt: Instant,
): readonly RevocationEntry[] {
  const permanent = evidence
    .filter((item) => item.recordedAt <= knownAt)
    .filter(isListing)
    .filter((item) => !isHold(item) && revokedSince(item.entry) > at)
    .map((item) => item.entry)
  const hold = answer.status === 'GOOD' && answer.revokedLater !== null ? [answer.revokedLater] : []
  return [...permanent, ...hold].sort((a, b) => revokedSince(a) - revokedSince(b) || compare(a.reason, b.reason))
}

function isProvenBefore(provenBy: Instant | null, entry: RevocationEntry): boolean {
  return provenBy !== null && provenBy < revokedSince(entry)
}

export interface RevocationWeights {
  readonly revoked: SubIndication
  readonly inDoubt: SubIndication
}

/** The finding on a revocation standing, by the requirement of the case. */
export function revocationFinding(
  matter: Case,
  check: JudgementCheck,
  object: string,
  standing: RevocationStanding,
  weights: RevocationWeights,
): Finding {
  switch (standing.kind) {
    case 'GOOD':
      return found(check, object, 'PASSED', () => evidenceWords(standing.evidence))
    case 'REVOKED':
      return found(check, object, 'FAILED', () => entryWords(standing.entry), weights.revoked)
    case 'IN_DOUBT':
      return found(check, object, 'FAILED', () => doubtWords(standing.entry), weights.inDoubt)
    case 'REVOKED_LATER':
      return found(check, object, 'NOTE', () => laterWords(standing.entry))
    case 'UNKNOWN':
      return found(
        check,
        object,
        matter.revocation === 'REQUIRED' ? 'UNKNOWN' : 'NOTE',
        UNKNOWN_WORDS[standing.because],
        'TRY_LATER',
      )
  }
}

/** `revoked since …, keyCompromise`. */
export function entryWords(entry: RevocationEntry): Bilingual {
  const since = formatInstant(revokedSince(entry))
  return { zh: `自 ${since} 起被吊销，原因 ${entry.reason}`, en: `revoked since ${since}, ${entry.reason}` }
}

export function doubtWords(entry: RevocationEntry): Bilingual {
  const { zh, en } = entryWords(entry)
  return { zh: `${zh}；没有证据证明在此之前已经存在`, en: `${en}; nothing proves that it existed before` }
}

export function laterWords(entry: RevocationEntry): Bilingual {
  const { zh, en } = entryWords(entry)
  return { zh: `${zh}，晚于所问时点，不影响此前`, en: `${en}, after the moment asked about, which is not touched by it` }
}

export const UNKNOWN_WORDS: Readonly<Record<UnknownReason, Bilingual>> = {
  NO_EVIDENCE: { zh: '没有吊销信息，未能核查', en: 'no revocation evidence is held, so it was not checked' },
  STALE: { zh: '吊销信息不及于所问时点', en: 'the revocation evidence held does not reach the moment asked about' },
  BROUGHT_STALE: {
    zh: '只有随文件带来的吊销信息，在文件得以证明存在时已经过期',
    en: 'there is only what came with the document, and that was stale already when the document is proven to have existed',
  },
  NOT_COVERED: { zh: '吊销信息不涉及此证书', en: 'the revocation evidence held says nothing of this certificate' },
}

const HELD = { zh: '', en: '' }
const CAME_ALONG = { zh: '随文件带来的', en: ' that came with the document' }

function evidenceWords(evidence: RevocationEvidence): Bilingual {
  const issued = formatInstant(evidence.thisUpdate)
  const { zh, en } = evidence.brought ? CAME_ALONG : HELD
  return {
    zh: `依据${zh} ${evidence.kind} ${evidence.source}，${issued}，${evidence.digest.slice(0, 16)}`,
    en: `by ${evidence.kind} of ${evidence.source}${en}, ${issued}, ${evidence.digest.slice(0, 16)}`,
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
