import { PkiError } from '../error.ts'
import { type PdfBudget, withinPdf } from './limits.ts'
import { PdfParser } from './parser.ts'
import { decodeStream } from './stream-data.ts'
import { integerIn, type PdfStream, type PdfValue } from './value.ts'
import { isOfType } from './xref-section.ts'

/** An object stream, expanded (ISO 32000-2 7.5.7). */
export interface ObjectStream {
  /** The object at an index, which must be the number asked for. @throws PkiError STRUCTURE, TOO_DEEP, TOO_LARGE */
  valueAt(index: number, number: number, budget: PdfBudget): PdfValue
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
  return {
    valueAt(at, number, spending) {
      const entry = index[at]
      if (!entry || entry.number !== number) throw new PkiError('STRUCTURE', `object ${number} is not in its object stream`)
      const parser = new PdfParser(bytes, first + entry.offset)
      const value = spending.chargeFailure(bytes.length, () => parser.value())
      spending.spend('parsed', parser.position - first - entry.offset)
      return value
    },
  }
}
