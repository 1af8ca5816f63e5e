import { PkiError } from '../../error.ts'
import { PDF_LIMITS } from '../limits.ts'
import { nameIn, type PdfValue } from '../syntax/value.ts'

/** Where a cross-reference section says an object stands (ISO 32000-2 7.5.4, 7.5.8.3). */
export type XrefEntry =
  | { readonly kind: 'FREE' }
  | { readonly kind: 'IN_FILE'; readonly offset: number; readonly generation: number }
  | { readonly kind: 'IN_STREAM'; readonly stream: number; readonly index: number }

/** One section of the chain: a table or a stream with its trailer; a hybrid one has both. */
export interface XrefSection {
  /** Where it begins, as `startxref` or /Prev names it. */
  readonly offset: number
  /** The bytes it takes up; more than one piece for a hybrid section. */
  readonly pieces: readonly Piece[]
  readonly entries: ReadonlyMap<number, XrefEntry>
  readonly trailer: ReadonlyMap<string, PdfValue>
}

/** From `start` up to but without `end`. */
export interface Piece {
  readonly start: number
  readonly end: number
}

export const FREE: XrefEntry = { kind: 'FREE' }

/** Adds an entry. @throws PkiError STRUCTURE for an object that one section names twice, TOO_LARGE for a number over the limit */
export function addEntry(entries: Map<number, XrefEntry>, number: number, entry: XrefEntry): void {
  if (number > PDF_LIMITS.objectNumber) throw new PkiError('TOO_LARGE', `object number over ${PDF_LIMITS.objectNumber}`)
  if (entries.has(number)) throw new PkiError('STRUCTURE', `object ${number} twice in one cross-reference section`)
  entries.set(number, entry)
}

/** Whether a dictionary says what it is. */
export function isOfType(entries: ReadonlyMap<string, PdfValue>, type: string): boolean {
  return nameIn(entries.get('Type')) === type
}
