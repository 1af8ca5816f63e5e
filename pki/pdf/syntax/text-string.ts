import { ofKind, type PdfValue } from './value.ts'

const LONGEST = 256
const utf8 = new TextDecoder('utf-8')
const utf16 = new TextDecoder('utf-16be')

/**
 * A text string (ISO 32000-2 7.9.2.2) as it may stand in a report: UTF-16 or UTF-8 by its mark, else one character a byte;
 * at most 256 characters, control characters replaced. Null for anything else.
 */
export function textIn(value: PdfValue | undefined): string | null {
  const bytes = ofKind('STRING', value)?.bytes
  if (!bytes) return null
  return decode(bytes.subarray(0, 4 * LONGEST))
    .replace(/[\p{C}]/gu, '·')
    .slice(0, LONGEST)
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16.decode(bytes.subarray(2))
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return utf8.decode(bytes.subarray(3))
  return Buffer.from(bytes).toString('latin1')
}
