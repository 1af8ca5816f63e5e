import { constants, inflateSync } from 'node:zlib'
import { PkiError } from '../../error.ts'
import type { PdfBudget } from '../limits.ts'
import { undoPredictor } from './predictor.ts'
import { integerIn, nameIn, ofKind, type PdfStream, type PdfValue } from './value.ts'

/**
 * The data of a stream that is no picture, expanded: FlateDecode with any predictor, or no filter at all (ISO 32000-2 7.4.4).
 * @param most bytes it may expand to.
 * @throws PkiError UNSUPPORTED for another filter, STRUCTURE for broken data, TOO_LARGE over `most` or the budget.
 */
export function decodeStream({ entries, data }: PdfStream, budget: PdfBudget, most = Number.POSITIVE_INFINITY): Uint8Array {
  if (entries.has('F')) throw new PkiError('UNSUPPORTED', 'a stream whose data is in another file')
  const filters = listOf(entries.get('Filter'))
  const [parameters = null, ...more] = listOf(entries.get('DecodeParms'))
  if (filters.length > 1 || more.length > 0) throw new PkiError('UNSUPPORTED', 'a stream with several filters')
  if (filters.length === 0) return within(data, most)
  const name = nameIn(filters[0])
  if (name !== 'FlateDecode' && name !== 'Fl') throw new PkiError('UNSUPPORTED', 'a stream with another filter than FlateDecode')
  return undoPredictor(inflate(data, budget, most), layoutOf(parameters))
}

function within(data: Uint8Array, most: number): Uint8Array {
  if (data.length > most) throw new PkiError('TOO_LARGE', `a stream over ${most} bytes`)
  return data
}

function listOf(value: PdfValue | undefined): readonly PdfValue[] {
  if (value === undefined || value === null) return []
  return ofKind('ARRAY', value)?.items ?? [value]
}

function inflate(data: Uint8Array, budget: PdfBudget, limit: number): Uint8Array {
  const most = Math.min(budget.left('inflated'), limit)
  try {
    const expanded = inflateSync(data, { maxOutputLength: Math.max(most, 1), finishFlush: constants.Z_FINISH })
    budget.spend('inflated', expanded.length)
    return expanded
  } catch (cause) {
    if (cause instanceof RangeError) throw new PkiError('TOO_LARGE', 'streams expand to more than is allowed', { cause })
    if (cause instanceof PkiError) throw cause
    throw new PkiError('STRUCTURE', 'a stream that does not expand', { cause })
  }
}

function layoutOf(parameters: PdfValue) {
  const entries = ofKind('DICTIONARY', parameters)?.entries
  const number = (key: string, otherwise: number) => (entries?.has(key) ? (integerIn(entries.get(key)) ?? -1) : otherwise)
  return {
    predictor: number('Predictor', 1),
    colors: number('Colors', 1),
    bits: number('BitsPerComponent', 8),
    columns: number('Columns', 1),
  }
}
