import { type RevocationAnswer, type RevocationEvidence, revocationAt } from '../../../model/revocation.ts'
import { formatInstant, type Instant } from '../../../model/time.ts'
import type { DecodedCertificate } from '../decoded-certificate.ts'
import type { CertificatesRoom } from '../room.ts'
import { crlEvidence } from './crl-evidence.ts'

/** `RevocationStatus` of the graph. */
export interface RevocationStatus {
  readonly status: RevocationAnswer['status']
  readonly revokedAt: string | null
  readonly reason: string | null
  readonly source: string | null
  readonly evidence: string | null
  readonly thisUpdate: string | null
  readonly nextUpdate: string | null
  readonly because: string | null
}

/**
 * Whether a certificate was revoked at `at`, as known at `knownAt`, by the CRLs of every issuer it has a path through.
 * Without an issuer held, and for a root, whose revocation no CRL can tell, the answer is UNKNOWN.
 */
export async function revocationStatus(
  asked: DecodedCertificate,
  at: Instant,
  knownAt: Instant,
  { store, paths }: Pick<CertificatesRoom, 'store' | 'paths'>,
): Promise<RevocationStatus> {
  const issuers = await paths.issuersOf(asked)
  const evidence = await Promise.all(issuers.map((issuer) => crlEvidence(asked.certificate, issuer.certificate, knownAt, store)))
  const answer = revocationAt(distinct(evidence.flat()), asked.certificate.validity.notAfter, at, knownAt)
  return present(answer)
}

/** Two certificates of one issuer key lead to the same CRLs. */
function distinct(evidence: readonly RevocationEvidence[]): readonly RevocationEvidence[] {
  return [...new Map(evidence.map((item) => [item.digest, item])).values()]
}

function present(answer: RevocationAnswer): RevocationStatus {
  const evidence = answer.status === 'UNKNOWN' ? answer.newest : answer.evidence
  const entry = answer.status === 'REVOKED' ? answer.entry : answer.status === 'GOOD' ? answer.revokedLater : null
  return {
    status: answer.status,
    revokedAt: textOf(answer.status === 'REVOKED' ? answer.since : (entry?.revokedAt ?? null)),
    reason: entry?.reason ?? null,
    source: evidence?.source ?? null,
    evidence: evidence?.digest ?? null,
    thisUpdate: textOf(evidence?.thisUpdate ?? null),
    nextUpdate: textOf(evidence?.nextUpdate ?? null),
    because: answer.status === 'UNKNOWN' ? answer.because : entry && answer.status === 'GOOD' ? 'REVOKED_LATER' : null,
  }
}

function textOf(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}
