import type { Certificate } from '../../pki/x509/certificate.ts'
import { nameKey } from '../../pki/x509/name-matching.ts'
import type { DecodedCertificate } from './decoded-certificate.ts'
import type { Edge } from './edge-batches.ts'
import type { IssuerPool } from './issuer-pool.ts'

const MAXIMUM = 16

/** The signatures a search from a certificate is likely to check: upwards by names and key identifiers, at most 16. */
export function likelyEdges({ certificate }: DecodedCertificate, { roots, intermediates }: IssuerPool): readonly Edge[] {
  const bySubject = Map.groupBy([...roots, ...intermediates].map((one) => one.certificate), ({ subject }) => nameKey(subject)) // biome-ignore format: a sentence
  const isRoot = new Set(roots.map((root) => root.certificate))
  const edges: Edge[] = []
  const seen = new Set<Certificate>()
  let level: readonly Certificate[] = [certificate]
  while (level.length > 0 && edges.length < MAXIMUM) {
    const next: Certificate[] = []
    for (const below of level.filter((one) => !seen.has(one) && !isRoot.has(one))) {
      seen.add(below)
      for (const issuer of (bySubject.get(nameKey(below.issuer)) ?? []).filter((one) => mayHaveSigned(one, below))) {
        edges.push({ certificate: below, issuer })
        next.push(issuer)
      }
    }
    level = next
  }
  return edges.slice(0, MAXIMUM)
}

/** Where both name a key, it is the same one. */
export function mayHaveSigned(issuer: Certificate, below: Certificate): boolean {
  const named = below.extensions.authorityKeyIdentifier?.keyIdentifier
  const own = issuer.extensions.subjectKeyIdentifier
  return !named || !own || Buffer.compare(named, own) === 0
}
