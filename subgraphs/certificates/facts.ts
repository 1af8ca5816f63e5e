import type { CertificateFacts, PathCandidate, PathFacts } from '../../model/facts.ts'
import { sealFacts } from '../../model/sealed-facts.ts'
import { formatName } from '../../pki/x509/name.ts'
import { type DecodedCertificate, spanOf } from './decoded-certificate.ts'
import type { FoundPath, FoundPaths } from './path-cache.ts'
import { type BroughtEvidence, broughtEvidence } from './revocation/brought-evidence.ts'
import type { BroughtPiece } from './revocation/brought-pieces.ts'
import { type Evidence, evidenceGatherer } from './revocation/evidence.ts'
import type { CertificatesRoom } from './room.ts'

/** Facts hold for every moment of knowledge: whoever judges leaves out what was recorded later than he asks about. */
const EVER = Number.MAX_SAFE_INTEGER

type FactsPorts = Pick<CertificatesRoom, 'store' | 'paths' | 'now'>

/** Revocation evidence that came along, and with whose question. */
export interface Brought {
  readonly pieces: readonly BroughtPiece[]
  /** Whether the public asks, who may leave fewer traces. */
  readonly isPublic: boolean
}

const NOTHING: Brought = { pieces: [], isPublic: true }

/**
 * Everything known of certificates, timeless: candidate paths to every root held with spans, checks and revocation evidence.
 * @param asked the certificates in question; they serve each other as intermediates too, and never as roots.
 * @param brought evidence that came along with them; it counts for these facts alone.
 */
export async function pathFactsOf(
  asked: readonly DecodedCertificate[],
  { store, paths, now }: FactsPorts,
  { pieces, isPublic }: Brought = NOTHING,
): Promise<PathFacts> {
  const found = await Promise.all(asked.map(async (one) => ({ asked: one, found: await paths.of(one, asked) })))
  const all = found.flatMap((one) => one.found.paths)
  const brought = await broughtEvidence(pieces, all, { store, now, isPublic })
  return { certificates: await Promise.all(found.map((one) => certificateFacts(one, brought, paths))) }
}

/** The facts sealed for the way to `trust`, about one entity. */
export async function sealedPathFacts(
  asked: readonly DecodedCertificate[],
  entityId: string,
  room: FactsPorts & Pick<CertificatesRoom, 'factsKey'>,
  brought: Brought = NOTHING,
): Promise<string> {
  const facts = await pathFactsOf(asked, room, brought)
  return sealFacts({ producer: 'certificates', type: 'PathFacts', entityId, producedAt: room.now() }, facts, room.factsKey)
}

interface Asked {
  readonly asked: DecodedCertificate
  readonly found: FoundPaths
}

async function certificateFacts(
  { asked, found }: Asked,
  brought: BroughtEvidence,
  paths: CertificatesRoom['paths'],
): Promise<CertificateFacts> {
  const evidence = evidenceGatherer(found, EVER, { store: brought.reader, paths })
  const { certificate, fingerprint } = asked
  return {
    fingerprint,
    subject: formatName(certificate.subject),
    issuer: formatName(certificate.issuer),
    serialNumber: certificate.serialNumber,
    validity: spanOf(asked),
    keyUsage: keyUsageOf(asked),
    paths: await Promise.all(found.paths.map((path) => candidateFacts(path, evidence, brought))),
    noPath: found.noPath,
  }
}

async function candidateFacts(
  { chain, checks }: FoundPath,
  evidence: Evidence,
  brought: BroughtEvidence,
): Promise<PathCandidate> {
  const issued = chain.slice(0, -1)
  const revocation = await Promise.all(
    issued.map((certificate, i) => {
      const issuer = chain[i + 1]
      return issuer ? evidence(certificate, issuer) : []
    }),
  )
  return {
    chain: chain.map(({ fingerprint }) => fingerprint),
    subjects: chain.map(({ certificate }) => formatName(certificate.subject)),
    validities: chain.map(spanOf),
    checks: [...checks, ...brought.checksOn(chain, revocation.flat())],
    revocation,
  }
}

/** Key usage bits by their RFC 5280 names, in the order of their numbers; null when the extension is absent. */
export function keyUsageOf({ certificate }: DecodedCertificate): readonly string[] | null {
  const usages = certificate.extensions.keyUsage
  return usages && [...usages]
}
