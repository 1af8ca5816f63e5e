import type { Instant } from './time.ts'

/** RFC 5280 §5.3.1, in the words of the graph. */
export type RevocationReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'cACompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'removeFromCRL'
  | 'privilegeWithdrawn'
  | 'aACompromise'

/** What one CRL says of one certificate, with when the hub came to know it. Signature and scope were checked before it became evidence. */
export interface RevocationEvidence {
  readonly kind: 'CRL' | 'OCSP'
  /** Issuer name of the CRL or responder, for people. */
  readonly source: string
  /** SM3 over the received bytes, hex: names the evidence in an answer. */
  readonly digest: string
  readonly thisUpdate: Instant
  /** Null when the CRL states none: it then never counts as fresh. */
  readonly nextUpdate: Instant | null
  readonly recordedAt: Instant
  readonly entry: RevocationEntry | null
}

export interface RevocationEntry {
  readonly revokedAt: Instant
  readonly reason: RevocationReason
  readonly invalidityDate: Instant | null
}

/** GOOD and REVOKED only on evidence that covers the moment; everything else is UNKNOWN with the reason. */
export type RevocationAnswer =
  | { readonly status: 'GOOD'; readonly evidence: RevocationEvidence; readonly revokedLater: RevocationEntry | null }
  | { readonly status: 'REVOKED'; readonly evidence: RevocationEvidence; readonly entry: RevocationEntry }
  | {
      readonly status: 'UNKNOWN'
      readonly because: 'NO_EVIDENCE' | 'STALE' | 'NOT_COVERED'
      readonly newest: RevocationEvidence | null
    }

const REASONS_IN_DOUBT: ReadonlySet<RevocationReason> = new Set<RevocationReason>([
  'unspecified', 'keyCompromise', 'cACompromise', 'aACompromise', 'privilegeWithdrawn', 'certificateHold',
]) // biome-ignore format: a table

/** Whether revocation for this reason throws doubt on signatures claimed to be older. */
export function revocationCastsDoubtOnThePast(reason: RevocationReason): boolean {
  return REASONS_IN_DOUBT.has(reason)
}

/**
 * Whether a certificate was revoked at `at`, as known at `knownAt`.
 * A revocation once known stands (a hold only as long as the newest evidence still carries it); "not revoked" needs evidence
 * issued at or after `at` while the certificate had not expired, or one whose time until next update covers `at`.
 * @param notAfter when the certificate expires: a CRL issued later need not list it any more (RFC 5280 §3.3).
 */
export function revocationAt(
  evidence: readonly RevocationEvidence[],
  notAfter: Instant,
  at: Instant,
  knownAt: Instant,
): RevocationAnswer {
  const known = evidence.filter((item) => item.recordedAt <= knownAt).sort((a, b) => a.thisUpdate - b.thisUpdate)
  const newest = known.at(-1) ?? null
  if (newest === null) return { status: 'UNKNOWN', because: 'NO_EVIDENCE', newest }
  const revoking = known.filter((item) => item.entry !== null && (isPermanent(item.entry) || item === newest))
  const revoked = earliest(revoking)
  if (revoked !== null && revoked.entry.revokedAt <= at)
    return { status: 'REVOKED', evidence: revoked.item, entry: revoked.entry }
  const covering = known.findLast((item) => covers(item, notAfter, at))
  if (covering) return { status: 'GOOD', evidence: covering, revokedLater: revoked?.entry ?? null }
  if (revoked !== null) return { status: 'GOOD', evidence: revoked.item, revokedLater: revoked.entry }
  return { status: 'UNKNOWN', because: newest.thisUpdate > notAfter ? 'NOT_COVERED' : 'STALE', newest }
}

function isPermanent(entry: RevocationEntry): boolean {
  return entry.reason !== 'certificateHold' && entry.reason !== 'removeFromCRL'
}

function covers(item: RevocationEvidence, notAfter: Instant, at: Instant): boolean {
  if (item.entry?.reason === 'removeFromCRL') return item.thisUpdate >= at
  if (item.thisUpdate >= at) return item.thisUpdate <= notAfter
  return item.nextUpdate !== null && at <= item.nextUpdate
}

function earliest(items: readonly RevocationEvidence[]): { item: RevocationEvidence; entry: RevocationEntry } | null {
  let first: { item: RevocationEvidence; entry: RevocationEntry } | null = null
  for (const item of items) {
    const { entry } = item
    if (entry === null || entry.reason === 'removeFromCRL') continue
    if (first === null || entry.revokedAt < first.entry.revokedAt) first = { item, entry }
  }
  return first
}
