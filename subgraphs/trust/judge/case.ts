import type { DivisionCode } from '../../../model/division-code.ts'
import type { CertificateFacts, Fingerprint, PathFacts } from '../../../model/facts.ts'
import type { Policies, Policy } from '../../../model/policy.ts'
import type { RevocationEvidence } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import type { Use } from '../../../model/use.ts'
import type { TrustSnapshot } from '../snapshot.ts'
import { type Evidence, presentOf, type Question, type RevocationRequirement } from './question.ts'

/** One question with its moments settled: what every part of the judge looks at. */
export interface Case {
  /** The moments at which it has to stand: the signing time, the time asked about, or both where they differ. */
  readonly moments: readonly Instant[]
  /** The moment the answer speaks of. */
  readonly asOf: Instant
  /** The present of the question: now, or the moment of knowledge asked about. */
  readonly present: Instant
  /** Whether a moment of knowledge was asked about; otherwise everything known counts. */
  readonly asOnceKnown: boolean
  /** Nothing recorded later is looked at. */
  readonly knownAt: Instant
  readonly reliedOnIn: DivisionCode
  readonly revocation: RevocationRequirement
  readonly use: Use
  readonly policy: Policy
  readonly policies: Policies
  readonly trust: TrustSnapshot
  readonly statusBound: number
  readonly certificates: ReadonlyMap<Fingerprint, CertificateFacts>
  /** Revocation evidence by certificate. */
  readonly revocations: ReadonlyMap<Fingerprint, readonly RevocationEvidence[]>
}

/** Settles a question. @throws HubError BAD_INPUT for a moment of knowledge in the future. */
export function caseOf(evidence: Evidence, question: Question, moments: readonly Instant[], asOf: Instant): Case {
  const policy = evidence.policies.governing(question.reliedOnIn, asOf)
  const paths = evidence.paths.facts
  return {
    moments: moments.length === 1 ? moments : [...new Set(moments)].sort((a, b) => a - b),
    asOf,
    present: presentOf(question),
    asOnceKnown: question.knownAt !== null,
    knownAt: question.knownAt ?? newestRecord(evidence, question.now),
    reliedOnIn: question.reliedOnIn,
    revocation: question.revocation ?? policy.rules.revocation.requirement,
    use: question.use,
    policy,
    policies: evidence.policies,
    trust: evidence.trust,
    statusBound: evidence.statusBound,
    certificates: new Map(paths?.certificates.map((certificate) => [certificate.fingerprint, certificate])),
    revocations: revocationsOf(paths),
  }
}

/** Asked by all that is known, what a room recorded a moment ahead of this room's clock is known too. */
function newestRecord({ seal, paths, trust }: Evidence, now: Instant): Instant {
  let newest = Math.max(now, trust.recordedAt, seal.facts?.firstSeenAt ?? 0)
  for (const { recordedAt } of seal.facts?.registration?.timeline ?? []) newest = Math.max(newest, recordedAt)
  for (const certificate of paths.facts?.certificates ?? []) {
    for (const { revocation } of certificate.paths) {
      for (const items of revocation) for (const { recordedAt } of items) newest = Math.max(newest, recordedAt)
    }
  }
  return newest
}

/**
 * All evidence on each certificate, whichever candidate path it came with. The certificate's own issuer signed it, and that key
 * is the same in every path the certificate verifies in; so a revocation cannot be left behind by choosing another path.
 */
function revocationsOf(paths: PathFacts | null): ReadonlyMap<Fingerprint, readonly RevocationEvidence[]> {
  const pool = new Map<Fingerprint, readonly RevocationEvidence[]>()
  for (const certificate of paths?.certificates ?? []) {
    for (const { chain, revocation } of certificate.paths) {
      for (const [i, items] of revocation.entries()) {
        const fingerprint = chain[i]
        if (fingerprint === undefined) continue
        const held = pool.get(fingerprint)
        pool.set(fingerprint, held ? united(held, items) : items)
      }
    }
  }
  return pool
}

/** What stands in either, each once: of what two paths say in the same words at the same time the later one is kept. */
function united(held: readonly RevocationEvidence[], items: readonly RevocationEvidence[]): readonly RevocationEvidence[] {
  if (held === items) return held
  const nameOf = ({ digest, recordedAt }: RevocationEvidence) => `${digest} ${recordedAt}`
  return [...new Map([...held, ...items].map((item) => [nameOf(item), item])).values()]
}
