import { PkiError } from '../../error.ts'
import { type PdfBudget, withinPdf } from '../limits.ts'
import { DIRECT_LENGTH, readIndirectObject } from '../syntax/indirect-object.ts'
import { decodeStream } from '../syntax/stream-data.ts'
import { integerIn, ofKind, type PdfValue } from '../syntax/value.ts'
import { addEntry, FREE, isOfType, type XrefEntry, type XrefSection } from './xref-section.ts'

/** The widest field of a row that numbers here can hold. */
const WIDEST_FIELD = 6

/**
 * Reads a cross-reference stream (ISO 32000-2 7.5.8), whose dictionary is its trailer.
 * @throws PkiError STRUCTURE, UNSUPPORTED for another filter than FlateDecode, TOO_LARGE
 */
export function readXrefStream(bytes: Uint8Array, offset: number, budget: PdfBudget): XrefSection {
  const { value, start, end } = readIndirectObject(bytes, offset, DIRECT_LENGTH)
  const stream = ofKind('STREAM', value)
  if (!stream || !isOfType(stream.entries, 'XRef')) throw new PkiError('STRUCTURE', `no cross-reference section at ${offset}`)
  const rows = decodeStream(stream, budget)
  const widths = naturals(stream.entries.get('W'))
  const index = stream.entries.has('Index') ? naturals(stream.entries.get('Index')) : [0, natural(stream.entries.get('Size'))]
  return { offset, pieces: [{ start, end }], entries: readRows(rows, widths, index), trailer: stream.entries }
}

function readRows(rows: Uint8Array, widths: readonly number[], index: readonly number[]): ReadonlyMap<number, XrefEntry> {
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths
  const width = typeWidth + secondWidth + thirdWidth
  const count = index.reduce((sum, value, i) => (i % 2 === 1 ? sum + value : sum), 0)
  withinPdf('entries', count)
  if (widths.length !== 3 || widths.some((field) => field > WIDEST_FIELD) || width === 0 || index.length % 2 !== 0)
    throw new PkiError('STRUCTURE', 'a cross-reference stream with an odd layout')
  if (rows.length !== count * width) throw new PkiError('STRUCTURE', 'a cross-reference stream of another length than it says')
  const entries = new Map<number, XrefEntry>()
  let at = 0
  for (let pair = 0; pair < index.length; pair += 2) {
    for (let i = 0; i < (index[pair + 1] ?? 0); i++) {
      const type = typeWidth === 0 ? 1 : fieldAt(rows, at, typeWidth)
      const second = fieldAt(rows, at + typeWidth, secondWidth)
      const third = fieldAt(rows, at + typeWidth + secondWidth, thirdWidth)
      addEntry(entries, (index[pair] ?? 0) + i, entryOf(type, second, third))
      at += width
    }
  }
  return entries
}

/** Any other type is to be taken for a reference to nothing (table 18). */
function entryOf(type: number, second: number, third: number): XrefEntry {
  if (type === 1) return { kind: 'IN_FILE', offset: second, generation: third }
  return type === 2 ? { kind: 'IN_STREAM', stream: second, index: third } : FREE
}

function fieldAt(rows: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let i = 0; i < width; i++) value = value * 256 + (rows[at + i] ?? 0)
  return value
}

function naturals(value: PdfValue | undefined): readonly number[] {
  return ofKind('ARRAY', value)?.items.map(natural) ?? []
}

function natural(value: PdfValue | undefined): number {
  const number = integerIn(value)
  if (number === null || number < 0) throw new PkiError('STRUCTURE', 'a number in a cross-reference stream is none')
  return number
}
