import { PkiError } from '../../error.ts'
import { afterSpace, CARRIAGE_RETURN, LINE_FEED } from './characters.ts'
import { PdfParser } from './parser.ts'
import { integerIn, type PdfReference, type PdfValue } from './value.ts'

/** An indirect object as it stands in the file (ISO 32000-2 7.3.10). */
export interface IndirectObject {
  readonly number: number
  readonly generation: number
  readonly value: PdfValue
  /** From its number to the end of `endobj`. */
  readonly start: number
  readonly end: number
}

/** Finds the integer behind an indirect /Length; null where it is none. */
export type LengthOf = (reference: PdfReference) => number | null

/** For objects that are read before any other can be found: their /Length has to be direct. */
export const DIRECT_LENGTH: LengthOf = () => null

/**
 * Reads the object that begins at a position, stream included.
 * @throws PkiError STRUCTURE when there is none, or its /Length does not lead to `endstream`; TOO_DEEP, TOO_LARGE.
 */
export function readIndirectObject(bytes: Uint8Array, position: number, lengthOf: LengthOf): IndirectObject {
  if (position < 0 || position >= bytes.length) throw new PkiError('STRUCTURE', `no object at ${position}`)
  const parser = new PdfParser(bytes, position)
  const start = afterSpace(bytes, position, bytes.length)
  const number = parser.natural()
  const generation = parser.natural()
  parser.expect('obj')
  const value = parser.value()
  const isStream = typeof value === 'object' && value?.kind === 'DICTIONARY' && parser.accept('stream')
  if (!isStream) {
    parser.expect('endobj')
    return { number, generation, value, start, end: parser.position }
  }
  const data = streamData(bytes, parser.position, value.entries, lengthOf)
  const rest = new PdfParser(bytes, data.byteOffset - bytes.byteOffset + data.length)
  rest.expect('endstream')
  rest.expect('endobj')
  return { number, generation, value: { kind: 'STREAM', entries: value.entries, data }, start, end: rest.position }
}

/** ISO 32000-2 7.3.8.1: `stream`, CR LF or LF, as many bytes as /Length says. */
function streamData(bytes: Uint8Array, position: number, entries: ReadonlyMap<string, PdfValue>, lengthOf: LengthOf): Uint8Array {
  const isCrLf = bytes[position] === CARRIAGE_RETURN && bytes[position + 1] === LINE_FEED
  if (!isCrLf && bytes[position] !== LINE_FEED) throw new PkiError('STRUCTURE', 'a stream without a line end before its data')
  const start = position + (isCrLf ? 2 : 1)
  const written = entries.get('Length')
  const isIndirect = typeof written === 'object' && written?.kind === 'REFERENCE'
  const length = isIndirect ? lengthOf(written) : integerIn(written)
  if (length === null || length < 0 || start + length > bytes.length)
    throw new PkiError('STRUCTURE', 'a stream without a proper length')
  return bytes.subarray(start, start + length)
}
