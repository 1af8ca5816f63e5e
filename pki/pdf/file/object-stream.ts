import { PkiError } from '../../error.ts'
import { COST_OF_LOADING, type PdfBudget, withinPdf } from '../limits.ts'
import { PdfParser } from '../syntax/parser.ts'
import { decodeStream } from '../syntax/stream-data.ts'
import { integerIn, type PdfStream, type PdfValue, referencesIn } from '../syntax/value.ts'
import { isOfType } from './xref-section.ts'

/** An object stream, expanded (ISO 32000-2 7.5.7). */
export interface ObjectStream {
  /** The object at an index, which must be the number asked for. @throws PkiError STRUCTURE, TOO_DEEP, TOO_LARGE */
  valueAt(index: number, number: number): PdfValue
  /** The numbers that object refers to. @throws as `valueAt` */
  referencesAt(index: number, number: number): Int32Array
}

/** @throws PkiError STRUCTURE when the stream holds no objects, UNSUPPORTED, TOO_LARGE */
export function openObjectStream(stream: PdfStream, budget: PdfBudget): ObjectStream {
  const count = integerIn(stream.entries.get('N'))
  const first = integerIn(stream.entries.get('First'))
  if (!isOfType(stream.entries, 'ObjStm') || count === null || count < 0 || first === null || first < 0)
    throw new PkiError('STRUCTURE', 'an object stream that is none')
  withinPdf('entries', count)
  const bytes = decodeStream(stream, budget)
  const header = new PdfParser(bytes, 0, Math.min(first, bytes.length))
  const index = Array.from({ length: count }, () => ({ number: header.natural(), offset: header.natural() }))
  const references = new Map<number, Int32Array>()
  const valueAt = (at: number, number: number) => {
    const entry = index[at]
    if (!entry || entry.number !== number) throw new PkiError('STRUCTURE', `object ${number} is not in its object stream`)
    budget.spend('parsed', COST_OF_LOADING)
    const parser = new PdfParser(bytes, first + entry.offset)
    const value = budget.chargeFailure(bytes.length, () => parser.value())
    budget.spend('parsed', parser.position - first - entry.offset)
    return value
  }
  const referencesAt = (at: number, number: number) => {
    const found = (index[at]?.number === number ? references.get(at) : undefined) ?? referencesIn(valueAt(at, number))
    references.set(at, found)
    return found
  }
  return { valueAt, referencesAt }
}
