import { expect, test } from 'vitest'
import { openDer } from '../../../pki/der/reader.ts'
import {
  encodeElement,
  encodeObjectIdentifier,
  encodePrintableString,
  encodeSequence,
  encodeSetOf,
  encodeUtf8String,
} from '../../../pki/der/writer.ts'
import { attributeOf, attributesOf, decodeName, decodeNameBytes, formatName, isEmptyName } from '../../../pki/x509/name.ts'
import { isWithinName, nameKey, namesEqual } from '../../../pki/x509/name-matching.ts'
import { codeOf } from '../../support/code.ts'

const attribute = (oid: string, value: Uint8Array) => encodeSequence(encodeObjectIdentifier(oid), value)
const rdn = (oid: string, value: Uint8Array) => encodeSetOf(attribute(oid, value))
const bmp = (text: string) => encodeElement(0x1e, Buffer.from(text, 'utf16le').swap16())
const name = (...rdns: Uint8Array[]) => decodeNameBytes(encodeSequence(...rdns))
const C = '2.5.4.6'
const O = '2.5.4.10'
const CN = '2.5.4.3'

test('a name is written in encoding order, with keywords for the usual types and dotted OIDs for the rest', () => {
  const given = name(rdn(C, encodePrintableString('CN')), rdn('1.2.840.113549.1.9.1', encodeElement(0x16, Buffer.from('ca@sm2'))))
  expect(formatName(given)).toBe('C=CN,1.2.840.113549.1.9.1=ca@sm2')
})

test('characters that would change the meaning of a written name are escaped', () => {
  expect(formatName(name(rdn(O, encodeUtf8String(' a,b=c+"d" '))))).toBe('O=\\ a\\,b=c\\+\\"d\\"\\ ')
})

test('a value that is no text is written as hex and never as text', () => {
  const broken = name(rdn(CN, encodeElement(0x0c, Uint8Array.of(0xff, 0xfe))))
  expect(formatName(broken)).toBe('CN=#fffe')
  expect(attributeOf(broken, 'CN')).toBeNull()
})

test('attributes are found by keyword and by OID, all of them in encoding order', () => {
  const given = name(rdn(O, encodeUtf8String('甲')), rdn(O, encodeUtf8String('乙')))
  expect(attributeOf(given, 'O')).toBe('甲')
  expect(attributesOf(given, O)).toEqual(['甲', '乙'])
  expect(attributeOf(given, 'CN')).toBeNull()
})

test('case, white space and string type play no part in comparing names', () => {
  const a = name(rdn(C, encodePrintableString('CN')), rdn(O, encodePrintableString('Sealhub  Test')))
  const b = name(rdn(C, encodeUtf8String('cn')), rdn(O, bmp(' sealhub test ')))
  expect(namesEqual(a, b)).toBe(true)
  expect(nameKey(a)).toBe(nameKey(b))
})

test('the order of relative names counts, the order within one does not', () => {
  const c = rdn(C, encodePrintableString('CN'))
  const o = rdn(O, encodePrintableString('X'))
  expect(namesEqual(name(c, o), name(o, c))).toBe(false)
  const both = [attribute(C, encodePrintableString('CN')), attribute(O, encodePrintableString('X'))]
  expect(namesEqual(name(encodeElement(0x31, ...both)), name(encodeElement(0x31, ...both.reverse())))).toBe(true)
  expect(namesEqual(name(c, o), name(encodeElement(0x31, ...both)))).toBe(false)
})

test('a longer name is not equal to its beginning, but lies within it', () => {
  const base = name(rdn(C, encodePrintableString('CN')))
  const longer = name(rdn(C, encodePrintableString('cn')), rdn(O, encodePrintableString('X')))
  expect(namesEqual(base, longer)).toBe(false)
  expect(namesEqual(longer, base)).toBe(false)
  expect(isWithinName(longer, base)).toBe(true)
  expect(isWithinName(base, longer)).toBe(false)
})

test('values that are no text are equal only byte for byte', () => {
  const broken = (last: number) => name(rdn(CN, encodeElement(0x0c, Uint8Array.of(0xff, last))))
  expect(namesEqual(broken(1), broken(1))).toBe(true)
  expect(namesEqual(broken(1), broken(2))).toBe(false)
})

test('the empty name is a name; an empty relative name is not', () => {
  expect(isEmptyName(name())).toBe(true)
  expect(codeOf(() => name(encodeElement(0x31)))).toBe('STRUCTURE')
})

test('a name of very many attributes is refused', () => {
  const many = Array.from({ length: 300 }, () => rdn(CN, encodeUtf8String('x')))
  expect(codeOf(() => decodeName(openDer(encodeSequence(...many))))).toBe('TOO_LARGE')
})
