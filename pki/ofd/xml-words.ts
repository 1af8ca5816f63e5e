import { PkiError } from '../error.ts'
import { parseXml, type XmlElement } from '../xml.ts'

const HEAD = 64

/**
 * The text of a file that a reader may take for XML, in whichever character set: UTF-8, UTF-16 or GB 18030; null for one that does not
 * begin as XML does.
 */
export function xmlText(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1').replaceAll('\0', '')
  if (!/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*</.test(head)) return null
  return decoded(charsetOf(bytes), bytes) ?? decoded('gb18030', bytes) ?? Buffer.from(bytes).toString('latin1')
}

/** Every attribute value and text of a file with that text: each may be the name of a file. */
export function wordsOf(bytes: Uint8Array, text: string): Iterable<string> {
  const root = readableXml(bytes)
  return root === null ? roughWords(text) : wordsIn(root)
}

/** Every attribute value and text below an element, but for children of a name. */
export function* wordsIn(root: XmlElement, except?: string): Generator<string> {
  const waiting = [root]
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    yield* element.attributes.values()
    yield element.text
    waiting.push(...element.children.filter(({ name }) => name !== except))
  }
}

/** XML that is malformed or of another character set, which real documents hold, still names files for readers that bear with it. */
function roughWords(text: string): readonly string[] {
  return withCharacters(text).split(/["'<>[\]]/)
}

/** `&#x2f;` and `&#47;` are the characters they stand for. */
function withCharacters(text: string): string {
  return text.replaceAll(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function charsetOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes
  if (first === 0xfe || first === 0) return 'utf-16be'
  return first === 0xff || second === 0 ? 'utf-16le' : 'utf-8'
}

function decoded(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) return null
    throw cause
  }
}

function readableXml(bytes: Uint8Array): XmlElement | null {
  try {
    return parseXml(bytes)
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}
