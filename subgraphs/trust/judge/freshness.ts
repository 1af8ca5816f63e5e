import type { Fingerprint, Registration } from '../../../model/facts.ts'
import { type Freshness, freshnessAt } from '../../../model/freshness.ts'
import type { Case } from './case.ts'
import { registrationFreshness } from './registration.ts'

/** How fresh the sources behind an answer are: the worst of the platform's word and the revocation evidence of the chains chosen. */
export function evidenceFreshness(
  matter: Case,
  registration: Registration | null,
  chains: readonly (readonly Fingerprint[])[],
): Freshness {
  const certificates = [...new Set(chains.flatMap((chain) => chain.slice(0, -1)))]
  const sources = certificates.map((fingerprint) => revocationFreshness(matter, fingerprint))
  if (registration) sources.push(registrationFreshness(matter, registration))
  return sources.reduce(worse, sources[0] ?? { kind: 'UNKNOWN', reason: NO_SOURCE })
}

export const NO_SOURCE = { zh: '没有可依据的来源', en: 'there is no source to go by' }
const NO_EVIDENCE = { zh: '没有吊销信息', en: 'no revocation evidence is held' }

function revocationFreshness(matter: Case, fingerprint: Fingerprint): Freshness {
  const known = (matter.revocations.get(fingerprint) ?? []).filter((item) => item.recordedAt <= matter.knownAt)
  const newest = known.reduce((a, b) => (b.thisUpdate > (a?.thisUpdate ?? Number.NEGATIVE_INFINITY) ? b : a), known[0])
  if (!newest) return { kind: 'UNKNOWN', reason: NO_EVIDENCE }
  return freshnessAt(newest.thisUpdate, matter.present, (newest.nextUpdate ?? newest.thisUpdate) - newest.thisUpdate)
}

const RANK = { FRESH: 0, STALE: 1, UNKNOWN: 2 } as const

/** The one to be told of two. */
export function worse(a: Freshness, b: Freshness): Freshness {
  if (RANK[a.kind] !== RANK[b.kind]) return RANK[a.kind] > RANK[b.kind] ? a : b
  if (a.kind === 'UNKNOWN' || b.kind === 'UNKNOWN') return a
  return a.age - a.bound >= b.age - b.bound ? a : b
}
