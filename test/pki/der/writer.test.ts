import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DerReader, openDer } from '../../../pki/der/reader.ts'
import {
  encodeBitString,
  encodeBoolean,
  encodeElement,
  encodeEnumerated,
  encodeExplicit,
  encodeGeneralizedTime,
  encodeIa5String,
  encodeImplicit,
  encodeInteger,
  encodeNull,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
  encodeTime,
  encodeUnsigned,
  encodeUtf8String,
} from '../../../pki/der/writer.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** Reads one value and demands that it fills the bytes. */
function readBack<Value>(der: Uint8Array, read: (reader: DerReader) => Value): Value {
  const reader = openDer(der)
  const value = read(reader)
  reader.end()
  return value
}

test('every integer is read as it was written', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }), (value) => {
      expect(readBack(encodeInteger(value), (r) => r.bigInteger())).toBe(value)
    }),
  )
  fc.assert(
    fc.property(fc.integer(), (value) => {
      expect(readBack(encodeInteger(value), (r) => r.integer())).toBe(value)
      expect(readBack(encodeEnumerated(value), (r) => r.enumerated())).toBe(value)
    }),
  )
})

test('a magnitude is written without its leading zeros and never reads as negative', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (magnitude) => {
      expect(readBack(encodeUnsigned(magnitude), (r) => r.bigInteger())).toBe(BigInt(`0x${hex(magnitude)}`))
    }),
  )
  expect(hex(encodeUnsigned(new Uint8Array()))).toBe('020100')
})

test('every object identifier is read as it was written', () => {
  const oid = fc
    .tuple(fc.constantFrom(0, 1, 2), fc.nat(39), fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n }), { maxLength: 5 }))
    .map(([root, second, rest]) => [root, second, ...rest].join('.'))
  fc.assert(
    fc.property(oid, (value) => {
      expect(readBack(encodeObjectIdentifier(value), (r) => r.oid())).toBe(value)
    }),
  )
  expect(hex(encodeObjectIdentifier('2.999.3'))).toBe('0603883703')
})

test('octets, bits and text are read as they were written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' }), fc.boolean(), (bytes, text, flag) => {
      expect(hex(readBack(encodeOctetString(bytes), (r) => r.octetString()))).toBe(hex(bytes))
      expect(hex(readBack(encodeBitString(bytes), (r) => r.bitStringBytes()))).toBe(hex(bytes))
      expect(readBack(encodeUtf8String(text), (r) => r.utf8String())).toBe(text)
      expect(readBack(encodeBoolean(flag), (r) => r.boolean())).toBe(flag)
    }),
  )
  expect(readBack(encodeIa5String('ES'), (r) => r.ia5String())).toBe('ES')
  expect(hex(encodeNull())).toBe('0500')
})

test('times are written as RFC 5280 4.1.2.5 says and read as they were written', () => {
  const instants = fc.integer({ min: Date.UTC(1950, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 })
  fc.assert(
    fc.property(instants, (seconds) => {
      const der = encodeTime(seconds * 1000)
      expect(readBack(der, (r) => r.time())).toBe(seconds * 1000)
      expect(readBack(encodeGeneralizedTime(seconds * 1000), (r) => r.generalizedTime())).toBe(seconds * 1000)
      expect(der[0]).toBe(new Date(seconds * 1000).getUTCFullYear() < 2050 ? 0x17 : 0x18)
    }),
  )
})

test('lengths are as short as can be on both sides of every border', () => {
  for (const length of [0, 127, 128, 255, 256, 65535, 65536]) {
    const der = encodeOctetString(new Uint8Array(length))
    expect(readBack(der, (r) => r.octetString())).toHaveLength(length)
  }
  expect(hex(encodeOctetString(new Uint8Array(128)).subarray(0, 3))).toBe('048180')
})

test('SET OF stands in the order of X.690 §11.6 whatever order it is given in', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 6 }), (values) => {
      const elements = values.map(encodeOctetString)
      expect(hex(encodeSetOf(...elements))).toBe(hex(encodeSetOf(...elements.toReversed())))
    }),
  )
  expect(hex(encodeSetOf(encodeInteger(2), encodeInteger(1)))).toBe('3106020101020102')
})

test('tagging wraps or replaces', () => {
  expect(hex(encodeExplicit(0, encodeInteger(5)))).toBe('a003020105')
  expect(hex(encodeImplicit(1, Uint8Array.of(5)))).toBe('810105')
  expect(hex(encodeElement(0x30, encodeNull(), encodeNull()))).toBe(hex(encodeSequence(encodeNull(), encodeNull())))
})
