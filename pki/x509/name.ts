import { type DerPart, type DerReader, decodeAscii, decodeUtf8, openDer } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'

const NUMERIC_STRING = 0x12
const MAXIMUM_ATTRIBUTES = 256

/** AttributeTypeAndValue, RFC 5280 4.1.2.4. `value` holds the content octets of the value. */
export interface NameAttribute {
  readonly type: string
  readonly tag: number
  readonly value: Uint8Array
}

/** As read: the view of the value is made when it is looked at. */
class DecodedAttribute implements NameAttribute {
  readonly type: string
  readonly tag: number
  readonly #value: DerPart

  constructor(type: string, tag: number, value: DerPart) {
    this.type = type
    this.tag = tag
    this.#value = value
  }

  get value(): Uint8Array {
    return this.#value.bytes
  }
}

/** Name, RFC 5280 4.1.2.4: relative distinguished names in encoding order, each a set of attributes. */
export interface Name {
  /** The whole SEQUENCE as received. */
  readonly encoded: Uint8Array
  readonly relativeNames: readonly (readonly NameAttribute[])[]
}

/** Attribute types with a keyword of RFC 4514 §3; every other type is written as its dotted OID, as samples and tools do. */
export const ATTRIBUTE_TYPES = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  STREET: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
} as const

export const EMAIL_ADDRESS = '1.2.840.113549.1.9.1'

const KEYWORDS: ReadonlyMap<string, string> = new Map(Object.entries(ATTRIBUTE_TYPES).map(([keyword, oid]) => [oid, keyword]))

/**
 * Reads a Name. An attribute value may be of any type; text is looked at when asked for.
 * @throws PkiError DER or STRUCTURE when it is no Name, TOO_LARGE with over 256 attributes.
 */
export function decodeName(reader: DerReader): Name {
  const sequence = reader.sequence()
  const relativeNames: (readonly NameAttribute[])[] = []
  let count = 0
  while (!sequence.isEmpty()) {
    const attributes = decodeRelativeName(sequence.set())
    count += attributes.length
    if (count > MAXIMUM_ATTRIBUTES) throw new PkiError('TOO_LARGE', `a name of over ${MAXIMUM_ATTRIBUTES} attributes`)
    relativeNames.push(attributes)
  }
  return { encoded: sequence.encoded, relativeNames }
}

/** Reads a Name that fills the bytes. */
export function decodeNameBytes(der: Uint8Array): Name {
  const reader = openDer(der)
  const name = decodeName(reader)
  reader.end()
  return name
}

/** Reads an opened RelativeDistinguishedName: at least one attribute. */
export function decodeRelativeName(set: DerReader): readonly NameAttribute[] {
  const attributes: NameAttribute[] = []
  do attributes.push(decodeAttribute(set.sequence()))
  while (!set.isEmpty())
  return attributes
}

function decodeAttribute(fields: DerReader): NameAttribute {
  const type = fields.oid()
  const tag = fields.peek()
  if (tag === null) throw new PkiError('STRUCTURE', 'an attribute without value')
  const value = fields.part(tag)
  fields.end()
  return new DecodedAttribute(type, tag, value)
}

/** Whether the name has no relative distinguished name at all. */
export function isEmptyName(name: Name): boolean {
  return name.relativeNames.length === 0
}

/**
 * The text of the first attribute of a type, in encoding order; null when there is none or it is no readable text.
 * @param type a keyword such as `CN`, or a dotted OID.
 */
export function attributeOf(name: Name, type: string): string | null {
  return attributesOf(name, type)[0] ?? null
}

/** The texts of all attributes of a type, in encoding order. */
export function attributesOf(name: Name, type: string): readonly string[] {
  const oid = type in ATTRIBUTE_TYPES ? ATTRIBUTE_TYPES[type as keyof typeof ATTRIBUTE_TYPES] : type
  const texts: string[] = []
  for (const attribute of name.relativeNames.flat()) {
    const text = attribute.type === oid ? attributeText(attribute) : null
    if (text !== null) texts.push(text)
  }
  return texts
}

/** The text of a value of any string type; null when it is of another type or not encoded as its type demands. */
export function attributeText({ tag, value }: NameAttribute): string | null {
  try {
    return STRING_DECODERS[tag]?.(value) ?? null
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}

const STRING_DECODERS: Readonly<Record<number, (content: Uint8Array) => string>> = {
  [TAG.UTF8_STRING]: decodeUtf8,
  [TAG.PRINTABLE_STRING]: decodeAscii, // real certificates put `@`, `*`, `_` and `&` into it
  [TAG.IA5_STRING]: decodeAscii,
  [TAG.VISIBLE_STRING]: decodeAscii,
  [NUMERIC_STRING]: decodeAscii,
  [TAG.TELETEX_STRING]: (content) => Buffer.from(content).toString('latin1'),
  [TAG.BMP_STRING]: (content) => decodeWide(content, 2),
  [TAG.UNIVERSAL_STRING]: (content) => decodeWide(content, 4),
}

function decodeWide(content: Uint8Array, width: 2 | 4): string {
  if (content.length % width !== 0) throw new PkiError('DER', 'wide string cut off')
  let text = ''
  for (let i = 0; i < content.length; i += width) {
    let point = 0
    for (let j = 0; j < width; j++) point = point * 256 + (content[i + j] ?? 0)
    if (point > 0x10ffff) throw new PkiError('DER', 'no such character')
    text += String.fromCodePoint(point)
  }
  return text
}

/**
 * Writes a name for people: `C=CN,O=NRCAC,CN=ROOTCA`, in encoding order, with the escapes of RFC 4514 §2.4.
 * Unknown types are dotted OIDs; values that are no text are `#` and hex. Never throws.
 */
export function formatName(name: Name): string {
  const known = written.get(name)
  if (known !== undefined) return known
  const text = name.relativeNames.map((attributes) => attributes.map(formatAttribute).join('+')).join(',')
  written.set(name, text)
  return text
}

/** A report names the same certificate in every line. */
const written = new WeakMap<Name, string>()

function formatAttribute(attribute: NameAttribute): string {
  const text = attributeText(attribute)
  const value = text === null ? `#${Buffer.from(attribute.value).toString('hex')}` : escapeText(text)
  return `${KEYWORDS.get(attribute.type) ?? attribute.type}=${value}`
}

/** Text in which RFC 4514 §2.4 escapes nothing. */
const UNESCAPED = /^(?![ #])[^\\,+"<>;\p{Cc}]*(?<! )$/u

function escapeText(text: string): string {
  if (UNESCAPED.test(text)) return text
  return text
    .replace(/[\\,+"<>;]/g, '\\$&')
    .replaceAll('\u0000', '\\00')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
}
