import type { CertificateFacts, FactCheck } from '../../model/facts.ts'
import { findPaths } from '../../pki/x509/find-paths.ts'
import { EdgeMemory, type VerifiedEdges } from '../../pki/x509/verified-edges.ts'
import { BoundedCache } from '../../runtime/bounded-cache.ts'
import type { DecodedCertificate } from './decoded-certificate.ts'
import { type EdgeBatches, ownEdges } from './edge-batches.ts'
import { type IssuerPool, IssuerPools, isAuthority } from './issuer-pool.ts'
import { likelyEdges } from './likely-edges.ts'
import type { CertificateReader } from './store/certificate-store.ts'

const MAXIMUM_PATHS = 4096
const MAXIMUM_EDGES = 16_384
/** Of one search: a stranger decides what is searched for, and a way that is known costs no signature. */
const BUDGET = { signatures: 32, candidates: 2_000 }

/** A path to a root held, from the certificate itself to the root; everything that needs no time was checked. */
export interface FoundPath {
  readonly chain: readonly DecodedCertificate[]
  readonly checks: readonly FactCheck[]
}

export interface FoundPaths {
  /** At most eight, the likeliest first. */
  readonly paths: readonly FoundPath[]
  /** Why there is none; null when there is one. */
  readonly noPath: CertificateFacts['noPath']
}

/** Finds candidate paths, each once until another certificate is taken in. */
export interface CandidatePaths {
  /**
   * The paths of a certificate to every root held.
   * @param brought certificates that came along; their CAs may stand in a path, none of them is a root.
   */
  readonly of: (asked: DecodedCertificate, brought?: readonly DecodedCertificate[]) => Promise<FoundPaths>
  /** The certificates that issued it, on the paths found; none for a root. */
  readonly issuersOf: (asked: DecodedCertificate) => Promise<readonly DecodedCertificate[]>
}

/**
 * Path search over a store, behind bounded caches: certificates read, signatures seen to hold, paths of a store generation.
 * @param edges where signatures are checked ahead of many searches at once; each search for itself by default.
 */
export function candidatePaths(
  store: Pick<CertificateReader, 'bySubject' | 'generation'>,
  edges: EdgeBatches = ownEdges(edgeMemory()),
): CandidatePaths {
  const pools = new IssuerPools(store)
  const found = new BoundedCache<FoundPaths>(MAXIMUM_PATHS)

  async function of(asked: DecodedCertificate, brought: readonly DecodedCertificate[] = []): Promise<FoundPaths> {
    const generation = await store.generation()
    const authorities = brought.filter(isAuthority)
    const key = [generation, asked.fingerprint, ...authorities.map(({ fingerprint }) => fingerprint).sort()].join()
    const known = found.get(key)
    if (known) return known
    const pool = await pools.above(asked, authorities, generation)
    await edges.ready(likelyEdges(asked, pool))
    const paths = search(asked, pool, edges.memory)
    found.set(key, paths)
    return paths
  }

  return {
    of,
    issuersOf: async (asked) => {
      const { paths } = await of(asked)
      const issuers = paths.flatMap(({ chain }) => chain[1] ?? [])
      return [...new Map(issuers.map((issuer) => [issuer.fingerprint, issuer])).values()]
    },
  }
}

/** Room for the signatures of a whole nation's authorities and the seals last seen. */
export function edgeMemory(): VerifiedEdges {
  return new EdgeMemory(MAXIMUM_EDGES)
}

function search(asked: DecodedCertificate, { roots, intermediates }: IssuerPool, edges: VerifiedEdges): FoundPaths {
  const byCertificate = new Map([asked, ...roots, ...intermediates].map((one) => [one.certificate, one]))
  const { paths, noPath } = findPaths(asked.certificate, {
    roots: roots.map(({ certificate }) => certificate),
    intermediates: intermediates.map(({ certificate }) => certificate),
    budget: BUDGET,
    edges,
  })
  return {
    paths: paths.map(({ certificates, checks }) => ({
      chain: certificates.flatMap((certificate) => byCertificate.get(certificate) ?? []),
      checks,
    })),
    noPath: noPath && { code: noPath.code, detail: noPath.detail },
  }
}
