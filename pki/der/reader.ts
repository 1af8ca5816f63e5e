import { PkiError } from '../error.ts'
import { decodeOidAt } from './oid.ts'
import { TAG } from './tag.ts'
import { decodeGeneralizedTime, decodeUtcTime } from './time.ts'

const MAXIMUM_DEPTH = 32
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/

/** One element as received: `encoded` is the whole TLV, `content` what stands in it. Both are views of the input. */
export interface DerElement {
  readonly tag: number
  readonly encoded: Uint8Array
  readonly content: Uint8Array
}

/** Content octets somewhere in the input; views of them cost more than all else of reading, so none is made before it is asked for. */
export class DerPart {
  readonly #bytes: Uint8Array
  readonly #start: number
  readonly #end: number

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes
    this.#start = start
    this.#end = end
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end)
  }
}

/** The bits of a BIT STRING: `bytes` without the count of unused bits. */
export interface BitString {
  readonly unusedBits: number
  readonly bytes: Uint8Array
}

/**
 * Opens one DER value and demands that it fills the input.
 * @throws PkiError DER for trailing bytes or anything that is not strict DER.
 */
export function openDer(bytes: Uint8Array): DerReader {
  return new DerReader(bytes, 0, bytes.length, 0, 0)
}

/**
 * Reads strict DER (X.690 §10) in the order of the standard, and leaves nothing over: call `end()` after the last field.
 * Every method takes the next element or throws PkiError DER (wrong encoding), STRUCTURE (another tag) or TOO_DEEP (over 32 levels).
 */
export class DerReader {
  readonly #bytes: Uint8Array
  readonly #start: number
  #position: number
  readonly #end: number
  readonly #depth: number

  /** @param start where the element that holds this content begins, for `encoded`. */
  constructor(bytes: Uint8Array, position: number, end: number, start: number, depth: number) {
    if (depth > MAXIMUM_DEPTH) throw new PkiError('TOO_DEEP', `nested over ${MAXIMUM_DEPTH} levels`)
    this.#bytes = bytes
    this.#position = position
    this.#end = end
    this.#start = start
    this.#depth = depth
  }

  /** The element this reader walks, tag and length included, exactly as received. */
  get encoded(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end)
  }

  isEmpty(): boolean {
    return this.#position === this.#end
  }

  /** The tag of the next element, or null at the end. */
  peek(): number | null {
    return this.#position < this.#end ? (this.#bytes[this.#position] ?? null) : null
  }

  /** Demands that nothing is left over. */
  end(): void {
    if (this.#position !== this.#end) throw new PkiError('DER', `${this.#end - this.#position} bytes left over`)
  }

  /** The next element whatever its tag. */
  any(): DerElement {
    const start = this.#position
    const tag = this.peek()
    if (tag === null) throw new PkiError('STRUCTURE', 'an element is missing')
    const content = this.#enter()
    const end = this.#position
    return { tag, encoded: this.#bytes.subarray(start, end), content: this.#bytes.subarray(content, end) }
  }

  /** The next element, opened for reading inside it. */
  constructed(tag: number): DerReader {
    const start = this.#position
    this.#expect(tag)
    const content = this.#enter()
    return new DerReader(this.#bytes, content, this.#position, start, this.#depth + 1)
  }

  /** The content of the next element, which must have the tag. */
  primitive(tag: number): Uint8Array {
    this.#expect(tag)
    const content = this.#enter()
    return this.#bytes.subarray(content, this.#position)
  }

  /** Like `primitive`, as a part of the input whose view is made when it is looked at: most parts of a certificate never are. */
  part(tag: number): DerPart {
    this.#expect(tag)
    const content = this.#enter()
    return new DerPart(this.#bytes, content, this.#position)
  }

  /** The next element opened, if it has the tag; null otherwise. */
  optional(tag: number): DerReader | null {
    return this.peek() === tag ? this.constructed(tag) : null
  }

  sequence(): DerReader {
    return this.constructed(TAG.SEQUENCE)
  }

  /** A SET as read; DER's order of SET OF is demanded where a standard needs it, by `assertSetOrder`. */
  set(): DerReader {
    return this.constructed(TAG.SET)
  }

  boolean(): boolean {
    this.#expect(TAG.BOOLEAN)
    const content = this.#enter()
    const value = this.#bytes[content]
    if (this.#position - content !== 1 || (value !== 0x00 && value !== 0xff)) throw new PkiError('DER', 'not a DER BOOLEAN')
    return value === 0xff
  }

  /** Content octets of an INTEGER, minimal, two's complement, any size. */
  integerBytes(): Uint8Array {
    return minimalInteger(this.primitive(TAG.INTEGER))
  }

  bigInteger(): bigint {
    const content = this.integerBytes()
    const magnitude = BigInt(`0x${Buffer.from(content.buffer, content.byteOffset, content.length).toString('hex')}`)
    return (content[0] ?? 0) & 0x80 ? magnitude - (1n << BigInt(8 * content.length)) : magnitude
  }

  /** An INTEGER that fits 48 bits. */
  integer(): number {
    return smallInteger(this.integerBytes())
  }

  enumerated(): number {
    return smallInteger(minimalInteger(this.primitive(TAG.ENUMERATED)))
  }

  oid(): string {
    this.#expect(TAG.OBJECT_IDENTIFIER)
    const content = this.#enter()
    return decodeOidAt(this.#bytes, content, this.#position)
  }

  octetString(): Uint8Array {
    return this.primitive(TAG.OCTET_STRING)
  }

  bitString(): BitString {
    return decodeBitString(this.primitive(TAG.BIT_STRING))
  }

  /** The bytes of a BIT STRING that holds whole octets, as signatures and keys do. */
  bitStringBytes(): Uint8Array {
    this.#expect(TAG.BIT_STRING)
    const content = this.#enter()
    if (content === this.#position) throw new PkiError('DER', 'not a DER BIT STRING')
    if (this.#bytes[content] !== 0) throw new PkiError('DER', 'BIT STRING does not hold whole octets')
    return this.#bytes.subarray(content + 1, this.#position)
  }

  null(): void {
    if (this.primitive(TAG.NULL).length !== 0) throw new PkiError('DER', 'NULL with content')
  }

  utf8String(): string {
    return decodeUtf8(this.primitive(TAG.UTF8_STRING))
  }

  ia5String(): string {
    return decodeAscii(this.primitive(TAG.IA5_STRING))
  }

  printableString(): string {
    const text = decodeAscii(this.primitive(TAG.PRINTABLE_STRING))
    if (!PRINTABLE.test(text)) throw new PkiError('DER', 'PrintableString with other characters')
    return text
  }

  /** UTCTime, in UTC milliseconds. */
  utcTime(): number {
    this.#expect(TAG.UTC_TIME)
    const content = this.#enter()
    return decodeUtcTime(this.#bytes, content, this.#position)
  }

  /** GeneralizedTime, in UTC milliseconds. */
  generalizedTime(): number {
    this.#expect(TAG.GENERALIZED_TIME)
    const content = this.#enter()
    return decodeGeneralizedTime(this.#bytes, content, this.#position)
  }

  /** Either time, in UTC milliseconds. */
  time(): number {
    return this.peek() === TAG.UTC_TIME ? this.utcTime() : this.generalizedTime()
  }

  #expect(tag: number): void {
    const found = this.peek()
    if (found === tag) return
    const what = found === null ? 'nothing' : `tag 0x${found.toString(16)}`
    throw new PkiError('STRUCTURE', `expected tag 0x${tag.toString(16)}, found ${what}`)
  }

  /**
   * Reads tag and length octets; X.690 §10.1: definite and as short as can be. Goes on behind the element and returns where its
   * content starts.
   */
  #enter(): number {
    const bytes = this.#bytes
    if (((bytes[this.#position] ?? 0) & 0x1f) === 0x1f) throw new PkiError('DER', 'tag number over 30')
    let position = this.#position + 1
    const first = position < this.#end ? (bytes[position++] ?? 0) : 0x80
    let length = first
    if (first >= 0x80) {
      const count = first & 0x7f
      if (count === 0 || count > 4 || position + count > this.#end)
        throw new PkiError('DER', 'length indefinite, cut off or over 4 octets')
      length = 0
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[position++] ?? 0)
      if (length < 0x80 || length < 256 ** (count - 1)) throw new PkiError('DER', 'length not as short as can be')
    }
    if (length > this.#end - position) throw new PkiError('DER', 'content cut off')
    this.#position = position + length
    return position
  }
}

/** BIT STRING content octets: DER demands unused bits of zero. */
export function decodeBitString(content: Uint8Array): BitString {
  const unusedBits = content[0] ?? 8
  const last = content.at(-1) ?? 0
  const valid = unusedBits <= 7 && (content.length > 1 ? (last & ((1 << unusedBits) - 1)) === 0 : unusedBits === 0)
  if (!valid) throw new PkiError('DER', 'not a DER BIT STRING')
  return { unusedBits, bytes: content.subarray(1) }
}

/** Strict UTF-8: no replacement characters, a byte order mark is kept. */
export function decodeUtf8(content: Uint8Array): string {
  try {
    return utf8.decode(content)
  } catch (cause) {
    throw new PkiError('DER', 'not UTF-8', { cause })
  }
}

/** Seven-bit text. */
export function decodeAscii(content: Uint8Array): string {
  let text = ''
  for (const byte of content) {
    if (byte > 0x7f) throw new PkiError('DER', 'not seven-bit text')
    text += String.fromCharCode(byte)
  }
  return text
}

function minimalInteger(content: Uint8Array): Uint8Array {
  const first = content[0]
  const second = content[1]
  if (first === undefined) throw new PkiError('DER', 'INTEGER without content')
  const padded = second !== undefined && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80))
  if (padded) throw new PkiError('DER', 'INTEGER not as short as can be')
  return content
}

function smallInteger(content: Uint8Array): number {
  if (content.length > 6) throw new PkiError('STRUCTURE', 'INTEGER larger than this field can be')
  let value = (content[0] ?? 0) >= 0x80 ? -1 : 0
  for (const octet of content) value = value * 256 + octet
  return value
}
