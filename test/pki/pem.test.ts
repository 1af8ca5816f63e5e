import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePem, encodePem } from '../../pki/pem.ts'

const block = encodePem('CERTIFICATE', Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x07))

test('what is written is read again, label and bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (der) => {
      const [read] = decodePem(encodePem('X509 CRL', der))
      expect(read?.label).toBe('X509 CRL')
      expect(Buffer.compare(read?.der ?? new Uint8Array(), der)).toBe(0)
    }),
  )
})

test('text around the blocks is ignored and a label selects', () => {
  const text = `Certificate:\n  Data\n${block}${encodePem('EC PARAMETERS', Uint8Array.of(5, 0))}bag attributes\r\n${block.replaceAll('\n', '\r\n')}`
  expect(decodePem(text)).toHaveLength(3)
  expect(decodePem(text, 'CERTIFICATE')).toHaveLength(2)
})

test.each([
  ['no end line', block.replace(/-----END.*\n/, '')],
  ['an end line of another label', block.replace('END CERTIFICATE', 'END X509 CRL')],
  ['a header line as encrypted keys of old have', block.replace('E-----\n', 'E-----\nProc-Type: 4,ENCRYPTED\n\n')],
  ['a character outside the alphabet', block.replace('MAMC', 'MA*C')],
  ['the alphabet of base64url', block.replace('MAMC', 'MA-C')],
  ['missing padding', encodePem('A', Uint8Array.of(1)).replace('==', '')],
  ['padding bits that are not zero', encodePem('A', Uint8Array.of(1)).replace('AQ==', 'AR==')],
  ['a new block inside a block', block.replace('MAMC', 'MAMC\n-----BEGIN CERTIFICATE-----\n')],
])('refused as PEM: %s', (_, text) => {
  expect(() => decodePem(text)).toThrow(expect.objectContaining({ code: 'PEM' }))
})

test('too many blocks and too much text are refused as TOO_LARGE', () => {
  expect(decodePem(block.repeat(1024))).toHaveLength(1024)
  expect(() => decodePem(block.repeat(1025))).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }))
  expect(() => decodePem(' '.repeat(4 * 1024 * 1024 + 1))).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }))
})

test('any text either reads or is refused with a code', () => {
  const lines = fc.constantFrom('-----BEGIN A-----', '-----END A-----', 'AQ==', 'AAAA', '', ' ', '-----', 'A')
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 12 }), (text) => {
      try {
        decodePem(text.join('\n'))
      } catch (error) {
        expect(error).toMatchObject({ name: 'PkiError' })
      }
    }),
  )
})
