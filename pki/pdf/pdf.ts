import type { ValidationMaterial } from '../cms/validation-material.ts'
import type { ChangeLevel } from './changes/change-list.ts'
import type { LaterSignatures } from './changes/comparison.ts'
import { judgeLaterChanges, readLaterChanges } from './changes/later-changes.ts'
import type { PdfRow } from './check-row.ts'
import { documentRows } from './document/document-rows.ts'
import { readSecurityStore, type SecurityStore } from './document/security-store.ts'
import { openPdf, type PdfFile } from './file/file.ts'
import type { CoveredRange } from './signature/byte-range.ts'
import { signatureFields } from './signature/field.ts'
import { type Permissions, strictest } from './signature/permissions.ts'
import { type ReadSignature, readSignature } from './signature/read-signature.ts'
import type { ValueKind } from './value/reading.ts'

/** Everything the bytes of a PDF file tell about its signatures, whatever the time. */
export interface PdfReading {
  /** How many revisions the file holds: 1 and one for each incremental update. */
  readonly revisions: number
  /** What it brings along for the validation of its signatures; null where it brings no store. */
  readonly store: SecurityStore | null
  /** On the document: PDF_FORMAT, and what it carries beside its signatures. */
  readonly rows: readonly PdfRow[]
  /** In the order of the form, then those that stand outside it; none for an unsigned document. */
  readonly signatures: readonly PdfSignatureReading[]
}

/** One signature of a PDF file. */
export interface PdfSignatureReading {
  /** Full name of its field. */
  readonly field: string
  /** What the value is by its bytes; null for one that is nothing known. */
  readonly kind: ValueKind | null
  readonly filter: string | null
  readonly subFilter: string | null
  /** On the file around the value (`PDF_…`) and on the value itself (names of `pki/ses`). */
  readonly rows: readonly PdfRow[]
  /** The value as received, without its padding; null where none could be made out. */
  readonly value: Uint8Array | null
  /** The signed bytes, by `coveredBytes`; null where they cannot be told. */
  readonly range: CoveredRange | null
  /** The revision it covers, 1 for the first; null where it covers none. */
  readonly revision: number | null
  /** What was done to the document after; null where that cannot be asked. */
  readonly laterChanges: ChangeLevel | null
  /** DocMDP and FieldMDP of this signature. */
  readonly permissions: Permissions
  /** DER; null where none is at hand. */
  readonly signerCertificate: Uint8Array | null
  /** DER of all that came along, not decoded, not trusted. */
  readonly certificates: readonly Uint8Array[]
  /** What else came along with its value for validating it later. */
  readonly material: ValidationMaterial
  /** What it claims, UTC milliseconds: the value's own time, else /M; null where it claims none. */
  readonly claimedAt: number | null
  /** /Name, /Reason and /Location: free text, at most 256 characters. */
  readonly signerName: string | null
  readonly reason: string | null
  readonly location: string | null
}

/**
 * Reads and checks every signature of a PDF file (ISO 32000-2 12.8, ETSI EN 319 142-1): dictionary, byte range, revision, what came
 * after, and the value, be it CMS, GB/T 35275, a seal signature or a time-stamp. Paths, trust and time are for the judge.
 * A signature that is broken is a reading with FAILED rows; only a file that cannot be opened is refused.
 * @throws PkiError STRUCTURE for a file that is broken or could be read in two ways, UNSUPPORTED for an encrypted one or one with
 *   filters not read here, TOO_LARGE and TOO_DEEP over a limit of PDF_LIMITS.
 */
export function readPdf(bytes: Uint8Array): PdfReading {
  const file = openPdf(bytes)
  const { fields, unsearched } = signatureFields(file)
  const store = readSecurityStore(file)
  const read = fields.map((field) => readSignature(file, field))
  const done = new Map<ReadSignature, PdfSignatureReading>()
  for (const signature of newestFirst(read)) done.set(signature, finish(file, signature, read, done))
  return {
    revisions: file.revisions.length,
    store,
    rows: documentRows(file.current, store, unsearched),
    signatures: read.flatMap((signature) => done.get(signature) ?? []),
  }
}

/** A signature is judged by those after it, so they come first. */
function newestFirst(read: readonly ReadSignature[]): readonly ReadSignature[] {
  return [...read].sort((a, b) => endOf(b) - endOf(a))
}

function endOf({ range }: ReadSignature): number {
  return range?.end ?? 0
}

function finish(
  file: PdfFile,
  signature: ReadSignature,
  all: readonly ReadSignature[],
  done: ReadonlyMap<ReadSignature, PdfSignatureReading>,
): PdfSignatureReading {
  const { field, dictionary, range, revision, permissions, value } = signature
  const allowed = strictest(
    all.filter((other) => other.range && endOf(other) <= endOf(signature)).map((other) => other.permissions),
  )
  const after =
    range && revision ? readLaterChanges(file, { revision, end: range.end, allowed }, soundAfter(range.end, done)) : null
  const changes: readonly PdfRow[] = after
    ? [{ check: 'PDF_LATER_CHANGES', object: 'signature', ...judgeLaterChanges(after, allowed) }]
    : []
  return {
    field: field.name,
    kind: value.kind,
    filter: dictionary?.filter ?? null,
    subFilter: dictionary?.subFilter ?? null,
    rows: [...signature.rows, ...changes].map((row) => named(row, field.name)),
    value: value.value,
    range,
    revision: revision?.number ?? null,
    laterChanges: after?.level ?? null,
    permissions,
    signerCertificate: value.signerCertificate,
    certificates: [...value.certificates, ...(dictionary?.certificates ?? [])],
    material: value.material,
    claimedAt: value.claimedAt ?? dictionary?.claimedAt ?? null,
    signerName: dictionary?.signerName ?? null,
    reason: dictionary?.reason ?? null,
    location: dictionary?.location ?? null,
  }
}

function named(row: PdfRow, field: string): PdfRow {
  return row.object === 'signature' && field !== '' ? { ...row, object: `signature ${field}` } : row
}

/** The signatures that end later and hold, with nothing but signatures after them: what they brought, they cover. */
function soundAfter(end: number, done: ReadonlyMap<ReadSignature, PdfSignatureReading>): LaterSignatures {
  const sound = [...done].filter(([signature, reading]) => signature.field.isInForm && endOf(signature) > end && isSound(reading))
  const byNode = new Map(
    sound.flatMap(([{ field }, { kind }]) =>
      field.nodes.map((number) => [number, { isTimeStamp: kind === 'TIME_STAMP' }] as const),
    ),
  )
  return { ofNode: (number) => byNode.get(number ?? -1) ?? null }
}

const MUST_HOLD: readonly PdfRow['check'][] = ['PDF_BYTE_RANGE', 'PDF_REVISION', 'DATA_HASH', 'SIGNATURE_VALUE']
const LEAVES_IT_WHOLE: readonly (ChangeLevel | null)[] = ['NOTHING', 'ARCHIVE', 'SIGNATURE', 'STAMP']

function isSound({ rows, laterChanges }: PdfSignatureReading): boolean {
  const holds = (check: PdfRow['check']) =>
    rows.some(({ check: name, outcome }) => name === check && (outcome === 'PASSED' || outcome === 'NOTE'))
  return MUST_HOLD.every(holds) && rows.every(({ outcome }) => outcome !== 'FAILED') && LEAVES_IT_WHOLE.includes(laterChanges)
}
