import { itemsAt } from '../document/catalog.ts'
import type { PageTree } from '../document/page-tree.ts'
import { reachableFrom, valuesBut } from '../document/reachable.ts'
import type { PdfView } from '../file/view.ts'
import { withinPdf } from '../limits.ts'
import { differingKeys, ofKind, type PdfValue, sameValue } from '../syntax/value.ts'
import type { ChangeList } from './change-list.ts'
import type { Comparison } from './comparison.ts'
import { meets } from './comparison.ts'

type Entries = ReadonlyMap<string, PdfValue>

/** Annotations are compared one by one; /Tabs is the order in which a key goes through them (table 31). */
const LOOSE: ReadonlySet<string> = new Set(['Annots', 'Tabs'])
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
  const annotations: (readonly PdfValue[])[] = []
  let index = 0
  for (const [number, page] of pages) {
    index++
    const current = changed.has(number) ? (ofKind('DICTIONARY', now.load(number)?.value)?.entries ?? null) : page
    const keys = differingKeys(page, current ?? NOTHING).filter((key) => !LOOSE.has(key))
    if (current === null || keys.length > 0)
      found.add('CONTENT', `第 ${index} 页（对象 ${number}）被改动`, `page ${index} (object ${number}) was changed`)
    const [old, listed] = [annotationsOf(comparison.before, page), annotationsOf(now, current ?? NOTHING)]
    compareAnnotations(comparison, index, old, listed, found)
    annotations.push(old)
  }
  compareKept(comparison, annotations.flat(), fields, found)
}

const NOTHING: Entries = new Map()

function annotationsOf(view: PdfView, page: Entries): readonly PdfValue[] {
  return itemsAt(view, page.get('Annots'), '/Annots')
}

/** Annotations written directly into the page have no number to be followed by: they have to stay as they are. */
function compareAnnotations(
  { later }: Comparison,
  index: number,
  old: readonly PdfValue[],
  listed: readonly PdfValue[],
  found: ChangeList,
): void {
  const [before, now] = [numbersIn(old), numbersIn(listed)]
  const isAdded = [...now].some((number) => !before.has(number) && later.ofNode(number) === null)
  const isRemoved = [...before].some((number) => !now.has(number))
  if (isAdded || !sameWrittenDirectly(old, listed))
    found.add('ANNOTATION', `第 ${index} 页新增批注`, `an annotation was added to page ${index}`)
  if (isRemoved) found.add('ANNOTATION', `第 ${index} 页的批注被移除`, `an annotation of page ${index} was removed`)
}

function numbersIn(items: readonly PdfValue[]): ReadonlySet<number> {
  return new Set(items.flatMap((item) => ofKind('REFERENCE', item)?.number ?? []))
}

function sameWrittenDirectly(old: readonly PdfValue[], listed: readonly PdfValue[]): boolean {
  const direct = (items: readonly PdfValue[]) => items.filter((item) => ofKind('REFERENCE', item) === null)
  return sameValue({ kind: 'ARRAY', items: direct(old) }, { kind: 'ARRAY', items: direct(listed) })
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
