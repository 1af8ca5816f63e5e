import type { PdfView } from '../file/view.ts'
import { type PdfValue, referencesIn } from '../syntax/value.ts'
import { ObjectNumbers } from './object-numbers.ts'

/**
 * The numbers of all objects that can be come to from some values, those that do not exist among them: an object that is added
 * later under such a number would be shown.
 * @param boundary numbers that are not entered, though they are named when come to.
 * @throws PkiError STRUCTURE when an object on the way cannot be read; TOO_LARGE, TOO_DEEP, UNSUPPORTED
 */
export function reachableFrom(view: PdfView, values: Iterable<PdfValue>, boundary: ReadonlySet<number>): ObjectNumbers {
  const reached = new ObjectNumbers()
  const waiting: number[] = []
  const note = (number: number) => {
    if (reached.add(number) && !boundary.has(number)) waiting.push(number)
  }
  for (const value of values) for (const number of referencesIn(value)) note(number)
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop())
    for (const found of view.referencesOf(number)) note(found)
  return reached
}

/** The values of a dictionary but for some keys. */
export function valuesBut(entries: ReadonlyMap<string, PdfValue>, except: ReadonlySet<string>): readonly PdfValue[] {
  return [...entries].filter(([key]) => !except.has(key)).map(([, value]) => value)
}
