import { withinPdf } from './limits.ts'
import type { PdfValue } from './value.ts'
import type { PdfView } from './view.ts'

/**
 * The numbers of all objects that can be come to from some values, those that do not exist among them: an object that is added
 * later under such a number would be shown.
 * @param boundary numbers that are not entered, though they are named when come to.
 * @throws PkiError STRUCTURE when an object on the way cannot be read; TOO_LARGE, TOO_DEEP, UNSUPPORTED
 */
export function reachableFrom(view: PdfView, values: Iterable<PdfValue>, boundary: ReadonlySet<number>): ReadonlySet<number> {
  const reached = new Set<number>()
  const waiting: number[] = []
  const note = (number: number) => {
    if (reached.has(number)) return
    reached.add(number)
    withinPdf('entries', reached.size)
    if (!boundary.has(number)) waiting.push(number)
  }
  for (const value of values) for (const number of referencesIn(value)) note(number)
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop())
    for (const found of referencesIn(view.load(number)?.value ?? null)) note(found)
  return reached
}

/** Every object number a value refers to. */
function* referencesIn(value: PdfValue): Generator<number> {
  if (typeof value !== 'object' || value === null) return
  if (value.kind === 'REFERENCE') yield value.number
  if (value.kind === 'ARRAY') for (const item of value.items) yield* referencesIn(item)
  if (value.kind === 'DICTIONARY' || value.kind === 'STREAM') for (const item of value.entries.values()) yield* referencesIn(item)
}

/** The values of a dictionary but for some keys. */
export function valuesBut(entries: ReadonlyMap<string, PdfValue>, except: ReadonlySet<string>): readonly PdfValue[] {
  return [...entries].filter(([key]) => !except.has(key)).map(([, value]) => value)
}
