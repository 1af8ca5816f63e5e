import { HubError } from '../../../model/error.ts'
import { type RevocationAnswer, type RevocationEvidence, revocationAt } from '../../../model/revocation.ts'
import { formatInstant, type Instant } from '../../../model/time.ts'
import type { DecodedCertificate } from '../decoded-certificate.ts'
import type { CertificatesRoom } from '../room.ts'
import { evidenceOn } from './evidence.ts'

/** `RevocationStatus` of the graph. */
export interface RevocationStatus {
  readonly status: RevocationAnswer['status']
  /** From when the revocation counts: the earlier of revocation and invalidity date. */
  readonly since: string | null
  readonly revokedAt: string | null
  readonly invalidityDate: string | null
  readonly reason: string | null
  readonly kind: RevocationEvidence['kind'] | null
  readonly source: string | null
  readonly evidence: string | null
  readonly thisUpdate: string | null
  readonly nextUpdate: string | null
  /** When this hub came to know the evidence. */
  readonly recordedAt: string | null
  readonly because: string | null
}

/** The moments of a question; left out, `knownAt` means by everything held. */
export interface RevocationMoments {
  readonly at: Instant
  readonly knownAt: Instant | null
}

/**
 * Whether a certificate was revoked at `at`, as known at `knownAt`, by the CRLs and OCSP responses about it under every issuer it
 * has a path through. Without an issuer held, and for a root, whose revocation nobody can tell, the answer is UNKNOWN.
 * @throws HubError BAD_INPUT for a moment of knowledge in the future.
 */
export async function revocationStatus(
  asked: DecodedCertificate,
  { at, knownAt }: RevocationMoments,
  { store, paths, now }: Pick<CertificatesRoom, 'store' | 'paths' | 'now'>,
): Promise<RevocationStatus> {
  if (knownAt !== null && knownAt > now()) throw new HubError('BAD_INPUT', 'knownAt 在未来', 'knownAt lies in the future')
  const evidence = await evidenceOn(asked, knownAt ?? Number.MAX_SAFE_INTEGER, { store, paths })
  return present(revocationAt(evidence, asked.certificate.validity.notAfter, at, knownAt ?? newestRecord(evidence, now())))
}

/** What was recorded a moment ago may be dated a moment ahead of the clock. */
function newestRecord(evidence: readonly RevocationEvidence[], now: Instant): Instant {
  return evidence.reduce((newest, { recordedAt }) => Math.max(newest, recordedAt), now)
}

function present(answer: RevocationAnswer): RevocationStatus {
  const evidence = answer.status === 'UNKNOWN' ? answer.newest : answer.evidence
  const entry = answer.status === 'REVOKED' ? answer.entry : answer.status === 'GOOD' ? answer.revokedLater : null
  return {
    status: answer.status,
    since: textOf(answer.status === 'REVOKED' ? answer.since : null),
    revokedAt: textOf(entry?.revokedAt ?? null),
    invalidityDate: textOf(entry?.invalidityDate ?? null),
    reason: entry?.reason ?? null,
    kind: evidence?.kind ?? null,
    source: evidence?.source ?? null,
    evidence: evidence?.digest ?? null,
    thisUpdate: textOf(evidence?.thisUpdate ?? null),
    nextUpdate: textOf(evidence?.nextUpdate ?? null),
    recordedAt: textOf(evidence?.recordedAt ?? null),
    because: answer.status === 'UNKNOWN' ? answer.because : entry && answer.status === 'GOOD' ? 'REVOKED_LATER' : null,
  }
}

function textOf(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}
