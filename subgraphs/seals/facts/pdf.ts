import type { FactCheck, TimeStampDescription } from '../../../model/facts.ts'
import type { SealFormat } from '../../../model/seal.ts'
import { decodeSignedData } from '../../../pki/cms/signed-data.ts'
import { united, type ValidationMaterial } from '../../../pki/cms/validation-material.ts'
import { legible } from '../../../pki/ofd/legible.ts'
import type { PdfRow } from '../../../pki/pdf/check-row.ts'
import { type PdfSignatureReading, readPdf } from '../../../pki/pdf/pdf.ts'
import { decodeSignature } from '../../../pki/ses/signature.ts'
import { signatureStamp } from '../../../pki/ses/signature-stamp.ts'
import type { TimeStamp } from '../../../pki/timestamp/verify-token.ts'
import { fingerprintOf } from '../../../pki/x509/certificate.ts'
import type { DocumentReading, SignatureReading } from '../facts.ts'
import { unreadMaterial } from './brought-evidence.ts'
import { decodeBytes } from './bytes.ts'
import { judgeOriginality } from './originality.ts'
import { pdfCopyEvidence } from './pdf-origin.ts'
import { readable, readingOfSeal } from './seal.ts'
import { emptyReading } from './signature-shape.ts'
import { certificatesOfStamp, describeStamp, materialOfStamp, signerStamp } from './time-stamp.ts'

/**
 * Every signature of a PDF file and what the file tells as a whole (ISO 32000-2 12.8).
 * @param digest SM3 over the bytes, which names the signatures.
 * @throws PkiError STRUCTURE for a broken file, UNSUPPORTED for an encrypted one, TOO_LARGE or TOO_DEEP over a limit.
 */
export function inspectPdf(bytes: Uint8Array, digest: string): DocumentReading {
  const { rows, signatures: all, store } = readPdf(bytes)
  const stored = { certificates: store?.certificates ?? [], revocations: store?.revocations ?? [], fault: null }
  const signatures = all.map((one, i) => readingOf(one, all, stored, `${digest}-${i + 1}`))
  const signing = signatures.filter(({ isTimeStamp }) => !isTimeStamp)
  const { originality, check } = judgeOriginality(signing, () => pdfCopyEvidence(bytes))
  const checks = [...rows, signedCheck(signing.length, all.length), check, ...signatures.flatMap(stampCheck)]
  return { kind: 'PDF', digest, checks, originality, uncoveredFiles: [], signatures }
}

/** A time-stamp over the document must hold by its bytes; whether it is believed weighs nothing on the document. */
function stampCheck({ isTimeStamp, label, checks }: SignatureReading): readonly FactCheck[] {
  if (!isTimeStamp) return []
  const broken = checks.find(({ outcome }) => outcome === 'FAILED')
  const object = `time-stamp ${label}`
  if (broken === undefined) return [{ check: 'DOCUMENT_TIME_STAMP', object, outcome: 'PASSED' }]
  const detail = broken.detail ?? { zh: broken.check, en: broken.check }
  return [{ check: 'DOCUMENT_TIME_STAMP', object, outcome: 'FAILED', detail }]
}

/** A time-stamp proves a time and signs nothing: a document with nothing else is not signed. */
function signedCheck(signing: number, all: number): FactCheck {
  const detail = { zh: `${all} 个签名`, en: `${all} signatures` }
  if (signing > 0) return { check: 'DOCUMENT_SIGNED', object: 'document', outcome: 'PASSED', detail }
  const only = { zh: '只有时间戳', en: 'it bears time-stamps only' }
  return { check: 'DOCUMENT_SIGNED', object: 'document', outcome: 'UNKNOWN', ...(all > 0 && { detail: only }) }
}

/** @param stored what is in the security store: it may concern any signature, and comes last. */
function readingOf(
  signature: PdfSignatureReading,
  all: readonly PdfSignatureReading[],
  stored: ValidationMaterial,
  id: string,
): SignatureReading {
  const { kind, rows, range, signerCertificate, field, claimedAt } = signature
  const value = signature.value ?? new Uint8Array()
  const sealed = kind === 'SEAL_SIGNATURE' ? decodeBytes(() => decodeSignature(value)).value : null
  const seal = sealed && readingOfSeal(sealed.toSign.eseal)
  const stamp = sealed === null ? stampBeside(kind, value) : signatureStamp(sealed).timeStamp
  const format: SealFormat | null = kind === null ? null : (seal?.format ?? 'GBT_35275')
  const signerFingerprint = signerCertificate && fingerprintOf(signerCertificate)
  const timeStamp = older(describeStamp(stamp), stampedBy(signature, all))
  const material = united([signature.material, materialOfStamp(stamp), ...stampMaterial(all)])
  return {
    ...emptyReading(value, null),
    id,
    label: legible(field),
    isTimeStamp: kind === 'TIME_STAMP',
    addedLater: laterRevisions(signature, all),
    format,
    checks: [...rows.map((row) => factCheck(row, format)), ...unreadMaterial(material)],
    seal,
    signature: { claimedAt, signerCertificate: signerFingerprint, contentGiven: range !== null, timeStamp },
    protects: range && `bytes 0–${range.end}`,
    certificates: readable([
      ...(signerCertificate ? [signerCertificate] : []),
      ...signature.certificates,
      ...certificatesOfStamp(stamp),
      ...authorities(all),
      ...material.certificates,
      ...stored.certificates,
    ]),
    revocationEvidence: [...material.revocations, ...stored.revocations],
    makerFingerprint: seal?.makerFingerprint ?? null,
    signerFingerprint,
  }
}

function factCheck(row: PdfRow, format: SealFormat | null): FactCheck {
  return format === null || row.check.startsWith('PDF_') ? row : { ...row, format }
}

/** The time-stamp beside a signer's value (PAdES B-T); null for none that holds. */
function stampBeside(kind: PdfSignatureReading['kind'], value: Uint8Array): TimeStamp | null {
  if (kind !== 'SIGNED_DATA') return null
  const [signer] = decodeBytes(() => decodeSignedData(value)).value?.signers ?? []
  return signer ? signerStamp(signer) : null
}

function older(a: TimeStampDescription | null, b: TimeStampDescription | null): TimeStampDescription | null {
  if (a === null || b === null) return a ?? b
  return a.time <= b.time ? a : b
}

/** Revisions that came after a signature and that a later one covers. */
function laterRevisions({ revision }: PdfSignatureReading, all: readonly PdfSignatureReading[]): readonly string[] {
  if (revision === null) return []
  const newest = Math.max(revision, ...all.map((other) => other.revision ?? 0))
  return Array.from({ length: Math.min(100, newest - revision) }, (_, i) => `revision ${revision + i + 1}`)
}

/** The oldest document time-stamp that holds and covers a signature: it existed by then (ETSI EN 319 142-1, PAdES B-LTA). */
function stampedBy({ revision, kind }: PdfSignatureReading, all: readonly PdfSignatureReading[]): TimeStampDescription | null {
  if (revision === null || kind === 'TIME_STAMP') return null
  const stamps = all.flatMap((other) => {
    const isLater = other.kind === 'TIME_STAMP' && other.revision !== null && other.revision > revision
    const { claimedAt, signerCertificate } = other
    if (!isLater || !holds(other) || claimedAt === null || signerCertificate === null) return []
    return [{ time: claimedAt, authority: fingerprintOf(signerCertificate) }]
  })
  return stamps.sort((a, b) => a.time - b.time)[0] ?? null
}

const MUST_HOLD = ['PDF_BYTE_RANGE', 'PDF_REVISION', 'DATA_HASH', 'SIGNATURE_VALUE', 'SIGNATURE_TIME_STAMP'] as const

function holds({ rows }: PdfSignatureReading): boolean {
  const isHeld = (name: string) =>
    rows.some(({ check, outcome }) => check === name && (outcome === 'PASSED' || outcome === 'NOTE'))
  return MUST_HOLD.every(isHeld) && rows.every(({ outcome }) => outcome !== 'FAILED')
}

/** What the time-stamps over the document bring along concerns whatever they stamp. */
function stampMaterial(all: readonly PdfSignatureReading[]): readonly ValidationMaterial[] {
  return all.filter(({ kind }) => kind === 'TIME_STAMP').map(({ material }) => material)
}

function authorities(all: readonly PdfSignatureReading[]): readonly Uint8Array[] {
  return all
    .filter(({ kind }) => kind === 'TIME_STAMP')
    .flatMap(({ signerCertificate, certificates }) => [...(signerCertificate ? [signerCertificate] : []), ...certificates])
}
