import {
  isListing,
  type RevocationEvidence,
  revocationAt,
  revocationCastsDoubtOnThePast,
  revokedSince,
} from '../../../model/revocation.ts'
import type { Instant, Span } from '../../../model/time.ts'

/** What is known of somebody who was let speak for an issuer, at the moment he signed; timeless, as moments of knowledge. */
export interface SignerStanding {
  /** From when on it is known that he was not revoked when he signed; null: never. */
  readonly clearedFrom: Instant | null
  /** From when on it is known that he was, or that his key may have been in other hands; null: never. */
  readonly doubtedFrom: Instant | null
}

/**
 * The standing of a signer, by the evidence on his own certificate. What a document brings along can revoke him, never clear him:
 * with a stolen key and an old CRL anybody could let him say anything.
 * @param validity of the signer's certificate: outside it he may not speak at all.
 */
export function signerStanding(onSigner: readonly RevocationEvidence[], validity: Span, signedAt: Instant): SignerStanding {
  const evidence = onSigner.filter((item) => !item.brought || isListing(item))
  const notAfter = validity.until ?? Number.MAX_SAFE_INTEGER
  const doubts = evidence.filter(isListing).filter(({ entry }) => {
    return revokedSince(entry) <= signedAt || revocationCastsDoubtOnThePast(entry.reason)
  })
  const doubtedFrom = doubts.length === 0 ? null : Math.min(...doubts.map(({ recordedAt }) => recordedAt))
  if (signedAt < validity.from || notAfter < signedAt) return { clearedFrom: null, doubtedFrom }
  const moments = [...new Set(evidence.map(({ recordedAt }) => Math.max(recordedAt, signedAt)))].sort((a, b) => a - b)
  const isGood = (knownAt: Instant) => revocationAt(evidence, notAfter, signedAt, knownAt).status === 'GOOD'
  return { clearedFrom: moments.find(isGood) ?? null, doubtedFrom }
}

/** Evidence as good as its signer: it counts from when he was cleared, and is doubted from when he is. What revokes stands. */
export function vouchedFor(item: RevocationEvidence, { clearedFrom, doubtedFrom }: SignerStanding): RevocationEvidence | null {
  if (clearedFrom === null) return isListing(item) ? { ...item, doubtedFrom: item.recordedAt } : null
  const recordedAt = isListing(item) ? item.recordedAt : Math.max(item.recordedAt, clearedFrom)
  return doubtedFrom === null ? { ...item, recordedAt } : { ...item, recordedAt, doubtedFrom }
}
