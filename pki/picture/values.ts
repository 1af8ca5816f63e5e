import { PkiError } from '../error.ts'

/** The largest number a stamp has use for, in millimetres or in units of a glyph. */
const LARGEST = 1_000_000

/** A plain number. @throws PkiError STRUCTURE */
export function numberOf(text: string): number {
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$/.test(text) ? Number(text) : Number.NaN
  if (!(Math.abs(value) <= LARGEST)) throw new PkiError('STRUCTURE', 'a picture with a number that is none')
  return value
}

/** Numbers between spaces or commas. @throws PkiError STRUCTURE when there are not so many */
export function numbersOf(text: string, count: number): readonly number[] {
  const numbers = text
    .trim()
    .split(/[\s,]+/)
    .map(numberOf)
  if (numbers.length !== count) throw new PkiError('STRUCTURE', `a picture with ${numbers.length} numbers where ${count} belong`)
  return numbers
}

/** What a stamp uses that is not drawn here: rather no picture than half of one. */
export function notDrawn(what: string): PkiError {
  return new PkiError('UNSUPPORTED', `a picture with ${what}, which is not drawn`)
}
