import { PkiError } from '../../error.ts'
import type { PdfView } from '../file/view.ts'
import { PDF_LIMITS, withinPdf } from '../limits.ts'
import { textIn } from '../syntax/text-string.ts'
import { nameIn, ofKind, type PdfValue } from '../syntax/value.ts'
import { catalogOf, itemsAt } from './catalog.ts'

/** A field of the interactive form (ISO 32000-2 12.7.4), or a widget that is one of its kids. */
export interface FormNode {
  /** Its object number; null for one written directly into its parent. */
  readonly number: number | null
  readonly entries: ReadonlyMap<string, PdfValue>
  /** Whether it stands in the file itself and not in an object stream. */
  readonly isInFile: boolean
  readonly field: FormField
}

/** What a field and its widgets share. */
export interface FormField {
  /** The full name: partial names joined by dots. */
  readonly name: string
  /** `Tx`, `Btn`, `Ch`, `Sig`; null for a field that only holds others. */
  readonly type: string | null
  /** /V as written; null where it has none. */
  readonly value: PdfValue
}

interface Place {
  readonly value: PdfValue
  readonly parent: FormField | null
  readonly isInFile: boolean
  readonly depth: number
}

/** /AcroForm as written in the catalog, resolved; null where the document has no form. @throws PkiError STRUCTURE */
export function formOf(view: PdfView): ReadonlyMap<string, PdfValue> | null {
  const form = view.resolve(catalogOf(view).get('AcroForm'))
  if (form === null) return null
  const dictionary = ofKind('DICTIONARY', form)
  if (!dictionary) throw new PkiError('STRUCTURE', '/AcroForm is no dictionary')
  return dictionary.entries
}

/**
 * Every field and widget of the form, parents before kids, in the order of /Fields.
 * @throws PkiError STRUCTURE for a tree that comes back to itself or holds something else than dictionaries; TOO_LARGE, TOO_DEEP.
 */
export function formNodes(view: PdfView): readonly FormNode[] {
  const form = formOf(view)
  if (form === null) return []
  const nodes: FormNode[] = []
  const seen = new Map<number, FormField | null>()
  const waiting: Place[] = placesFor(itemsAt(view, form.get('Fields'), '/Fields'), null, false, 0)
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const node = readNode(view, place, seen)
    if (node === null) continue
    nodes.push(node)
    withinPdf('fields', nodes.length)
    const kids = itemsAt(view, node.entries.get('Kids'), '/Kids')
    withinPdf('fields', waiting.length + kids.length)
    for (const kid of placesFor(kids, node.field, node.isInFile, place.depth + 1)) waiting.push(kid)
  }
  return nodes
}

/** Last one first, since the next place is taken from the end. */
function placesFor(values: readonly PdfValue[], parent: FormField | null, isInFile: boolean, depth: number): Place[] {
  if (depth > PDF_LIMITS.depth) throw new PkiError('TOO_DEEP', `fields nested over ${PDF_LIMITS.depth} levels`)
  withinPdf('fields', values.length)
  return values.map((value) => ({ value, parent, isInFile, depth })).reverse()
}

/**
 * Null for a reference to nothing, which says that there is no field (7.3.10): what comes under it later is a field that was added.
 * Null too for one that the same list named before: that says the same twice, while under two parents it would be two fields.
 */
function readNode(view: PdfView, { value, parent, isInFile }: Place, seen: Map<number, FormField | null>): FormNode | null {
  if (value === null) return null
  const reference = ofKind('REFERENCE', value)
  if (!reference) return nodeOf(view, null, ofKind('DICTIONARY', value)?.entries, isInFile, parent)
  const { number, generation } = reference
  const sibling = seen.get(number)
  if (sibling === parent) return null
  if (sibling !== undefined) throw new PkiError('STRUCTURE', `the field ${number} at two places of one form`)
  seen.set(number, parent)
  const found = view.load(number, generation)
  if (found === null || found.value === null) return null
  return nodeOf(view, number, ofKind('DICTIONARY', found.value)?.entries, found.inFile !== null, parent)
}

function nodeOf(
  view: PdfView,
  number: number | null,
  entries: ReadonlyMap<string, PdfValue> | undefined,
  isInFile: boolean,
  parent: FormField | null,
): FormNode {
  if (!entries) throw new PkiError('STRUCTURE', 'a field that is no dictionary')
  const isField = parent === null || entries.has('T')
  return { number, entries, isInFile, field: isField ? fieldOf(view, entries, parent) : parent }
}

/** A field by its own entries and those it inherits: /FT and /V (table 226). @throws PkiError as loading what they refer to does */
export function fieldOf(view: PdfView, entries: ReadonlyMap<string, PdfValue>, parent: FormField | null): FormField {
  const own = textIn(view.resolve(entries.get('T'))) ?? ''
  return {
    name: parent === null ? own : `${parent.name}.${own}`.slice(0, PDF_LIMITS.name),
    type: nameIn(view.resolve(entries.get('FT'))) ?? parent?.type ?? null,
    value: entries.get('V') ?? parent?.value ?? null,
  }
}
