import { decodeAlgorithmIdentifier } from '../algorithm.ts'
import { decodeOid } from '../der/oid.ts'
import { type DerElement, type DerReader, openDer } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import type { Departures } from './departures.ts'
import { boundedText, within } from './limits.ts'
import { parseLooseGeneralizedTime, parseLooseUtcTime } from './loose-time.ts'

/** A field by the standard's name, with the type the standard gives it. */
export interface Field {
  readonly name: string
  readonly tag: number
}

/** Every type a text may be written in. */
export const TEXT_TYPES: ReadonlySet<number> = new Set([
  TAG.IA5_STRING,
  TAG.UTF8_STRING,
  TAG.PRINTABLE_STRING,
  TAG.VISIBLE_STRING,
  TAG.TELETEX_STRING,
  TAG.BMP_STRING,
])
const SEVEN_BIT: ReadonlySet<number> = new Set([TAG.IA5_STRING, TAG.PRINTABLE_STRING, TAG.VISIBLE_STRING])

const TYPE_NAMES: Readonly<Record<number, string>> = {
  [TAG.BIT_STRING]: 'BIT STRING',
  [TAG.OCTET_STRING]: 'OCTET STRING',
  [TAG.OBJECT_IDENTIFIER]: 'OBJECT IDENTIFIER',
  [TAG.UTF8_STRING]: 'UTF8String',
  [TAG.PRINTABLE_STRING]: 'PrintableString',
  [TAG.TELETEX_STRING]: 'TeletexString',
  [TAG.IA5_STRING]: 'IA5String',
  [TAG.UTC_TIME]: 'UTCTime',
  [TAG.GENERALIZED_TIME]: 'GeneralizedTime',
  [TAG.VISIBLE_STRING]: 'VisibleString',
  [TAG.BMP_STRING]: 'BMPString',
  [TAG.SEQUENCE]: 'SEQUENCE',
}

/** A text of any string type, in Chinese too where the standard has seven bits. @throws PkiError DER, STRUCTURE, TOO_LARGE over the limit */
export function readText(reader: DerReader, field: Field, limit: number, departures: Departures): string {
  const { tag, content } = readOneOf(reader, field, TEXT_TYPES, departures)
  within(4 * limit, content.length, field.name)
  const text = tag === TAG.BMP_STRING ? decodeUtf16(content, field.name) : decodeText(content, field, departures)
  if (SEVEN_BIT.has(tag) && /[^\p{ASCII}]/u.test(text))
    departures.note(`${field.name} 含非 ASCII 字符`, `${field.name} holds characters beyond ASCII`)
  return boundedText(text, limit, field.name)
}

const OCTET_TYPES: ReadonlySet<number> = new Set([TAG.BIT_STRING, TAG.OCTET_STRING])

/** Whole octets in a BIT STRING or OCTET STRING. @throws PkiError DER, STRUCTURE */
export function readOctets(reader: DerReader, field: Field, departures: Departures): Uint8Array {
  return octetsOf(readOneOf(reader, field, OCTET_TYPES, departures))
}

const CERTIFICATE_TYPES: ReadonlySet<number> = new Set([TAG.OCTET_STRING, TAG.BIT_STRING, TAG.SEQUENCE])

/** A certificate in an OCTET STRING, or as it is. The bytes are DER if all is well, which is not asked here. */
export function readCertificateField(reader: DerReader, name: string, departures: Departures): DerElement {
  const element = readOneOf(reader, { name, tag: TAG.OCTET_STRING }, CERTIFICATE_TYPES, departures)
  return { ...element, content: element.tag === TAG.SEQUENCE ? element.encoded : octetsOf(element) }
}

const ALGORITHM_TYPES: ReadonlySet<number> = new Set([TAG.OBJECT_IDENTIFIER, TAG.SEQUENCE])

/** A signature algorithm by its OID, or as an AlgorithmIdentifier without parameters. @throws PkiError DER, STRUCTURE */
export function readAlgorithmField(
  reader: DerReader,
  name: string,
  departures: Departures,
): { readonly oid: string; readonly encoded: Uint8Array } {
  const { tag, encoded, content } = readOneOf(reader, { name, tag: TAG.OBJECT_IDENTIFIER }, ALGORITHM_TYPES, departures)
  if (tag === TAG.OBJECT_IDENTIFIER) return { oid: decodeOid(content), encoded }
  const { oid, parameters } = decodeAlgorithmIdentifier(openDer(encoded))
  if (parameters !== null && parameters[0] !== TAG.NULL) throw new PkiError('STRUCTURE', `${name} with parameters`)
  return { oid, encoded }
}

const TIME_TYPES: ReadonlySet<number> = new Set([TAG.UTC_TIME, TAG.GENERALIZED_TIME])

/** Whether the next element is a time of either type. */
export function isTime(reader: DerReader): boolean {
  return TIME_TYPES.has(reader.peek() ?? 0)
}

/** A time of either type, UTC milliseconds; one without a zone is Beijing time. @throws PkiError DER, STRUCTURE */
export function readTimeField(reader: DerReader, field: Field, departures: Departures): number {
  const { tag, content } = readOneOf(reader, field, TIME_TYPES, departures)
  const text = Buffer.from(content).toString('latin1')
  const { time, isZoneless } = tag === TAG.UTC_TIME ? parseLooseUtcTime(text) : parseLooseGeneralizedTime(text)
  const isDer = tag === TAG.UTC_TIME ? text.length === 13 : !/[.,]\d*0Z$|,/.test(text) && text.length >= 15
  if (isZoneless) departures.note(`${field.name} 无时区，按北京时间理解`, `${field.name} has no zone, read as Beijing time`)
  else if (!isDer || !text.endsWith('Z')) departures.note(`${field.name} 不是 DER 时间`, `${field.name} is no time in DER`)
  return time
}

function readOneOf(reader: DerReader, { name, tag }: Field, allowed: ReadonlySet<number>, departures: Departures): DerElement {
  const found = reader.peek()
  if (found === null || !allowed.has(found)) {
    const what = found === null ? 'nothing' : `tag 0x${found.toString(16)}`
    throw new PkiError('STRUCTURE', `${name}: expected tag 0x${tag.toString(16)}, found ${what}`)
  }
  if (found !== tag) departures.note(`${name} 用了 ${TYPE_NAMES[found]}`, `${name} is written as ${TYPE_NAMES[found]}`)
  return reader.any()
}

function octetsOf({ tag, content }: DerElement): Uint8Array {
  if (tag === TAG.OCTET_STRING) return content
  if (content[0] !== 0) throw new PkiError('DER', 'BIT STRING does not hold whole octets')
  return content.subarray(1)
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const gb18030 = new TextDecoder('gb18030', { fatal: true })
const utf16 = new TextDecoder('utf-16be', { fatal: true })

/** What should be seven bits and is of no character set is shown byte by byte: it names nothing, and the seal is not unreadable for it. */
function decodeText(content: Uint8Array, { name, tag }: Field, departures: Departures): string {
  const text = decodedOrNull(utf8, content)
  if (text !== null) return text
  const chinese = decodedOrNull(gb18030, content)
  if (chinese !== null) departures.note(`${name} 用 GB 18030 编码`, `${name} is encoded in GB 18030`)
  else if (!SEVEN_BIT.has(tag)) return noText(name)
  return chinese ?? Buffer.from(content).toString('latin1')
}

function decodeUtf16(content: Uint8Array, name: string): string {
  return decodedOrNull(utf16, content) ?? noText(name)
}

function decodedOrNull(decoder: InstanceType<typeof TextDecoder>, content: Uint8Array): string | null {
  try {
    return decoder.decode(content)
  } catch (cause) {
    if (cause instanceof TypeError) return null
    throw cause
  }
}

function noText(name: string): never {
  throw new PkiError('DER', `${name} is no text`)
}
