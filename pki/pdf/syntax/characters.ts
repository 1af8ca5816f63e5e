/** Character classes of ISO 32000-2 7.2.3, as byte values. */
export const LINE_FEED = 0x0a
export const CARRIAGE_RETURN = 0x0d

const SPACES: ReadonlySet<number> = new Set([0x00, 0x09, LINE_FEED, 0x0c, CARRIAGE_RETURN, 0x20])
const DELIMITERS: ReadonlySet<number> = new Set(Buffer.from('()<>[]{}/%', 'latin1'))

/** By byte value: 0 regular, 1 white space, 2 delimiter. */
const CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => (SPACES.has(byte) ? 1 : DELIMITERS.has(byte) ? 2 : 0))

export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && CLASSES[byte] === 1
}

/** Neither white space nor delimiter; false at the end of the bytes. */
export function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && CLASSES[byte] === 0
}

export function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

/** The value of a hexadecimal digit, -1 for anything else. */
export function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** The first position at or after one that holds no white space. */
export function afterSpace(bytes: Uint8Array, position: number, end: number): number {
  let at = position
  while (at < end && isSpace(bytes[at])) at++
  return at
}
