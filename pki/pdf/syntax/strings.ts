import { PkiError } from '../../error.ts'
import { PDF_LIMITS, withinPdf } from '../limits.ts'
import { CARRIAGE_RETURN, hexValue, isLineEnd, isSpace, LINE_FEED } from './characters.ts'
import type { PdfString } from './value.ts'

const OPEN = 0x28
const CLOSE = 0x29
const BACKSLASH = 0x5c
const GREATER = 0x3e

/** What follows a backslash, by byte (ISO 32000-2 table 3). */
const ESCAPES: ReadonlyMap<number, number> = new Map([
  [0x6e, LINE_FEED],
  [0x72, CARRIAGE_RETURN],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
])

/** Reads `(…)` (ISO 32000-2 7.3.4.2). @param start where the parenthesis stands. @throws PkiError STRUCTURE, TOO_LARGE */
export function readLiteralString(bytes: Uint8Array, start: number, limit: number): PdfString {
  const close = closingParenthesis(bytes, start, limit)
  const text = new Uint8Array(close - start)
  let length = 0
  for (let at = start + 1; at < close; ) {
    const byte = bytes[at] ?? 0
    const isCrLf = byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED
    if (byte !== BACKSLASH) {
      text[length++] = byte === CARRIAGE_RETURN ? LINE_FEED : byte
      at += isCrLf ? 2 : 1
    } else {
      const escaped = readEscape(bytes, at + 1)
      if (escaped.byte !== null) text[length++] = escaped.byte
      at = escaped.next
    }
  }
  return { kind: 'STRING', bytes: text.subarray(0, length), form: 'LITERAL', start, end: close + 1 }
}

function closingParenthesis(bytes: Uint8Array, start: number, limit: number): number {
  let depth = 0
  for (let at = start; at < limit; at++) {
    const byte = bytes[at]
    if (byte === BACKSLASH) at++
    else if (byte === OPEN) depth++
    else if (byte === CLOSE && --depth === 0) return at
    if (at - start > PDF_LIMITS.string) throw new PkiError('TOO_LARGE', `a string over ${PDF_LIMITS.string} bytes`)
  }
  throw new PkiError('STRUCTURE', 'a string that does not end')
}

/** What follows a backslash: a byte, or nothing for a line that goes on; and where reading goes on. */
function readEscape(bytes: Uint8Array, at: number): { readonly byte: number | null; readonly next: number } {
  const byte = bytes[at] ?? 0
  if (isLineEnd(byte)) return { byte: null, next: byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1 }
  if (!isOctal(byte)) return { byte: ESCAPES.get(byte) ?? byte, next: at + 1 }
  let value = 0
  let next = at
  while (next < at + 3 && isOctal(bytes[next])) value = value * 8 + (bytes[next++] ?? 0) - 0x30
  return { byte: value & 0xff, next }
}

function isOctal(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x37
}

/** Reads `<…>` (ISO 32000-2 7.3.4.3): digits and white space and nothing else. @throws PkiError STRUCTURE, TOO_LARGE */
export function readHexString(bytes: Uint8Array, start: number, limit: number): PdfString {
  const close = bytes.indexOf(GREATER, start + 1)
  if (close < 0 || close >= limit) throw new PkiError('STRUCTURE', 'a hexadecimal string that does not end')
  withinPdf('string', (close - start) / 2)
  const value = new Uint8Array(Math.ceil((close - start - 1) / 2))
  let digits = 0
  for (let at = start + 1; at < close; at++) {
    const digit = hexValue(bytes[at])
    if (digit < 0 && !isSpace(bytes[at])) throw new PkiError('STRUCTURE', 'a hexadecimal string with other characters')
    if (digit < 0) continue
    const index = digits >> 1
    value[index] = (value[index] ?? 0) | (digits % 2 === 0 ? digit << 4 : digit)
    digits++
  }
  return { kind: 'STRING', bytes: value.subarray(0, Math.ceil(digits / 2)), form: 'HEX', start, end: close + 1 }
}
