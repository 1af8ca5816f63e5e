import { expect, test } from 'vitest'
import { bareAlgorithm } from '../../../pki/algorithm.ts'
import {
  encodeBoolean,
  encodeElement,
  encodeExplicit,
  encodeGeneralizedTime,
  encodeInteger,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
} from '../../../pki/der/writer.ts'
import { decodeTstInfo } from '../../../pki/timestamp/tst-info.ts'
import { codeOf } from '../../support/code.ts'
import { withOneMore } from '../../support/der-surgery.ts'

const AT = Date.UTC(2026, 5, 1)
const EXTENSION = encodeSequence(encodeObjectIdentifier('1.2.3.4'), encodeOctetString(Uint8Array.of(5, 0)))

function infoOf(tail: readonly Uint8Array[], version = 1): Uint8Array {
  return encodeSequence(
    encodeInteger(version),
    encodeObjectIdentifier('1.2.3.4.1'),
    encodeSequence(bareAlgorithm('1.2.156.10197.1.401').encoded, encodeOctetString(new Uint8Array(32))),
    encodeInteger(4711),
    encodeGeneralizedTime(AT),
    ...tail,
  )
}

const accuracy = (...parts: readonly Uint8Array[]) => infoOf([encodeSequence(...parts)])
const fraction = (number: number, ...bytes: readonly number[]) => encodeElement(0x80 + number, Uint8Array.from(bytes))
const codeFor = (der: Uint8Array) => codeOf(() => decodeTstInfo(der))

const FULL = infoOf([
  encodeSequence(encodeInteger(1), fraction(0, 1), fraction(1, 1)),
  encodeBoolean(true),
  encodeInteger(7),
  encodeExplicit(0, encodeElement(0x82, Buffer.from('tsa'))),
  encodeElement(0xa1, EXTENSION),
])

test('every field is read, the hint at its signer passed over', () => {
  const info = decodeTstInfo(FULL)
  expect(info).toMatchObject({ policy: '1.2.3.4.1', genTime: AT, accuracy: 1002, ordering: true })
  expect([...(info.nonce ?? []), ...info.extensions.keys()]).toEqual([7, '1.2.3.4'])
  expect(decodeTstInfo(infoOf([]))).toMatchObject({ accuracy: null, ordering: false, nonce: null })
})

test('an element more anywhere is refused', () => {
  // The algorithm takes one for its parameters, and what the hint holds nobody reads.
  const altered = withOneMore(FULL, (at) => at === '0.2.0' || at === '0.8')
  expect(altered.length).toBeGreaterThan(4)
  for (const { at, der } of altered) expect([at, codeFor(der)]).not.toEqual([at, null])
})

test('another version is no TSTInfo', () => {
  expect(codeFor(infoOf([], 2))).toBe('STRUCTURE')
})

test('an accuracy is not negative, its fractions are 1 to 999, and parts left out are nothing', () => {
  expect(decodeTstInfo(accuracy()).accuracy).toBe(0)
  expect(decodeTstInfo(accuracy(fraction(0, 0x03, 0xe7))).accuracy).toBe(999)
  expect(decodeTstInfo(accuracy(encodeInteger(0))).accuracy).toBe(0)
  for (const odd of [
    encodeInteger(-1),
    fraction(0, 0),
    fraction(0, 0x03, 0xe8),
    fraction(1, 0),
    fraction(0, 0, 0, 1),
    fraction(0),
  ])
    expect(codeFor(accuracy(odd))).toBe('STRUCTURE')
})
