import type { FactCheck } from '../../../model/facts.ts'
import type { RevocationEvidence } from '../../../model/revocation.ts'
import type { Bilingual } from '../../../model/text.ts'
import { formatInstant, type Instant } from '../../../model/time.ts'
import type { FoundPath } from '../path-cache.ts'
import type { Refusal } from '../refusal.ts'
import type { CertificateReader } from '../store/certificate-store.ts'
import type { SightingStore } from '../store/sighting-store.ts'
import { type AdmittedPiece, admitBrought } from './admit-brought.ts'
import type { BroughtPiece } from './brought-pieces.ts'
import { type BroughtList, withBrought } from './brought-reader.ts'

/** Sightings kept, about 100 bytes each; the public may fill half of them. */
const MAXIMUM_SIGHTINGS = 1_000_000

export interface BroughtPorts {
  readonly store: CertificateReader & SightingStore
  readonly now: () => Instant
  /** Whether the public asks. */
  readonly isPublic: boolean
}

/** What came along with what is judged, as far as it may be used. */
export interface BroughtEvidence {
  /** What is held and what came along, as one. */
  readonly reader: CertificateReader
  /** What became of it on a path with this evidence: the pieces used, and those that were not and why. */
  readonly checksOn: (chain: FoundPath['chain'], evidence: readonly RevocationEvidence[]) => readonly FactCheck[]
}

/**
 * Admits what came along with what is judged, for this judgement alone: nothing of it is stored but when each piece that holds was
 * first seen, which is since when it is known. So the same question by the same knowledge has the same answer later, and one by
 * earlier knowledge has the answer it had.
 */
export async function broughtEvidence(
  pieces: readonly BroughtPiece[],
  paths: readonly FoundPath[],
  { store, now, isPublic }: BroughtPorts,
): Promise<BroughtEvidence> {
  if (pieces.length === 0) return { reader: store, checksOn: () => [] }
  const seen = await store.sightings(pieces.map(({ digest }) => digest))
  const arrival = now()
  const refused: FactCheck[] = []
  const admitted: AdmittedPiece[] = []
  for (const piece of pieces) {
    const verdict = await admitBrought(piece, { ...subjectsOf(paths), store, arrivedAt: seen.get(piece.digest) ?? arrival })
    if (verdict === null) continue
    if ('code' in verdict) refused.push(refusedRow(piece, verdict))
    else admitted.push(verdict)
  }
  const limit = isPublic ? MAXIMUM_SIGHTINGS / 2 : MAXIMUM_SIGHTINGS
  const known = admitted.length === 0 ? seen : await store.see(admitted.map(digestOf), arrival, limit)
  const knownSince = (digest: string) => known.get(digest) ?? arrival
  return {
    reader: withBrought(store, listsOf(admitted, knownSince), wordsIn(admitted, knownSince)),
    checksOn: (chain, evidence) => [...admittedRows(admitted, chain, evidence), ...refused],
  }
}

function subjectsOf(paths: readonly FoundPath[]) {
  const issuers = new Map(paths.flatMap(({ chain }) => chain.slice(1)).map((one) => [one.fingerprint, one.certificate]))
  const judged = paths.flatMap(({ chain }) => chain.slice(0, -1))
  const serialNumbers = new Set(judged.map(({ certificate }) => certificate.serialNumber))
  return { issuers: [...issuers.values()], serialNumbers }
}

type KnownSince = (digest: string) => Instant

function listsOf(admitted: readonly AdmittedPiece[], knownSince: KnownSince): readonly BroughtList[] {
  return admitted.flatMap((piece) =>
    piece.kind === 'CRL' ? [{ ...piece, crl: { ...piece.crl, recordedAt: knownSince(piece.crl.digest) } }] : [],
  )
}

function wordsIn(admitted: readonly AdmittedPiece[], knownSince: KnownSince) {
  return admitted.flatMap((piece) =>
    piece.kind === 'OCSP' ? piece.words.map((word) => ({ ...word, recordedAt: knownSince(word.digest) })) : [],
  )
}

function digestOf(piece: AdmittedPiece): string {
  return piece.kind === 'CRL' ? piece.crl.digest : piece.digest
}

function admittedRows(
  admitted: readonly AdmittedPiece[],
  chain: FoundPath['chain'],
  evidence: readonly RevocationEvidence[],
): readonly FactCheck[] {
  const used = new Set(evidence.filter(({ brought }) => brought).map(({ digest }) => digest))
  const serialNumbers = new Set(chain.slice(0, -1).map(({ certificate }) => certificate.serialNumber))
  return admitted.flatMap((piece) => {
    const object = objectOf(piece.kind, digestOf(piece))
    if (piece.kind === 'CRL') return used.has(digestOf(piece)) ? [row(object, 'PASSED', saidBy(piece.crl.issuer, piece.crl))] : []
    const words = piece.words.filter(({ serialNumber }) => serialNumbers.has(serialNumber))
    const isUsed = used.has(piece.digest) || words.some(({ status }) => status === 'UNKNOWN')
    return words
      .slice(0, 1)
      .map((word) => (isUsed ? row(object, 'PASSED', saidBy(word.responder, word)) : row(object, 'NOTE', NOT_CLEARED)))
  })
}

/** Who said it, and as of when. */
function saidBy(issuer: string, { thisUpdate }: { readonly thisUpdate: Instant }): Bilingual {
  const text = `${issuer}, ${formatInstant(thisUpdate)}`
  return { zh: text, en: text }
}

const NOT_CLEARED: Bilingual = {
  zh: '本枢纽所持资料未能证明应答者当时未被吊销',
  en: 'no evidence held here shows that its responder was not revoked',
}

function refusedRow({ kind, digest }: BroughtPiece, { reason }: Refusal): FactCheck {
  return row(objectOf(kind, digest), 'NOTE', reason)
}

function row(object: string, outcome: FactCheck['outcome'], detail: Bilingual): FactCheck {
  return { check: 'BROUGHT_EVIDENCE', object, outcome, detail }
}

const KINDS = { CRL: 'CRL', OCSP: 'OCSP response', UNREAD: 'evidence' } as const

function objectOf(kind: BroughtPiece['kind'], digest: string): string {
  return `${KINDS[kind]} ${digest.slice(0, 16)}`
}
