import type { CertificateFacts, PathCandidate, PathFacts } from '../../model/facts.ts'
import { sealFacts } from '../../model/sealed-facts.ts'
import { formatName } from '../../pki/x509/name.ts'
import { type DecodedCertificate, spanOf } from './decoded-certificate.ts'
import type { FoundPath } from './path-cache.ts'
import { type Evidence, evidenceGatherer } from './revocation/evidence.ts'
import type { CertificatesRoom } from './room.ts'

/** Facts hold for every moment of knowledge: whoever judges leaves out what was recorded later than he asks about. */
const EVER = Number.MAX_SAFE_INTEGER

type FactsPorts = Pick<CertificatesRoom, 'store' | 'paths'>

/**
 * Everything known of certificates, timeless: candidate paths to every root held with spans, checks and revocation evidence.
 * @param asked the certificates in question; they serve each other as intermediates too, and never as roots.
 */
export async function pathFactsOf(asked: readonly DecodedCertificate[], ports: FactsPorts): Promise<PathFacts> {
  return { certificates: await Promise.all(asked.map((certificate) => certificateFacts(certificate, asked, ports))) }
}

/** The facts sealed for the way to `trust`, about one entity. */
export async function sealedPathFacts(
  asked: readonly DecodedCertificate[],
  entityId: string,
  room: Pick<CertificatesRoom, 'store' | 'paths' | 'now' | 'factsKey'>,
): Promise<string> {
  const facts = await pathFactsOf(asked, room)
  return sealFacts({ producer: 'certificates', type: 'PathFacts', entityId, producedAt: room.now() }, facts, room.factsKey)
}

async function certificateFacts(
  asked: DecodedCertificate,
  brought: readonly DecodedCertificate[],
  { store, paths }: FactsPorts,
): Promise<CertificateFacts> {
  const found = await paths.of(asked, brought)
  const evidence = evidenceGatherer(found, EVER, { store, paths })
  const { certificate, fingerprint } = asked
  return {
    fingerprint,
    subject: formatName(certificate.subject),
    issuer: formatName(certificate.issuer),
    serialNumber: certificate.serialNumber,
    validity: spanOf(asked),
    keyUsage: keyUsageOf(asked),
    paths: await Promise.all(found.paths.map((path) => candidateFacts(path, evidence))),
    noPath: found.noPath,
  }
}

async function candidateFacts({ chain, checks }: FoundPath, evidence: Evidence): Promise<PathCandidate> {
  const issued = chain.slice(0, -1)
  return {
    chain: chain.map(({ fingerprint }) => fingerprint),
    subjects: chain.map(({ certificate }) => formatName(certificate.subject)),
    validities: chain.map(spanOf),
    checks,
    revocation: await Promise.all(
      issued.map((certificate, i) => {
        const issuer = chain[i + 1]
        return issuer ? evidence(certificate, issuer) : []
      }),
    ),
  }
}

/** Key usage bits by their RFC 5280 names, in the order of their numbers; null when the extension is absent. */
export function keyUsageOf({ certificate }: DecodedCertificate): readonly string[] | null {
  const usages = certificate.extensions.keyUsage
  return usages && [...usages]
}
