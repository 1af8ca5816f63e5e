import type { Instant } from './time.ts'

/** RFC 5280 §5.3.1, in its spelling. */
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

/** What one CRL or OCSP answer says of one certificate, with when the hub came to know it. Signature and scope were checked before it became evidence. */
export interface RevocationEvidence {
  readonly kind: 'CRL' | 'OCSP'
  /** Issuer name of the CRL or responder, for people. */
  readonly source: string
  /** SM3 over the received bytes, hex: names the evidence in an answer. */
  readonly digest: string
  readonly thisUpdate: Instant
  /** Null when it states none: it then never counts as fresh. */
  readonly nextUpdate: Instant | null
  readonly recordedAt: Instant
  /** Null: the certificate is not listed. */
  readonly entry: RevocationEntry | null
  /**
   * When the hub came to know that this evidence proves no absence any more: whoever signed it was revoked himself, or took the
   * word back. What it revokes stands.
   */
  readonly doubtedFrom?: Instant
  /** It came along with the very document that is judged, so that whoever made the document chose it. Left out where the hub holds it. */
  readonly brought?: true
}

export interface RevocationEntry {
  readonly revokedAt: Instant
  readonly reason: RevocationReason
  /** Since when the CA itself holds the key or certificate for invalid; may lie before `revokedAt`. RFC 5280 §5.3.2. */
  readonly invalidityDate: Instant | null
}

/**
 * GOOD and REVOKED only on evidence that covers the moment; everything else is UNKNOWN with the reason:
 * no evidence at all, evidence whose next update was due before the moment, or evidence that says nothing of this certificate
 * (issued after it expired, or dated in the future).
 */
export type RevocationAnswer =
  | {
      readonly status: 'GOOD'
      readonly evidence: RevocationEvidence
      /** A revocation known that takes effect after the moment. */
      readonly revokedLater: RevocationEntry | null
    }
  | {
      readonly status: 'REVOKED'
      readonly evidence: RevocationEvidence
      readonly entry: RevocationEntry
      /** The earlier of the entry's revocation and invalidity dates. */
      readonly since: Instant
    }
  | {
      readonly status: 'UNKNOWN'
      readonly because: 'NO_EVIDENCE' | 'STALE' | 'NOT_COVERED'
      readonly newest: RevocationEvidence | null
    }

const REASONS_IN_DOUBT: ReadonlySet<RevocationReason> = new Set<RevocationReason>([
  'unspecified', 'keyCompromise', 'cACompromise', 'aACompromise', 'privilegeWithdrawn', 'certificateHold',
]) // biome-ignore format: a table

/** Clocks of an issuer and of the hub may differ by this much; evidence dated further ahead of its arrival proves no absence. */
export const EVIDENCE_CLOCK_SKEW_MS = 5 * 60_000

/** Whether revocation for this reason throws doubt on signatures claimed to be older. */
export function revocationCastsDoubtOnThePast(reason: RevocationReason): boolean {
  return REASONS_IN_DOUBT.has(reason)
}

/** From when a revocation counts: the CA's own word on invalidity goes before the day it got round to revoking. */
export function revokedSince(entry: RevocationEntry): Instant {
  return Math.min(entry.revokedAt, entry.invalidityDate ?? entry.revokedAt)
}

/**
 * Whether a certificate was revoked at `at`, as known at `knownAt`.
 *
 * - A revocation once known stands for good, whatever a later CRL leaves out. Only a hold can be lifted: it counts from its date
 *   until the first later evidence without it, so moments inside a lifted hold stay REVOKED.
 * - "Not revoked" needs evidence issued while the certificate had not expired (RFC 5280 §3.3: later ones need not list it any
 *   more) or that lists it with a later date, and either issued at or after `at`, or the newest of its source with its next
 *   update not before `at`.
 * - Evidence dated ahead of its arrival may revoke, never clear.
 * - What comes after the moment of knowledge nobody can vouch for, whatever next update was promised: it may be revoked for good
 *   already, but it is never "not revoked".
 *
 * The order of `evidence` plays no part, nor does evidence recorded after `knownAt`.
 * @param notAfter when the certificate expires.
 */
export function revocationAt(
  evidence: readonly RevocationEvidence[],
  notAfter: Instant,
  at: Instant,
  knownAt: Instant,
): RevocationAnswer {
  const known = knownInOrder(evidence, knownAt)
  const newest = known.at(-1)
  if (!newest) return { status: 'UNKNOWN', because: 'NO_EVIDENCE', newest: null }
  const believed = known.some(({ doubtedFrom }) => doubtedFrom !== undefined)
    ? known.filter(({ doubtedFrom }) => doubtedFrom === undefined || doubtedFrom > knownAt)
    : known
  const listings = known.some(isListing) ? known.filter(isListing).sort(earliestFirst) : NO_LISTINGS
  const revoking = listings.find((item) => revokedSince(item.entry) <= at && at < liftedAt(item, believed, notAfter))
  if (revoking) return { status: 'REVOKED', evidence: revoking, entry: revoking.entry, since: revokedSince(revoking.entry) }
  const covering =
    at <= knownAt + EVIDENCE_CLOCK_SKEW_MS &&
    believed.findLast((item) => covers(item, notAfter, at) && (at <= item.thisUpdate || isNewestOfSource(item, known)))
  const later = listings.find(
    (item) => revokedSince(item.entry) > at && liftedAt(item, believed, notAfter) === Number.POSITIVE_INFINITY,
  )
  if (covering) return { status: 'GOOD', evidence: covering, revokedLater: later?.entry ?? null }
  return { status: 'UNKNOWN', because: speaksOf(newest, notAfter) ? 'STALE' : 'NOT_COVERED', newest }
}

/**
 * Evidence as it counts for something proven to exist by `provenBy`. Whoever brings evidence along chooses it: a list from before a
 * revocation would clear all that is dated back before that list. So what was brought proves an absence only where it was not stale
 * yet when the thing is proven to have existed (ETSI EN 319 102-1 5.2.5). What it revokes stands.
 */
export function countingFor(evidence: readonly RevocationEvidence[], provenBy: Instant): readonly RevocationEvidence[] {
  if (!evidence.some(({ brought }) => brought)) return evidence
  return evidence.map((item) => {
    const isStale = Math.max(item.thisUpdate, item.nextUpdate ?? item.thisUpdate) < provenBy
    return item.brought && isStale
      ? { ...item, doubtedFrom: Math.min(item.recordedAt, item.doubtedFrom ?? item.recordedAt) }
      : item
  })
}

interface Listing extends RevocationEvidence {
  readonly entry: RevocationEntry
}

const NO_LISTINGS: readonly Listing[] = []

/** What is known, oldest first. One piece of evidence, the most common case by far, needs no order. */
function knownInOrder(evidence: readonly RevocationEvidence[], knownAt: Instant): readonly RevocationEvidence[] {
  const [only] = evidence
  if (only && evidence.length === 1 && only.recordedAt <= knownAt) return evidence
  return evidence.filter((item) => item.recordedAt <= knownAt).sort(oldestFirst)
}

/** Whether the evidence lists the certificate; `removeFromCRL` (delta CRLs) says that it is listed no more. */
export function isListing(item: RevocationEvidence): item is Listing {
  return item.entry !== null && item.entry.reason !== 'removeFromCRL'
}

/** Whether the evidence lists the certificate as on hold, the one revocation that can be lifted. */
export function isHold(item: RevocationEvidence): boolean {
  return item.entry?.reason === 'certificateHold'
}

/** When later evidence no longer had the hold; never, for any other reason. */
function liftedAt(item: Listing, believed: readonly RevocationEvidence[], notAfter: Instant): Instant {
  if (!isHold(item)) return Number.POSITIVE_INFINITY
  const lift = believed.find((other) => other.thisUpdate > item.thisUpdate && !isListing(other) && speaksOf(other, notAfter))
  return lift?.thisUpdate ?? Number.POSITIVE_INFINITY
}

function covers(item: RevocationEvidence, notAfter: Instant, at: Instant): boolean {
  return speaksOf(item, notAfter) && (at <= item.thisUpdate || (item.nextUpdate !== null && at <= item.nextUpdate))
}

/** Whether the absence of an earlier date in this evidence means anything for the certificate. */
function speaksOf(item: RevocationEvidence, notAfter: Instant): boolean {
  const isTimely = item.thisUpdate <= item.recordedAt + EVIDENCE_CLOCK_SKEW_MS
  return isTimely && (isListing(item) || item.thisUpdate <= notAfter)
}

/** A newer answer of the same source replaces the older one, even where the older promised to last longer. */
function isNewestOfSource(item: RevocationEvidence, known: readonly RevocationEvidence[]): boolean {
  return !known.some((other) => other.kind === item.kind && other.source === item.source && other.thisUpdate > item.thisUpdate)
}

/** By issue; among evidence of one moment the listing ones come last, so that they are the newest word. */
function oldestFirst(a: RevocationEvidence, b: RevocationEvidence): number {
  const byListing = Number(isListing(a)) - Number(isListing(b))
  return a.thisUpdate - b.thisUpdate || byListing || a.recordedAt - b.recordedAt || a.digest.localeCompare(b.digest)
}

/** By the moment the revocation counts from; permanent ones before holds, then the evidence that said so first. */
function earliestFirst(a: Listing, b: Listing): number {
  const byHold = Number(isHold(a)) - Number(isHold(b))
  return revokedSince(a.entry) - revokedSince(b.entry) || byHold || oldestFirst(a, b)
}
