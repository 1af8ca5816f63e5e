import type { PdfFile } from '../file/file.ts'
import type { PdfView } from '../file/view.ts'
import { sameEntry } from '../file/xref-chain.ts'
import { isOfType } from '../file/xref-section.ts'
import { ofKind, sameValue } from '../syntax/value.ts'

/** What the updates after a revision did to its objects. */
export interface ChangedObjects {
  /** Numbers that now name another object, none, or one where there was none. */
  readonly numbers: ReadonlySet<number>
  /** Object streams of the revision that were replaced, and with them whatever they hold. */
  readonly replacedStreams: readonly number[]
}

/**
 * Compares every object that a newer section names with what it was. One written again as it was is not changed.
 * @param newer how many sections, the newest first, came after
 * @throws PkiError STRUCTURE when an object cannot be read; TOO_LARGE, TOO_DEEP, UNSUPPORTED
 */
export function changedObjects(file: PdfFile, newer: number): ChangedObjects {
  const before = file.viewFrom(newer)
  const seen = new Set<number>()
  const numbers = new Set<number>()
  const replacedStreams: number[] = []
  for (const section of file.sections.slice(0, newer)) {
    for (const number of section.entries.keys()) {
      if (seen.has(number)) continue
      seen.add(number)
      if (!isChanged(before, file.current, number)) continue
      numbers.add(number)
      const old = ofKind('STREAM', before.load(number)?.value)
      if (old && isOfType(old.entries, 'ObjStm')) replacedStreams.push(number)
    }
  }
  return { numbers, replacedStreams }
}

function isChanged(before: PdfView, now: PdfView, number: number): boolean {
  const [old, current] = [before.entryOf(number), now.entryOf(number)]
  const isThere = [old, current].map((entry) => entry !== null && entry.kind !== 'FREE')
  if (!isThere[0] && !isThere[1]) return false
  if (!isThere[0] || !isThere[1] || old === null || current === null) return true
  if (old.kind === 'IN_FILE' && sameEntry(old, current)) return false
  if (generationOf(old) !== generationOf(current)) return true
  return !sameValue(before.load(number)?.value, now.load(number)?.value)
}

function generationOf(entry: { readonly kind: string; readonly generation?: number }): number {
  return entry.generation ?? 0
}
