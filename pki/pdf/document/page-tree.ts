import { PkiError } from '../../error.ts'
import type { PdfView } from '../file/view.ts'
import { withinPdf } from '../limits.ts'
import { ofKind, type PdfReference, type PdfValue } from '../syntax/value.ts'
import { catalogOf, dictionaryAt, itemsAt } from './catalog.ts'

type Entries = ReadonlyMap<string, PdfValue>

/** The page tree (ISO 32000-2 7.7.3), by object number. */
export interface PageTree {
  /** Nodes that hold other nodes. */
  readonly nodes: ReadonlyMap<number, Entries>
  readonly pages: ReadonlyMap<number, Entries>
}

/** @throws PkiError STRUCTURE for a tree that comes back to itself, or one that is not made of references to dictionaries; TOO_LARGE */
export function readPageTree(view: PdfView): PageTree {
  const nodes = new Map<number, Entries>()
  const pages = new Map<number, Entries>()
  const waiting: PdfReference[] = [referenceTo(catalogOf(view).get('Pages'))]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (nodes.has(next.number) || pages.has(next.number)) throw new PkiError('STRUCTURE', 'a page tree that comes back to itself')
    const entries = dictionaryAt(view, next, 'page')
    if (!entries.has('Kids')) pages.set(next.number, entries)
    else {
      nodes.set(next.number, entries)
      const kids = itemsAt(view, entries.get('Kids'), '/Kids')
      withinPdf('pages', nodes.size + pages.size + waiting.length + kids.length)
      for (const kid of kids) waiting.push(referenceTo(kid))
    }
  }
  return { nodes, pages }
}

function referenceTo(value: PdfValue | undefined): PdfReference {
  const reference = ofKind('REFERENCE', value)
  if (!reference) throw new PkiError('STRUCTURE', 'a page that is no reference')
  return reference
}
