import { withinPdf } from '../limits.ts'
import { afterSpace, isDigit, isLineEnd, isSpace } from '../syntax/characters.ts'

/** `startxref`, an offset and `%%EOF`: the end of a revision, if the offset leads to its cross-reference section. */
export interface EndMarker {
  /** Where `startxref` begins. */
  readonly start: number
  readonly offset: number
  /** Just after `%%EOF`. */
  readonly end: number
  /** After the line end that follows, where there is one. */
  readonly endOfLine: number
}

const END_OF_FILE = Buffer.from('%%EOF', 'latin1')
const STARTXREF = 'startxref'
const MOST_SPACE = 64
const MOST_DIGITS = 15

/**
 * Every end marker in the file, in order (ISO 32000-2 7.5.5). Text that only looks like one inside a stream is among them: its
 * offset leads nowhere. @throws PkiError TOO_LARGE over 1024 of them
 */
export function findEndMarkers(bytes: Uint8Array): readonly EndMarker[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const markers: EndMarker[] = []
  let found = 0
  for (let at = buffer.indexOf(END_OF_FILE); at >= 0; at = buffer.indexOf(END_OF_FILE, at + 1)) {
    withinPdf('endMarkers', ++found)
    const marker = readBackwards(buffer, at)
    if (marker) markers.push(marker)
  }
  return markers
}

/** From `%%EOF` back over the offset to `startxref`; null when they do not stand there. */
function readBackwards(buffer: Buffer, endOfFile: number): EndMarker | null {
  const digitsEnd = backOver(buffer, endOfFile, isSpace, MOST_SPACE)
  const digitsStart = backOver(buffer, digitsEnd, isDigit, MOST_DIGITS)
  const wordEnd = backOver(buffer, digitsStart, isSpace, MOST_SPACE)
  const start = wordEnd - STARTXREF.length
  const isMarker = digitsEnd < endOfFile && digitsStart < digitsEnd && wordEnd < digitsStart && start >= 0
  if (!isMarker || buffer.toString('latin1', start, wordEnd) !== STARTXREF) return null
  const end = endOfFile + END_OF_FILE.length
  const offset = Number(buffer.toString('latin1', digitsStart, digitsEnd))
  return { start, offset, end, endOfLine: afterLineEnd(buffer, end) }
}

function backOver(buffer: Buffer, from: number, is: (byte: number | undefined) => boolean, most: number): number {
  let at = from
  while (at > 0 && from - at < most && is(buffer[at - 1])) at--
  return at
}

/** CR LF, CR or LF. */
function afterLineEnd(buffer: Buffer, at: number): number {
  if (!isLineEnd(buffer[at])) return at
  return buffer[at] === 0x0d && buffer[at + 1] === 0x0a ? at + 2 : at + 1
}

/** Whether only white space stands from here to the end of the file. */
export function isBlankFrom(bytes: Uint8Array, position: number): boolean {
  return afterSpace(bytes, position, bytes.length) === bytes.length
}
