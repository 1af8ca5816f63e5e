import type { DivisionCode } from '../../../model/division-code.ts'
import type { Fingerprint, SealFacts } from '../../../model/facts.ts'
import { isListing, type RevocationEvidence } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import type { Case } from './case.ts'
import type { Finding } from './finding.ts'

/** What an answer stands on, so that it can be repeated: the same question over the same evidence gives the same bytes. */
export interface EvidenceUsed {
  /** When the newest statement on lists and agreements known then was recorded; null when there was none. */
  readonly snapshot: Instant | null
  /** Signed lists whose word is in the answer. */
  readonly lists: readonly ListUsed[]
  /** Ids of the agreements whose word is in the answer. */
  readonly agreements: readonly string[]
  readonly sources: readonly EvidenceSource[]
}

export interface ListUsed {
  readonly territory: DivisionCode
  readonly sequence: number
  /** SM3 of the bytes, lower-case hex. */
  readonly digest: string
}

export interface EvidenceSource {
  readonly kind: 'DOCUMENT' | 'SIGNATURE' | 'SEAL' | 'CERTIFICATE' | 'CRL' | 'OCSP'
  /** Lower-case hex: SHA-256 of a certificate, SM3 of everything else. */
  readonly digest: string
  /** It came with the document and is not held here: who repeats the answer needs the document. */
  readonly brought?: true
}

/** Collects what stands behind findings. @param chains the paths chosen. */
export function evidenceUsed(
  matter: Case,
  findings: readonly Finding[],
  facts: SealFacts | null,
  chains: readonly (readonly Fingerprint[])[],
): EvidenceUsed {
  const territories = new Set(findings.map(({ list }) => list).filter((list) => list !== undefined))
  const lists = [...territories].map((territory) => matter.trust.list(territory, matter.knownAt)).filter((list) => list !== null)
  const certificates = [...new Set(chains.flat())]
  return inOrder({
    snapshot: matter.trust.generation(matter.knownAt),
    lists: lists.map(({ territory, sequence, digest }) => ({ territory, sequence, digest })),
    agreements: findings.map(({ agreement }) => agreement).filter((id) => id !== undefined),
    sources: [
      ...bytesOf(facts),
      ...certificates.map((digest) => ({ kind: 'CERTIFICATE', digest }) as const),
      ...certificates.flatMap((fingerprint) => revocationUsed(matter, fingerprint)),
    ],
  })
}

/** What stands behind any of several answers. */
export function unitedEvidence(first: EvidenceUsed, others: readonly EvidenceUsed[]): EvidenceUsed {
  const all = [first, ...others]
  return inOrder({
    snapshot: first.snapshot,
    lists: all.flatMap(({ lists }) => lists),
    agreements: all.flatMap(({ agreements }) => agreements),
    sources: all.flatMap(({ sources }) => sources),
  })
}

function bytesOf(facts: SealFacts | null): readonly EvidenceSource[] {
  if (facts === null) return []
  const inside = facts.subject === 'SIGNATURE' && facts.seal ? [{ kind: 'SEAL', digest: facts.seal.digest } as const] : []
  return [{ kind: facts.subject, digest: facts.digest }, ...inside]
}

/** The newest word of every source known then, and every one that lists the certificate. */
function revocationUsed({ revocations, knownAt }: Case, fingerprint: Fingerprint): readonly EvidenceSource[] {
  const known = (revocations.get(fingerprint) ?? []).filter((item) => item.recordedAt <= knownAt)
  const held = new Set(known.filter(({ brought }) => !brought).map(({ digest }) => digest))
  return known
    .filter((item) => isListing(item) || isNewest(item, known))
    .map(({ kind, digest }) => (held.has(digest) ? { kind, digest } : { kind, digest, brought: true }))
}

function isNewest(item: RevocationEvidence, known: readonly RevocationEvidence[]): boolean {
  return !known.some((other) => other.kind === item.kind && other.source === item.source && other.thisUpdate > item.thisUpdate)
}

/** Each once, in an order that does not depend on how it was found. */
function inOrder({ snapshot, lists, agreements, sources }: EvidenceUsed): EvidenceUsed {
  return {
    snapshot,
    lists: eachOnce(lists, ({ territory }) => territory),
    agreements: eachOnce(agreements, (id) => id),
    sources: eachOnce(sources, ({ kind, digest }) => `${kind} ${digest}`),
  }
}

function eachOnce<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const byKey = new Map(items.map((item) => [keyOf(item), item]))
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}
