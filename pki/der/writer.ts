import { encodeOid } from './oid.ts'
import { contextConstructed, contextPrimitive, TAG } from './tag.ts'
import { formatGeneralizedTime, formatUtcTime, isUtcTimeYear } from './time.ts'

/** Encodes one element: tag, shortest definite length, the parts one after another. */
export function encodeElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = parts.length === 1 && parts[0] ? parts[0] : concat(parts)
  return concat([Uint8Array.of(tag), encodeLength(content.length), content])
}

export function encodeSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return encodeElement(TAG.SEQUENCE, ...parts)
}

/** SET OF in the order DER demands (X.690 §11.6). */
export function encodeSetOf(...parts: readonly Uint8Array[]): Uint8Array {
  return encodeElement(TAG.SET, ...[...parts].sort((a, b) => Buffer.compare(a, b)))
}

/** `[number] EXPLICIT`. */
export function encodeExplicit(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return encodeElement(contextConstructed(number), ...parts)
}

/** `[number] IMPLICIT` over primitive content. */
export function encodeImplicit(number: number, content: Uint8Array): Uint8Array {
  return encodeElement(contextPrimitive(number), content)
}

export function encodeBoolean(value: boolean): Uint8Array {
  return encodeElement(TAG.BOOLEAN, Uint8Array.of(value ? 0xff : 0x00))
}

export function encodeInteger(value: number | bigint): Uint8Array {
  return encodeElement(TAG.INTEGER, integerContent(BigInt(value)))
}

/** A non-negative INTEGER from big-endian bytes. */
export function encodeUnsigned(magnitude: Uint8Array): Uint8Array {
  let start = 0
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++
  const shortest = magnitude.subarray(start)
  const needsSign = shortest.length === 0 || (shortest[0] ?? 0) >= 0x80
  return encodeElement(TAG.INTEGER, needsSign ? Uint8Array.of(0) : new Uint8Array(), shortest)
}

export function encodeEnumerated(value: number): Uint8Array {
  return encodeElement(TAG.ENUMERATED, integerContent(BigInt(value)))
}

export function encodeObjectIdentifier(oid: string): Uint8Array {
  return encodeElement(TAG.OBJECT_IDENTIFIER, encodeOid(oid))
}

export function encodeOctetString(content: Uint8Array): Uint8Array {
  return encodeElement(TAG.OCTET_STRING, content)
}

export function encodeBitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return encodeElement(TAG.BIT_STRING, Uint8Array.of(unusedBits), bytes)
}

export function encodeNull(): Uint8Array {
  return encodeElement(TAG.NULL, new Uint8Array())
}

export function encodeUtf8String(text: string): Uint8Array {
  return encodeElement(TAG.UTF8_STRING, Buffer.from(text, 'utf8'))
}

export function encodeIa5String(text: string): Uint8Array {
  return encodeElement(TAG.IA5_STRING, Buffer.from(text, 'latin1'))
}

export function encodePrintableString(text: string): Uint8Array {
  return encodeElement(TAG.PRINTABLE_STRING, Buffer.from(text, 'latin1'))
}

export function encodeUtcTime(instant: number): Uint8Array {
  return encodeElement(TAG.UTC_TIME, Buffer.from(formatUtcTime(instant), 'latin1'))
}

export function encodeGeneralizedTime(instant: number): Uint8Array {
  return encodeElement(TAG.GENERALIZED_TIME, Buffer.from(formatGeneralizedTime(instant), 'latin1'))
}

/** Time of RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime afterwards. */
export function encodeTime(instant: number): Uint8Array {
  return isUtcTimeYear(instant) ? encodeUtcTime(instant) : encodeGeneralizedTime(instant)
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const octets: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256)
  return Uint8Array.of(0x80 | octets.length, ...octets)
}

function integerContent(value: bigint): Uint8Array {
  let length = 1
  while (value < -(1n << BigInt(8 * length - 1)) || value >= 1n << BigInt(8 * length - 1)) length++
  const hex = BigInt.asUintN(8 * length, value).toString(16)
  return Buffer.from(hex.padStart(2 * length, '0'), 'hex')
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const whole = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
