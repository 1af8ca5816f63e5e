import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { algorithmWithNull, bareAlgorithm } from '../../pki/algorithm.ts'
import { encodeBitString, encodeObjectIdentifier, encodeSequence, encodeUnsigned } from '../../pki/der/writer.ts'
import { generateSm2KeyPair } from '../../pki/key.ts'
import { keyStrength, publicKeyOf } from '../../pki/spki.ts'

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const modulusOf = (bits: number, last = 0x01) =>
  Uint8Array.from({ length: bits / 8 }, (_, i) => (i === 0 ? 0x80 : i === bits / 8 - 1 ? last : 7))
const rsaSpki = (modulus: Uint8Array, exponent: Uint8Array, algorithm = algorithmWithNull(RSA_ENCRYPTION)) =>
  encodeSequence(algorithm.encoded, encodeBitString(encodeSequence(encodeUnsigned(modulus), encodeUnsigned(exponent))))
const exponent = Uint8Array.of(1, 0, 1)
const exported = (curve: string) =>
  generateKeyPairSync('ec', { namedCurve: curve }).publicKey.export({ format: 'der', type: 'spki' })

test('accepted keys tell their family and size', () => {
  expect(publicKeyOf(generateSm2KeyPair().spki)).toMatchObject({ family: 'SM2', bits: 256 })
  expect(publicKeyOf(exported('P-256'))).toMatchObject({ family: 'EC', bits: 256, curve: 'P-256' })
  expect(publicKeyOf(exported('P-384'))).toMatchObject({ family: 'EC', bits: 384, curve: 'P-384' })
  expect(publicKeyOf(rsaSpki(modulusOf(2048), exponent))).toEqual({ family: 'RSA', bits: 2048, exponent: 65537n })
  expect(keyStrength(rsaSpki(modulusOf(4096), exponent))).toEqual({
    family: 'RSA',
    bits: 4096,
    verdict: 'accepted',
    reason: null,
  })
})

test.each([
  ['an RSA modulus under 2048 bits', rsaSpki(modulusOf(1024), exponent), 'KEY'],
  ['an RSA modulus over 8192 bits', rsaSpki(modulusOf(16384), exponent), 'KEY'],
  ['an even RSA modulus', rsaSpki(modulusOf(2048, 2), exponent), 'KEY'],
  ['an RSA exponent of 1', rsaSpki(modulusOf(2048), Uint8Array.of(1)), 'KEY'],
  ['an even RSA exponent', rsaSpki(modulusOf(2048), Uint8Array.of(1, 0, 0)), 'KEY'],
  ['an RSA exponent of more than 33 bits', rsaSpki(modulusOf(2048), Uint8Array.of(2, 0, 0, 0, 1)), 'KEY'],
  ['rsaEncryption without NULL', rsaSpki(modulusOf(2048), exponent, bareAlgorithm(RSA_ENCRYPTION)), 'KEY'],
  ['a curve other than P-256, P-384 and SM2', exported('P-521'), 'ALGORITHM'],
  ['Ed25519', generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }), 'ALGORITHM'],
  ['a compressed point', ecSpki(Uint8Array.of(2, ...new Uint8Array(32))), 'KEY'],
  ['the point at infinity', ecSpki(Uint8Array.of(0)), 'KEY'],
  ['no curve', encodeSequence(bareAlgorithm('1.2.840.10045.2.1').encoded, encodeBitString(new Uint8Array(65))), 'KEY'],
])('%s is refused', (_, spki, code) => {
  expect(() => publicKeyOf(spki)).toThrow(expect.objectContaining({ code }))
  expect(keyStrength(spki).verdict).not.toBe('accepted')
})

test('a short RSA key is weak, everything else that is refused is unknown', () => {
  expect(keyStrength(rsaSpki(modulusOf(1024), exponent))).toMatchObject({ family: 'RSA', bits: 1024, verdict: 'weak' })
  expect(keyStrength(exported('P-521'))).toMatchObject({ family: 'unknown', bits: null, verdict: 'unknown' })
})

test('the strength of any bytes at all is told without an error', () => {
  const spki = generateSm2KeyPair().spki
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(90), (bytes, at) => {
      const mangled = Buffer.concat([spki.subarray(0, at), bytes, spki.subarray(at + bytes.length)])
      expect(['accepted', 'weak', 'unknown']).toContain(keyStrength(mangled).verdict)
    }),
  )
})

function ecSpki(point: Uint8Array): Uint8Array {
  const algorithm = encodeSequence(encodeObjectIdentifier('1.2.840.10045.2.1'), encodeObjectIdentifier('1.2.840.10045.3.1.7'))
  return encodeSequence(algorithm, encodeBitString(point))
}
