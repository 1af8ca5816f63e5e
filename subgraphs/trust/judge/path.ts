import type { Fingerprint, PathCandidate } from '../../../model/facts.ts'
import { holds, type Instant } from '../../../model/time.ts'
import type { Case } from './case.ts'
import { type Finding, found, saidBy, together } from './finding.ts'
import { revocationFinding, revocationStanding } from './revocation.ts'
import { compareStanding, decisive } from './severity.ts'
import { type AskedDivision, type ListStanding, listStanding } from './standing.ts'
import { withdrawalFindings } from './withdrawal.ts'
import { certificateWords, momentWords, outOfTimeWords, plain, scopeWords, staleListWords } from './words.ts'

export interface PathQuestion {
  /** What the certificate is in the question: `maker certificate`. */
  readonly part: string
  readonly fingerprint: Fingerprint
  /** The path must hold at every one of them. */
  readonly moments: readonly Instant[]
  readonly division: AskedDivision
  /** When what was signed with it is proven to have existed. */
  readonly provenBy: Instant | null
  /** When its use is proven, where that is another thing. */
  readonly usedBy?: Instant | null
}

export interface PathAnswer {
  readonly findings: readonly Finding[]
  /** The chain chosen, from the certificate to its root; empty when there is none. */
  readonly chain: readonly Fingerprint[]
}

/**
 * Judges every candidate path by the lists and takes the one that stands best; the others are named and weigh nothing, so a
 * worse path never hides a good one. What the certificate itself may, and whether it was revoked, is not asked here.
 */
export function judgePath(matter: Case, question: PathQuestion): PathAnswer {
  const certificate = matter.certificates.get(question.fingerprint)
  const object = certificateWords(question.part, certificate, question.fingerprint)
  if (!certificate) return { findings: [found('PATH_KNOWN', object, 'UNKNOWN')], chain: [] }
  const judged = certificate.paths
    .map((candidate) => ({ candidate, findings: judgeCandidate(matter, question, object, candidate) }))
    .sort((a, b) => compareStanding(a.findings, b.findings) || compareChains(a.candidate, b.candidate))
  const [best, ...others] = judged
  if (!best) return { findings: [found('PATH_KNOWN', object, 'FAILED', certificate.noPath?.detail)], chain: [] }
  const notChosen = others.map(({ candidate, findings }) => nameNotChosen(object, candidate, findings))
  const known = found('PATH_KNOWN', object, 'PASSED', () => plain(best.candidate.subjects.join(' ← ')))
  return { findings: together([known], best.findings, notChosen), chain: best.candidate.chain }
}

function judgeCandidate(matter: Case, question: PathQuestion, object: string, candidate: PathCandidate): readonly Finding[] {
  const { chain, validities } = candidate
  const root = chain.at(-1)
  if (root === undefined || chain[0] !== question.fingerprint || validities.length !== chain.length)
    return [found('PATH_KNOWN', object, 'FAILED', plain('malformed'), 'CERTIFICATE_CHAIN_GENERAL_FAILURE')]
  if (!candidate.checks.some(({ check, outcome }) => check === 'PATH_SIGNATURE' && outcome === 'PASSED'))
    return [...candidate.checks, found('EVIDENCE_COMPLETE', object, 'UNKNOWN', plain('PATH_SIGNATURE'))]
  const { moments, division } = question
  const anchor = listStanding(matter, 'ANCHOR', root, moments, division)
  const listed = [
    listFinding('ANCHOR_ACCEPTED', `anchor ${candidate.subjects.at(-1) ?? root}`, anchor),
    issuingAuthority(matter, question, candidate, anchor),
  ]
  return together(
    candidate.checks,
    listed,
    authorityWithdrawals(matter, question, candidate),
    authorityValidities(question, candidate),
    authorityRevocations(matter, question, candidate),
  )
}

/** The certificate's issuer must itself be listed as an authority, or be the accepted anchor. */
function issuingAuthority(matter: Case, question: PathQuestion, candidate: PathCandidate, anchor: ListStanding): Finding {
  const position = candidate.chain.length === 1 ? 0 : 1
  const issuer = candidate.chain[position] ?? question.fingerprint
  const object = `certificate authority ${candidate.subjects[position] ?? issuer}`
  const standing = listStanding(matter, 'CA', issuer, question.moments, question.division)
  const isAnchor = position === candidate.chain.length - 1
  return listFinding('ISSUING_CA_LISTED', object, isAnchor && anchor.kind === 'ACCEPTED' ? anchor : standing)
}

type ListCheck = 'ANCHOR_ACCEPTED' | 'ISSUING_CA_LISTED'

function listFinding(check: ListCheck, object: string, standing: ListStanding): Finding {
  if (standing.kind === 'NOT_LISTED') return found(check, object, 'FAILED')
  return saidBy(standing.service, standingFinding(check, object, standing))
}

function standingFinding(check: ListCheck, object: string, standing: Exclude<ListStanding, { kind: 'NOT_LISTED' }>): Finding {
  const { scope } = standing.service
  switch (standing.kind) {
    case 'ACCEPTED':
      return found(check, object, 'PASSED', scope === '' ? undefined : () => scopeWords(scope))
    case 'LIST_STALE':
      return found(check, object, 'UNKNOWN', () => staleListWords(standing), 'TRY_LATER')
    case 'OUT_OF_TIME':
      return found(check, object, 'FAILED', () => outOfTimeWords(standing.service.span, standing.at))
    case 'OUT_OF_SCOPE':
      return found(check, object, 'FAILED', () => scopeWords(scope), 'CHAIN_CONSTRAINTS_FAILURE')
  }
}

/** Whoever above the certificate was taken off a list in a way that casts doubt on what it issued. */
function authorityWithdrawals(matter: Case, question: PathQuestion, { chain, subjects }: PathCandidate): readonly Finding[] {
  const { moments, division, provenBy } = question
  return chain.flatMap((fingerprint, i) => {
    if (i === 0 && chain.length > 1) return []
    const isRoot = i + 1 === chain.length
    const object = `${isRoot ? 'anchor' : 'certificate authority'} ${subjects[i] ?? fingerprint}`
    const roles = isRoot ? (['ANCHOR', 'CA'] as const) : (['CA'] as const)
    return roles.flatMap((role) =>
      withdrawalFindings(matter, 'AUTHORITY_WITHDRAWN', object, { role, fingerprint, moments, division, provenBy }),
    )
  })
}

/** Everything above the certificate must have been valid at every moment. */
function authorityValidities(question: PathQuestion, { chain, subjects, validities }: PathCandidate): readonly Finding[] {
  return chain.slice(1).map((fingerprint, i) => {
    const part = i + 2 === chain.length ? 'anchor' : 'certificate authority'
    const object = `${part} ${subjects[i + 1] ?? fingerprint}`
    const validity = validities[i + 1]
    const failing = validity ? question.moments.find((at) => !holds(validity, at)) : question.moments[0]
    return failing === undefined
      ? found('AUTHORITY_VALIDITY', object, 'PASSED')
      : found('AUTHORITY_VALIDITY', object, 'FAILED', () => momentWords(failing))
  })
}

/** The revocation of every certificate between the certificate and its root, the worst over all moments. */
function authorityRevocations(
  matter: Case,
  question: PathQuestion,
  { chain, subjects, validities }: PathCandidate,
): readonly Finding[] {
  return chain.slice(1, -1).map((fingerprint, i) => {
    const object = `certificate authority ${subjects[i + 1] ?? fingerprint}`
    const notAfter = validities[i + 1]?.until ?? Number.MAX_SAFE_INTEGER
    const findings = question.moments.map((moment) => {
      const { provenBy, usedBy } = question
      const standing = revocationStanding(matter, { fingerprint, notAfter, moment, provenBy, usedBy })
      return revocationFinding(matter, 'AUTHORITY_REVOCATION', object, standing, AUTHORITY_WEIGHTS)
    })
    return decisive(findings) ?? findings.find((finding) => finding.outcome === 'NOTE') ?? findings[0] ?? missing(object)
  })
}

const AUTHORITY_WEIGHTS = { revoked: 'REVOKED_CA_NO_POE', inDoubt: 'REVOKED_CA_NO_POE' } as const

function missing(object: string): Finding {
  return found('AUTHORITY_REVOCATION', object, 'UNKNOWN')
}

function compareChains(a: PathCandidate, b: PathCandidate): number {
  const [left, right] = [a.chain.join(), b.chain.join()]
  return a.chain.length - b.chain.length || (left < right ? -1 : left > right ? 1 : 0)
}

function nameNotChosen(object: string, candidate: PathCandidate, findings: readonly Finding[]): Finding {
  const worst = decisive(findings)
  const path = candidate.subjects.join(' ← ')
  return found('OTHER_PATH', object, 'NOTE', () => plain(worst ? `${path} (${worst.check})` : path))
}
