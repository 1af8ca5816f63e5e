import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DerReader, openDer } from '../../../pki/der/reader.ts'
import { encodeSequence } from '../../../pki/der/writer.ts'
import { PkiError } from '../../../pki/error.ts'

const open = (hex: string) => openDer(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const refused = (code: string) => expect.objectContaining({ name: 'PkiError', code })

describe('X.690 §10.1, lengths are definite and as short as can be', () => {
  test.each([
    ['indefinite', '30 80 0000'],
    ['long form for under 128', '04 81 7f'.concat('00'.repeat(127))],
    ['a leading zero octet', '04 82 00 80'.concat('00'.repeat(128))],
    ['over four octets', '04 85 01 00000000'],
    ['the reserved first octet', '04 ff'],
    ['cut off in the length', '04 82 01'],
    ['missing', '04'],
    ['longer than the input', '04 02 00'],
  ])('%s is refused as DER', (_, hex) => {
    expect(() => open(hex).any()).toThrow(refused('DER'))
  })

  test('128 and 65536 octets are read', () => {
    expect(open('04 81 80'.concat('00'.repeat(128))).octetString()).toHaveLength(128)
    expect(open('04 83 01 00 00'.concat('00'.repeat(65536))).octetString()).toHaveLength(65536)
  })
})

describe('values', () => {
  test.each<[string, string, (reader: DerReader) => unknown, string]>([
    ['a BOOLEAN of 01', '01 01 01', (r) => r.boolean(), 'DER'],
    ['a BOOLEAN of two octets', '01 02 ff ff', (r) => r.boolean(), 'DER'],
    ['an INTEGER without content', '02 00', (r) => r.bigInteger(), 'DER'],
    ['an INTEGER padded with 00', '02 02 00 7f', (r) => r.bigInteger(), 'DER'],
    ['a negative INTEGER padded with ff', '02 02 ff 80', (r) => r.bigInteger(), 'DER'],
    ['an INTEGER over 48 bits where a small one belongs', '02 07 01000000000000', (r) => r.integer(), 'STRUCTURE'],
    ['an ENUMERATED that is padded', '0a 02 00 01', (r) => r.enumerated(), 'DER'],
    ['a BIT STRING without the count of unused bits', '03 00', (r) => r.bitString(), 'DER'],
    ['a BIT STRING with eight unused bits', '03 02 08 00', (r) => r.bitString(), 'DER'],
    ['a BIT STRING with unused bits set', '03 02 01 01', (r) => r.bitString(), 'DER'],
    ['an empty BIT STRING with unused bits', '03 01 01', (r) => r.bitString(), 'DER'],
    ['a BIT STRING of no whole octets where octets belong', '03 02 01 02', (r) => r.bitStringBytes(), 'DER'],
    ['a NULL with content', '05 01 00', (r) => r.null(), 'DER'],
    ['an OID without content', '06 00', (r) => r.oid(), 'DER'],
    ['an OID with a padded arc', '06 03 2a 80 01', (r) => r.oid(), 'DER'],
    ['an OID cut off in an arc', '06 02 2a 86', (r) => r.oid(), 'DER'],
    ['an OID of over 64 octets', `06 41 ${'2a'.repeat(65)}`, (r) => r.oid(), 'DER'],
    ['UTF-8 that is overlong', '0c 02 c0 80', (r) => r.utf8String(), 'DER'],
    ['UTF-8 of a surrogate', '0c 03 ed a0 80', (r) => r.utf8String(), 'DER'],
    ['an IA5String with the eighth bit', '16 01 e9', (r) => r.ia5String(), 'DER'],
    ['a PrintableString with an at sign', '13 01 40', (r) => r.printableString(), 'DER'],
    ['a tag number over 30', '1f 81 00 00', (r) => r.any(), 'DER'],
    ['another tag than the one expected', '04 00', (r) => r.sequence(), 'STRUCTURE'],
    ['nothing where something belongs', '', (r) => r.any(), 'STRUCTURE'],
    ['bytes after the value', '05 00 00', (r) => [r.null(), r.end()], 'DER'],
  ])('%s is refused', (_, hex, read, code) => {
    expect(() => read(open(hex))).toThrow(refused(code))
  })

  test.each<[string, (reader: DerReader) => unknown, unknown]>([
    ['02 01 00', (r) => r.bigInteger(), 0n],
    ['02 01 80', (r) => r.integer(), -128],
    ['02 02 00 80', (r) => r.integer(), 128],
    ['02 09 00 ffffffffffffffff', (r) => r.bigInteger(), 2n ** 64n - 1n],
    ['06 08 2a811ccf55018375', (r) => r.oid(), '1.2.156.10197.1.501'],
    ['06 03 88 37 03', (r) => r.oid(), '2.999.3'],
    ['0c 03 efbbbf', (r) => r.utf8String(), '\ufeff'],
    ['13 03 412f3f', (r) => r.printableString(), 'A/?'],
  ])('%s is read', (hex, read, value) => {
    const reader = open(hex)
    expect(read(reader)).toBe(value)
    reader.end()
  })
})

describe('times', () => {
  test.each([
    ['170d 323630313135303830303030 5a', Date.UTC(2026, 0, 15, 8)],
    ['170d 353030313031303030303030 5a', Date.UTC(1950, 0, 1)],
    ['180f 3230323430323239323335393539 5a', Date.UTC(2024, 1, 29, 23, 59, 59)],
    ['1812 3230323630313031303030303030 2e3235 5a', Date.UTC(2026, 0, 1) + 250],
  ])('%s is read', (hex, instant) => {
    expect(open(hex).time()).toBe(instant)
  })

  test.each([
    ['UTCTime without seconds', 0x17, '2601150800Z'],
    ['UTCTime with an offset', 0x17, '260115080000+0800'],
    ['UTCTime without Z', 0x17, '260115080000'],
    ['a day that does not exist', 0x17, '260230000000Z'],
    ['hour 24', 0x17, '260115240000Z'],
    ['second 60', 0x17, '261231235960Z'],
    ['month 13', 0x18, '20261301000000Z'],
    ['a fraction that ends in zero', 0x18, '20260101000000.50Z'],
    ['a fraction without digits', 0x18, '20260101000000.Z'],
    ['a fraction after a comma', 0x18, '20260101000000,5Z'],
    ['words', 0x18, 'tomorrow at noon'],
  ])('%s is refused as DER', (_, tag, text) => {
    expect(() => openDer(Buffer.concat([Uint8Array.of(tag, text.length), Buffer.from(text)])).time()).toThrow(refused('DER'))
  })
})

test('elements are views of the input, tag and length included', () => {
  const bytes = Buffer.from('3005 0403 010203'.replaceAll(' ', ''), 'hex')
  const sequence = openDer(bytes).sequence()
  const element = sequence.any()
  expect(element.encoded.buffer).toBe(bytes.buffer)
  expect(Buffer.from(element.encoded).toString('hex')).toBe('0403010203')
  expect(Buffer.from(sequence.encoded).toString('hex')).toBe('30050403010203')
  sequence.end()
})

test('32 levels are read, the next is refused as TOO_DEEP', () => {
  let nested: Uint8Array = encodeSequence()
  for (let i = 0; i < 40; i++) nested = encodeSequence(nested)
  let reader = openDer(nested)
  for (let i = 0; i < 32; i++) reader = reader.sequence()
  expect(() => reader.sequence()).toThrow(refused('TOO_DEEP'))
})

test('whatever bytes are walked, nothing but PkiError is thrown, and every view lies within the input', () => {
  const walk = (reader: DerReader, length: number) => {
    while (!reader.isEmpty()) {
      const constructed = ((reader.peek() ?? 0) & 0x20) !== 0
      if (constructed) walk(reader.constructed(reader.peek() ?? 0), length)
      else expect(reader.any().encoded.length).toBeLessThanOrEqual(length)
    }
    reader.end()
  }
  const tags = fc.constantFrom(0x30, 0x31, 0xa0, 0x02, 0x04, 0x80, 0x81, 0x82, 0x84, 0x00, 0x01, 0x03, 0x1f)
  fc.assert(
    fc.property(fc.array(fc.oneof(tags, fc.nat(255)), { maxLength: 60 }), (octets) => {
      try {
        walk(openDer(Uint8Array.from(octets)), octets.length)
      } catch (error) {
        expect(error).toBeInstanceOf(PkiError)
      }
    }),
    { numRuns: 1000 },
  )
})

test('whatever a typed reader is given, nothing but PkiError is thrown', () => {
  const readers: ReadonlyArray<(reader: DerReader) => unknown> = [
    (r) => r.boolean(), (r) => r.bigInteger(), (r) => r.integer(), (r) => r.enumerated(), (r) => r.oid(), (r) => r.bitString(),
    (r) => r.bitStringBytes(), (r) => r.null(), (r) => r.utf8String(), (r) => r.ia5String(), (r) => r.printableString(), (r) => r.time(),
  ] // biome-ignore format: a table
  const tags = [0x01, 0x02, 0x02, 0x0a, 0x06, 0x03, 0x03, 0x05, 0x0c, 0x16, 0x13, 0x18]
  fc.assert(
    fc.property(fc.nat(readers.length - 1), fc.uint8Array({ maxLength: 20 }), (which, content) => {
      try {
        readers[which]?.(openDer(Uint8Array.of(tags[which] ?? 0, content.length, ...content)))
      } catch (error) {
        expect(error).toBeInstanceOf(PkiError)
      }
    }),
    { numRuns: 1000 },
  )
})
