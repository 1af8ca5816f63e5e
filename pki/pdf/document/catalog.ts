import { PkiError } from '../../error.ts'
import type { PdfView } from '../file/view.ts'
import { ofKind, type PdfReference, type PdfValue } from '../syntax/value.ts'

type Entries = ReadonlyMap<string, PdfValue>

/** The reference to the document catalog (ISO 32000-2 7.5.5). @throws PkiError STRUCTURE */
export function rootOf(view: PdfView): PdfReference {
  const root = ofKind('REFERENCE', view.trailer.get('Root'))
  if (!root) throw new PkiError('STRUCTURE', 'a trailer without /Root')
  return root
}

/** The document catalog (ISO 32000-2 7.7.2). @throws PkiError STRUCTURE, TOO_DEEP, TOO_LARGE, UNSUPPORTED */
export function catalogOf(view: PdfView): Entries {
  return dictionaryAt(view, rootOf(view), 'document catalog')
}

/** The dictionary behind a value. @throws PkiError STRUCTURE when there is none */
export function dictionaryAt(view: PdfView, value: PdfValue | undefined, what: string): Entries {
  const dictionary = ofKind('DICTIONARY', view.resolve(value))
  if (!dictionary) throw new PkiError('STRUCTURE', `the ${what} is no dictionary`)
  return dictionary.entries
}

/** The items of an optional array; none where it is absent. @throws PkiError STRUCTURE when something else stands there */
export function itemsAt(view: PdfView, value: PdfValue | undefined, what: string): readonly PdfValue[] {
  const found = view.resolve(value)
  if (found === null) return []
  const array = ofKind('ARRAY', found)
  if (!array) throw new PkiError('STRUCTURE', `the ${what} is no array`)
  return array.items
}
