import { PkiError } from '../../error.ts'
import { PDF_LIMITS, withinPdf } from '../limits.ts'
import { afterSpace, hexValue, isDigit, isLineEnd, isRegular, isSpace } from './characters.ts'
import { readHexString, readLiteralString } from './strings.ts'
import type { PdfDictionary, PdfName, PdfString, PdfValue } from './value.ts'

const PERCENT = 0x25
const SLASH = 0x2f
const HASH = 0x23
const LESS = 0x3c
const MOST_DIGITS = 15
const INTEGER = /^[+-]\d{1,15}$/
const REAL = /^[+-]?(\d+\.\d*|\.\d+)$/
const LONGEST_WORD = 64

/**
 * Reads objects of ISO 32000-2 7.3 one after another, strictly: a dictionary with a key twice, a name that is not written properly or
 * a word that is none is refused, for two readers could take them for different things.
 * Every method throws PkiError STRUCTURE for such, TOO_DEEP, TOO_LARGE over a limit of PDF_LIMITS.
 */
export class PdfParser {
  readonly #bytes: Uint8Array
  readonly #end: number
  #position: number
  #values = 0

  constructor(bytes: Uint8Array, position: number, end = bytes.length) {
    this.#bytes = bytes
    this.#position = position
    this.#end = end
  }

  get position(): number {
    return this.#position
  }

  /** Passes over white space and comments. */
  skipSpace(): void {
    for (;;) {
      this.#position = afterSpace(this.#bytes, this.#position, this.#end)
      if (this.#position >= this.#end || this.#bytes[this.#position] !== PERCENT) return
      while (this.#position < this.#end && !isLineEnd(this.#bytes[this.#position])) this.#position++
    }
  }

  /** The next object. */
  value(depth = 0): PdfValue {
    if (depth > PDF_LIMITS.depth) throw new PkiError('TOO_DEEP', `nested over ${PDF_LIMITS.depth} levels`)
    withinPdf('values', ++this.#values)
    this.skipSpace()
    const first = this.#position < this.#end ? this.#bytes[this.#position] : undefined
    if (first === SLASH) return this.#name()
    if (first === LESS) return this.#bytes[this.#position + 1] === LESS ? this.#dictionary(depth) : this.#string(readHexString)
    if (first === 0x28) return this.#string(readLiteralString)
    if (first === 0x5b) return this.#array(depth)
    return this.#word()
  }

  /** An integer of digits alone, as object numbers and offsets are written. */
  natural(): number {
    this.skipSpace()
    const number = this.#digits()
    if (number === null) throw new PkiError('STRUCTURE', `a number is missing at ${this.#position}`)
    return number
  }

  /** Whether a word stands next; if so it is passed over. */
  accept(word: string): boolean {
    this.skipSpace()
    for (let i = 0; i < word.length; i++) if (this.#bytes[this.#position + i] !== word.charCodeAt(i)) return false
    if (this.#position + word.length > this.#end || isRegular(this.#bytes[this.#position + word.length])) return false
    this.#position += word.length
    return true
  }

  expect(word: string): void {
    if (!this.accept(word)) throw new PkiError('STRUCTURE', `no “${word}” at ${this.#position}`)
  }

  #string(read: (bytes: Uint8Array, start: number, limit: number) => PdfString): PdfString {
    const string = read(this.#bytes, this.#position, this.#end)
    this.#position = string.end
    return string
  }

  #array(depth: number): PdfValue {
    this.#position++
    const items: PdfValue[] = []
    while (!this.#closes(']')) items.push(this.value(depth + 1))
    return { kind: 'ARRAY', items }
  }

  #dictionary(depth: number): PdfDictionary {
    this.#position += 2
    const keys = new Set<string>()
    const entries = new Map<string, PdfValue>()
    while (!this.#closes('>>')) {
      if (this.#bytes[this.#position] !== SLASH) throw new PkiError('STRUCTURE', `a key that is no name at ${this.#position}`)
      const { name } = this.#name()
      if (keys.has(name)) throw new PkiError('STRUCTURE', `the key ${printable(name)} twice`)
      keys.add(name)
      withinPdf('dictionary', keys.size)
      const value = this.value(depth + 1)
      if (value !== null) entries.set(name, value)
    }
    return { kind: 'DICTIONARY', entries }
  }

  #closes(closing: string): boolean {
    this.skipSpace()
    if (this.#position >= this.#end) throw new PkiError('STRUCTURE', 'an array or dictionary that does not end')
    for (let i = 0; i < closing.length; i++) if (this.#bytes[this.#position + i] !== closing.charCodeAt(i)) return false
    this.#position += closing.length
    return true
  }

  #name(): PdfName {
    const start = ++this.#position
    while (this.#position < this.#end && isRegular(this.#bytes[this.#position])) this.#position++
    withinPdf('name', this.#position - start)
    let name = ''
    for (let at = start; at < this.#position; at++) {
      const byte = this.#bytes[at] ?? 0
      if (byte !== HASH) name += String.fromCharCode(byte)
      else {
        const code = hexValue(this.#bytes[at + 1]) * 16 + hexValue(this.#bytes[at + 2])
        if (at + 2 >= this.#position || code <= 0 || hexValue(this.#bytes[at + 2]) < 0)
          throw new PkiError('STRUCTURE', 'a name with a broken #')
        name += String.fromCharCode(code)
        at += 2
      }
    }
    return { kind: 'NAME', name }
  }

  /** A number, a reference, or one of the three words that are objects. */
  #word(): PdfValue {
    const natural = this.#digits()
    if (natural !== null) return this.#reference(natural) ?? natural
    const start = this.#position
    const word = this.#regular()
    if (INTEGER.test(word) || REAL.test(word)) return Number(word)
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    throw new PkiError('STRUCTURE', `no object at ${start}`)
  }

  /** `12 0 R`; null, with nothing passed over, when the number is only a number. */
  #reference(number: number): PdfValue {
    const start = this.#position
    if (!isSpace(this.#bytes[start])) return null
    this.skipSpace()
    const generation = this.#digits()
    if (generation !== null && isSpace(this.#bytes[this.#position]) && this.accept('R'))
      return { kind: 'REFERENCE', number, generation }
    this.#position = start
    return null
  }

  /** A word of digits alone, at most 15 of them; null, with nothing passed over, for any other. */
  #digits(): number | null {
    const start = this.#position
    let number = 0
    let at = start
    while (at < this.#end && isDigit(this.#bytes[at]) && at - start <= MOST_DIGITS)
      number = number * 10 + (this.#bytes[at++] ?? 0) - 0x30
    const isWord = at > start && at - start <= MOST_DIGITS && !(at < this.#end && isRegular(this.#bytes[at]))
    if (!isWord) return null
    this.#position = at
    return number
  }

  /** The regular characters that stand next; more than any word or number has are refused. */
  #regular(): string {
    const start = this.#position
    let word = ''
    while (this.#position < this.#end && isRegular(this.#bytes[this.#position])) {
      if (this.#position - start === LONGEST_WORD) throw new PkiError('STRUCTURE', `a word too long at ${start}`)
      word += String.fromCharCode(this.#bytes[this.#position++] ?? 0)
    }
    return word
  }
}

/** A name as it may stand in a report. */
export function printable(name: string): string {
  return name.replace(/[^\x21-\x7e]/g, '?').slice(0, 64)
}
