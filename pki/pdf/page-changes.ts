import { itemsAt } from './catalog.ts'
import type { ChangeList } from './change-list.ts'
import type { Comparison } from './comparison.ts'
import { meets } from './comparison.ts'
import { withinPdf } from './limits.ts'
import type { PageTree } from './page-tree.ts'
import { reachableFrom, valuesBut } from './reachable.ts'
import { differingKeys, ofKind, type PdfValue, sameValue } from './value.ts'
import type { PdfView } from './view.ts'

type Entries = ReadonlyMap<string, PdfValue>

const ANNOTATION_LINKS: ReadonlySet<string> = new Set(['P', 'Parent', 'Popup', 'IRT'])

/** Numbers of the annotations of all pages, and of the arrays they are listed in. @throws PkiError as reading them does */
export function annotationNumbers(view: PdfView, { pages }: PageTree): ReadonlySet<number> {
  const numbers = new Set<number>()
  for (const page of pages.values()) {
    const array = ofKind('REFERENCE', page.get('Annots'))
    if (array) numbers.add(array.number)
    for (const item of itemsAt(view, page.get('Annots'), '/Annots')) {
      const annotation = ofKind('REFERENCE', item)
      if (annotation) numbers.add(annotation.number)
    }
    withinPdf('annotations', numbers.size)
  }
  return numbers
}

/** Compares every page of a revision: all of it but its annotations must be as it was. @throws PkiError as reading them does */
export function comparePages(comparison: Comparison, { pages }: PageTree, fields: ReadonlySet<number>, found: ChangeList): void {
  const { now, changed } = comparison
  let index = 0
  const annotations: PdfValue[] = []
  for (const [number, page] of pages) {
    index++
    const current = changed.has(number) ? ofKind('DICTIONARY', now.load(number)?.value)?.entries : page
    const keys = differingKeys(page, current ?? new Map()).filter((key) => key !== 'Annots')
    if (!current || keys.length > 0)
      found.add('CONTENT', `第 ${index} 页（对象 ${number}）被改动`, `page ${index} (object ${number}) was changed`)
    compareAnnotations(comparison, index, page, current ?? new Map(), found)
    annotations.push(...annotationsOf(comparison.before, page))
  }
  compareKept(comparison, annotations, fields, found)
}

function annotationsOf(view: PdfView, page: Entries): readonly PdfValue[] {
  return itemsAt(view, page.get('Annots'), '/Annots')
}

function compareAnnotations(
  { before, now, later }: Comparison,
  index: number,
  page: Entries,
  current: Entries,
  found: ChangeList,
): void {
  const [old, listed] = [annotationsOf(before, page), annotationsOf(now, current)]
  if (old.length === listed.length && old.every((item, i) => sameValue(item, listed[i]))) return
  const isIn = (items: readonly PdfValue[], item: PdfValue) => {
    const numbers = numbersIn(items)
    const number = ofKind('REFERENCE', item)?.number
    return number === undefined ? items.some((other) => sameValue(other, item)) : numbers.has(number)
  }
  if (!old.every((item) => isIn(listed, item)))
    found.add('ANNOTATION', `第 ${index} 页的批注被移除`, `an annotation of page ${index} was removed`)
  for (const item of listed) {
    const number = ofKind('REFERENCE', item)?.number ?? null
    if (!isIn(old, item) && later.ofNode(number) === null)
      found.add('ANNOTATION', `第 ${index} 页新增批注`, `an annotation was added to page ${index}`)
  }
}

function numbersIn(items: readonly PdfValue[]): ReadonlySet<number> {
  return new Set(items.flatMap((item) => ofKind('REFERENCE', item)?.number ?? []))
}

/** Annotations that are no fields must be as they were, with all they are made of. */
function compareKept(
  comparison: Comparison,
  annotations: readonly PdfValue[],
  fields: ReadonlySet<number>,
  found: ChangeList,
): void {
  const { before, changed, landmarks } = comparison
  const plain = annotations.filter((item) => !fields.has(ofKind('REFERENCE', item)?.number ?? -1))
  const isChanged = plain.some((item) => changed.has(ofKind('REFERENCE', item)?.number ?? -1))
  const parts = plain.flatMap((item) => {
    const entries = ofKind('DICTIONARY', before.resolve(item))?.entries
    return entries ? valuesBut(entries, ANNOTATION_LINKS) : []
  })
  if (isChanged || meets(comparison, reachableFrom(before, parts, landmarks)))
    found.add('ANNOTATION', '原有批注被改动', 'an annotation was changed')
}
