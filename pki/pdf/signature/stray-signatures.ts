import { PkiError } from '../../error.ts'
import { catalogOf, itemsAt } from '../document/catalog.ts'
import { type FormField, type FormNode, fieldOf } from '../document/form.ts'
import { readPageTree } from '../document/page-tree.ts'
import type { PdfView } from '../file/view.ts'
import { PDF_LIMITS, withinPdf } from '../limits.ts'
import { ofKind, type PdfReference, type PdfValue } from '../syntax/value.ts'

type Entries = ReadonlyMap<string, PdfValue>

/**
 * Signed widgets that stand on a page and in no form. ISO 32000-2 12.7.3 demands every field below /Fields, so some readers show and
 * check such a signature and others never see it.
 * @param known object numbers of the fields and widgets of the form.
 * @throws PkiError STRUCTURE for pages or annotations that cannot be read, TOO_LARGE, TOO_DEEP
 */
export function strayWidgets(view: PdfView, known: ReadonlySet<number>): readonly FormNode[] {
  const found: FormNode[] = []
  const seen = new Set(known)
  for (const page of readPageTree(view).pages.values()) {
    for (const item of itemsAt(view, page.get('Annots'), '/Annots')) {
      const reference = ofKind('REFERENCE', item)
      if (reference && seen.has(reference.number)) continue
      if (reference) seen.add(reference.number)
      withinPdf('annotations', seen.size)
      const node = signedWidget(view, item, reference)
      if (node) found.push(node)
    }
  }
  return found
}

function signedWidget(view: PdfView, item: PdfValue, reference: PdfReference | null): FormNode | null {
  const loaded = reference && view.load(reference.number, reference.generation)
  const entries = ofKind('DICTIONARY', reference ? loaded?.value : item)?.entries
  if (!entries) return null
  const field = fieldWithAncestors(view, entries)
  if (field.type !== 'Sig' || field.value === null) return null
  return { number: reference?.number ?? null, entries, isInFile: loaded?.inFile != null, field }
}

/** What a widget says of itself and what the ancestors say that it names: nobody lists it, so they are come to from below. */
function fieldWithAncestors(view: PdfView, entries: Entries): FormField {
  const line = [entries]
  for (let next = parentOf(view, entries); next !== null; next = parentOf(view, next)) {
    if (line.length > PDF_LIMITS.depth) throw new PkiError('STRUCTURE', 'a field among its own ancestors')
    line.push(next)
  }
  return line.reverse().reduce<FormField | null>((parent, own) => descendant(view, own, parent), null) ?? NO_FIELD
}

const NO_FIELD: FormField = { name: '', type: null, value: null }

function descendant(view: PdfView, own: Entries, parent: FormField | null): FormField {
  return parent !== null && !own.has('T') ? { ...fieldOf(view, own, parent), name: parent.name } : fieldOf(view, own, parent)
}

function parentOf(view: PdfView, entries: Entries): Entries | null {
  return ofKind('DICTIONARY', view.resolve(entries.get('Parent')))?.entries ?? null
}

/**
 * The certifying signature that /Perms names (ISO 32000-2 12.8.6); null where there is none. Usage rights (UR3) are no signature of a
 * signer's and are not among it.
 * @throws PkiError as loading it does
 */
export function certifyingSignature(view: PdfView): PdfReference | null {
  const permissions = ofKind('DICTIONARY', view.resolve(catalogOf(view).get('Perms')))?.entries
  return ofKind('REFERENCE', permissions?.get('DocMDP'))
}
