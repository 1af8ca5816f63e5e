import type { CheckRow } from '../ses/check-row.ts'

/** One thing checked on a signature of a PDF file: of the file around the value, or of the value itself. */
export interface PdfRow extends Omit<CheckRow, 'check'> {
  readonly check: PdfCheck | CheckRow['check']
}

/** The checks on a PDF file around a value. */
export const PDF_CHECK_NAMES = [
  'PDF_FORMAT',
  'PDF_SECURITY_STORE',
  'PDF_USAGE_RIGHTS',
  'PDF_SIGNATURE_FIELD',
  'PDF_SIGNATURE_DICTIONARY',
  'PDF_BYTE_RANGE',
  'PDF_REVISION',
  'PDF_LATER_CHANGES',
  'PDF_SUB_FILTER',
  'PDF_SIGNING_CERTIFICATE',
  'PDF_SIGNING_TIME',
] as const

export type PdfCheck = (typeof PDF_CHECK_NAMES)[number]
