import type { RevocationEvidence } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import type { DecodedCertificate } from '../decoded-certificate.ts'
import type { CandidatePaths, FoundPaths } from '../path-cache.ts'
import type { CertificateReader } from '../store/certificate-store.ts'
import { crlEvidence } from './crl-evidence.ts'
import { indirectEvidence } from './indirect-evidence.ts'
import { ocspEvidence } from './ocsp-evidence.ts'

export interface EvidencePorts {
  readonly store: CertificateReader
  readonly paths: CandidatePaths
}

/** What is known of one certificate under one issuer key. */
export type Evidence = (certificate: DecodedCertificate, issuer: DecodedCertificate) => Promise<readonly RevocationEvidence[]>

/**
 * Gathers everything CRLs and OCSP responses say of the certificates on some paths, as far as recorded by `knownAt`.
 * Certificates stand in many paths: what is known of one under one issuer key is asked for once.
 */
export function evidenceGatherer(found: FoundPaths, knownAt: Instant, ports: EvidencePorts): Evidence {
  const asked = new Map<string, Promise<readonly RevocationEvidence[]>>()
  return (certificate, issuer) => {
    const key = `${certificate.fingerprint} ${issuer.fingerprint}`
    const known = asked.get(key) ?? gather(certificate, issuer, rootsAbove(certificate, found), knownAt, ports)
    asked.set(key, known)
    return known
  }
}

/** What is known of a certificate under every issuer on its own paths. */
export async function evidenceOn(
  certificate: DecodedCertificate,
  knownAt: Instant,
  ports: EvidencePorts,
): Promise<readonly RevocationEvidence[]> {
  const found = await ports.paths.of(certificate)
  const evidence = evidenceGatherer(found, knownAt, ports)
  const issuers = await ports.paths.issuersOf(certificate)
  const all = (await Promise.all(issuers.map((issuer) => evidence(certificate, issuer)))).flat()
  return [...new Map(all.map((item) => [`${item.kind} ${item.digest}`, item])).values()] // two certificates of one issuer key lead to the same
}

async function gather(
  certificate: DecodedCertificate,
  issuer: DecodedCertificate,
  roots: ReadonlySet<string>,
  knownAt: Instant,
  ports: EvidencePorts,
): Promise<readonly RevocationEvidence[]> {
  const kinds = [
    direct(certificate, issuer, knownAt, ports),
    indirectEvidence(certificate, roots, knownAt, { ...ports, evidenceOn: (signer) => directOn(signer, knownAt, ports) }),
  ]
  return (await Promise.all(kinds)).flat()
}

async function direct(
  { certificate }: DecodedCertificate,
  issuer: DecodedCertificate,
  knownAt: Instant,
  { store }: EvidencePorts,
): Promise<readonly RevocationEvidence[]> {
  const kinds = [
    crlEvidence(certificate, issuer.certificate, knownAt, store),
    ocspEvidence(certificate, issuer.certificate, knownAt, store),
  ]
  return (await Promise.all(kinds)).flat()
}

/** On the issuer of an indirect CRL: what its own issuers say, and nobody in their place, so that none of them vouches for itself. */
async function directOn(
  signer: DecodedCertificate,
  knownAt: Instant,
  ports: EvidencePorts,
): Promise<readonly RevocationEvidence[]> {
  const issuers = await ports.paths.issuersOf(signer)
  return (await Promise.all(issuers.map((issuer) => direct(signer, issuer, knownAt, ports)))).flat()
}

function rootsAbove(certificate: DecodedCertificate, { paths }: FoundPaths): ReadonlySet<string> {
  const through = paths.filter(({ chain }) => chain.some(({ fingerprint }) => fingerprint === certificate.fingerprint))
  return new Set(through.flatMap(({ chain }) => chain.at(-1)?.fingerprint ?? []))
}
