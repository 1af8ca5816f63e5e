import type { CertificateFacts, PathCandidate, PathFacts } from '../../model/facts.ts'
import type { RevocationEvidence } from '../../model/revocation.ts'
import { sealFacts } from '../../model/sealed-facts.ts'
import type { Span } from '../../model/time.ts'
import { formatName } from '../../pki/x509/name.ts'
import type { DecodedCertificate } from './decoded-certificate.ts'
import type { FoundPath } from './path-cache.ts'
import { crlEvidence } from './revocation/crl-evidence.ts'
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
  const evidence = evidenceGatherer(store)
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

type Evidence = (certificate: DecodedCertificate, issuer: DecodedCertificate) => Promise<readonly RevocationEvidence[]>

/** Certificates stand in many of the candidates: what is known of one under one issuer key is asked for once. */
function evidenceGatherer(store: FactsPorts['store']): Evidence {
  const asked = new Map<string, Promise<readonly RevocationEvidence[]>>()
  return (certificate, issuer) => {
    const key = `${certificate.fingerprint} ${issuer.fingerprint}`
    const known = asked.get(key) ?? crlEvidence(certificate.certificate, issuer.certificate, EVER, store)
    asked.set(key, known)
    return known
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

/** When a certificate is valid by its own word. */
export function spanOf({ certificate }: DecodedCertificate): Span {
  return { from: certificate.validity.notBefore, until: certificate.validity.notAfter }
}

/** Key usage bits by their RFC 5280 names, in the order of their numbers; null when the extension is absent. */
export function keyUsageOf({ certificate }: DecodedCertificate): readonly string[] | null {
  const usages = certificate.extensions.keyUsage
  return usages && [...usages]
}
