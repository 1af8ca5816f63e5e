import { setImmediate } from 'node:timers/promises'
import type { Instant } from '../../../model/time.ts'
import type { Certificate } from '../../../pki/x509/certificate.ts'
import { namesEqual } from '../../../pki/x509/name-matching.ts'
import { subjectKeyOf } from '../../../pki/x509/subject-key.ts'
import { decodedCertificate } from '../decoded-certificate.ts'
import { type Refusal, refusalOf, refuse } from '../refusal.ts'
import type { CertificateReader, CrlLines, CrlSeries, HeldCrl } from '../store/certificate-store.ts'
import type { OcspWord } from '../store/ocsp-store.ts'
import { headOf, refuseUnfit, seriesIn, signerAmong } from './admit-crl.ts'
import { responderText, sayingsIn } from './admit-ocsp.ts'
import type { BroughtCrl, BroughtOcsp, BroughtPiece } from './brought-pieces.ts'
import { linesOf } from './crl-lines.ts'

/** What one piece may be asked for, once its signature is known to hold. */
export type AdmittedPiece =
  | { readonly kind: 'CRL'; readonly crl: Omit<HeldCrl, 'recordedAt'>; readonly scope: CrlSeries; readonly lines: CrlLines }
  | { readonly kind: 'OCSP'; readonly digest: string; readonly words: readonly Omit<OcspWord, 'recordedAt'>[] }

export interface AdmissionCase {
  /** Of the certificates judged, as found on their paths. */
  readonly issuers: readonly Certificate[]
  /** Serial numbers of the certificates judged. */
  readonly serialNumbers: ReadonlySet<string>
  readonly store: Pick<CertificateReader, 'bySubject'>
  /** When the piece arrived: when it was first seen here, or now. */
  readonly arrivedAt: Instant
}

/** Certificates one response is asked about: each answer costs a signature. */
const MAXIMUM_ANSWERS = 16

/**
 * Whether a piece that came along may be used for this judgement, by the rules of `admitCrl` and `admitOcsp`, but that it need not be
 * newer than what is held: it replaces nothing. A delta is refused, for which list it builds on is not told by whoever brought it.
 * @returns null for what is about none of the certificates judged; otherwise what it is, or why it is not used.
 */
export async function admitBrought(piece: BroughtPiece, asked: AdmissionCase): Promise<AdmittedPiece | Refusal | null> {
  try {
    if (piece.kind === 'UNREAD') return piece.refusal
    return piece.kind === 'CRL' ? await admitBroughtCrl(piece, asked) : admitBroughtOcsp(piece, asked)
  } catch (error) {
    return refusalOf(error)
  }
}

async function admitBroughtCrl(
  { digest, crl }: BroughtCrl,
  { issuers, store, arrivedAt }: AdmissionCase,
): Promise<AdmittedPiece | Refusal | null> {
  const held = (await store.bySubject(subjectKeyOf(crl.issuer))).map(({ der }) => decodedCertificate(der).certificate)
  const named = [...new Set([...issuers.filter(({ subject }) => namesEqual(subject, crl.issuer)), ...held])]
  if (named.length === 0) return null
  const unfit = refuseUnfit(crl, arrivedAt)
  if (unfit) return unfit
  for (const _ of crl.entries.walk()) await setImmediate() // a large list must not keep others from their turn
  const signer = signerAmong(named, crl)
  if ('code' in signer) return signer
  if (crl.extensions.baseCrlNumber !== null) return NO_DELTAS
  const lines = linesOf(crl)
  await readThrough(lines)
  const scope = seriesIn(crl, signer)
  const head = { ...headOf(digest, scope.series, crl), entryCount: crl.entries.count, brought: true } as const
  return { kind: 'CRL', crl: head, scope, lines }
}

const NO_DELTAS = refuse('UNSUPPORTED', '不采用随文件带来的增量 CRL', 'a delta CRL that came along with a document is not used')

const PIECE = 2_000

/** Whether it can be read to its last entry. @throws PkiError STRUCTURE */
async function readThrough(lines: CrlLines): Promise<void> {
  let count = 0
  for (const _ of lines) if (++count % PIECE === 0) await setImmediate()
}

function admitBroughtOcsp(
  { digest, response: { status, basic } }: BroughtOcsp,
  { issuers, serialNumbers, arrivedAt }: AdmissionCase,
): AdmittedPiece | Refusal | null {
  if (!basic) return refuse('NO_ANSWER', `应答者没有作答：${status}`, `the responder gave no answer: ${status}`)
  const asked = basic.responses.filter(({ certId }) => serialNumbers.has(certId.serialNumber)).slice(0, MAXIMUM_ANSWERS)
  if (asked.length === 0) return null
  const sayings = sayingsIn({ ...basic, responses: asked }, { issuers, now: arrivedAt })
  if ('code' in sayings) return sayings
  const responder = responderText(basic)
  return { kind: 'OCSP', digest, words: sayings.map((saying) => ({ ...saying, digest, responder, brought: true })) }
}
