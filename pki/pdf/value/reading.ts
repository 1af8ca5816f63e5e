import { NO_MATERIAL, type ValidationMaterial } from '../../cms/validation-material.ts'
import { type CheckRow, type Finding, finding } from '../../ses/check-row.ts'
import type { PdfRow } from '../check-row.ts'

/** What a signature value is by its bytes, whatever /SubFilter calls it. */
export type ValueKind =
  | 'SEAL_SIGNATURE' // SES_Signature of any version
  | 'SIGNED_DATA' // CMS, or GB/T 35275
  | 'TIME_STAMP' // a token of RFC 3161 over the document

/** Everything a signature value tells of itself and of the bytes it is over. */
export interface ValueReading {
  /** Null for bytes that are none of these. */
  readonly kind: ValueKind | null
  readonly rows: readonly PdfRow[]
  /** DER of the certificate it was checked with or names; null where none is at hand. */
  readonly signerCertificate: Uint8Array | null
  /** DER of every certificate that came along, the signer's among them; not decoded, not trusted. */
  readonly certificates: readonly Uint8Array[]
  /** What else came along for validating it later. */
  readonly material: ValidationMaterial
  /** The time the value claims, UTC milliseconds; null where it claims none. */
  readonly claimedAt: number | null
}

export const NOTHING_READ: ValueReading = {
  kind: null,
  rows: [],
  signerCertificate: null,
  certificates: [],
  material: NO_MATERIAL,
  claimedAt: null,
}

/** One row on the signature itself; which field it is of is told where that is known. */
export function valueRow(check: PdfRow['check'], found: Finding): PdfRow {
  return { check, object: 'signature', ...found }
}

/** A value that cannot be read: a broken signature. */
export function brokenValue(zh: string, en: string): ValueReading {
  return { ...NOTHING_READ, rows: [valueRow('SIGNATURE_FORMAT', finding('FAILED', zh, en))] }
}

export const RANGE_REFUSED = finding('UNKNOWN', '无法确定所签的字节', 'which bytes are signed cannot be told')

export type SignatureCheck = CheckRow['check']
