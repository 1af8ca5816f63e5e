import { constants, createSign, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AlgorithmIdentifier, algorithmWithNull, bareAlgorithm, decodeAlgorithmIdentifier } from '../../pki/algorithm.ts'
import { openDer } from '../../pki/der/reader.ts'
import { encodeExplicit, encodeInteger, encodeObjectIdentifier, encodeSequence } from '../../pki/der/writer.ts'
import { generateSm2KeyPair, spkiOf } from '../../pki/key.ts'
import { signingAlgorithmOf, signMessage } from '../../pki/sign.ts'
import { isAcceptedAlgorithm, signatureAlgorithmName, verifySignature } from '../../pki/signature.ts'
import { SIGNATURE_ALGORITHMS } from '../../pki/signature-algorithms.ts'

const message = Buffer.from('tbsCertificate')
const sm2 = generateSm2KeyPair().privateKey
const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const { privateKey: p256 } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { privateKey: p384 } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const spkis = new Map([sm2, rsa, p256, p384].map((key) => [key, spkiOf(key)]))
const spki = (key: KeyObject) => spkis.get(key) ?? new Uint8Array()

const RSA_OIDS = { sha256: '1.2.840.113549.1.1.11', sha384: '1.2.840.113549.1.1.12', sha512: '1.2.840.113549.1.1.13' } as const
const ECDSA_OIDS = { sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3', sha512: '1.2.840.10045.4.3.4' } as const
const HASH_OIDS = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const
const SM2_WITH_SM3 = '1.2.156.10197.1.501'

describe.each(['sha256', 'sha384', 'sha512'] as const)('with %s', (hash) => {
  test.each([
    ['PKCS#1 v1.5', rsa, algorithmWithNull(RSA_OIDS[hash])],
    ['PKCS#1 v1.5 without parameters', rsa, bareAlgorithm(RSA_OIDS[hash])],
    ['ECDSA P-256', p256, bareAlgorithm(ECDSA_OIDS[hash])],
    ['ECDSA P-384', p384, bareAlgorithm(ECDSA_OIDS[hash])],
  ])('%s holds over its message, and over no other', (_, key, algorithm) => {
    const signature = createSign(hash).update(message).sign(key)
    expect(verifySignature(algorithm, spki(key), message, signature)).toBe(true)
    expect(verifySignature(algorithm, spki(key), Buffer.from('other'), signature)).toBe(false)
    expect(verifySignature(algorithm, spki(key), message, Buffer.concat([signature, Uint8Array.of(0)]))).toBe(false)
    expect(verifySignature(algorithm, spki(key), message, new Uint8Array())).toBe(false)
  })

  test('RSASSA-PSS holds with salt as long as the hash, and not with another', () => {
    const saltLength = { sha256: 32, sha384: 48, sha512: 64 }[hash]
    const pssSigned = (salt: number) =>
      sign(hash, message, { key: rsa, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt })
    expect(verifySignature(pss({ hash, saltLength }), spki(rsa), message, pssSigned(saltLength))).toBe(true)
    expect(verifySignature(pss({ hash, saltLength }), spki(rsa), message, pssSigned(20))).toBe(false)
    expect(verifySignature(pss({ hash, saltLength }), spki(rsa), message, createSign(hash).update(message).sign(rsa))).toBe(false)
  })
})

test('what our own keys sign holds under the algorithm they name', () => {
  for (const key of spkis.keys()) {
    expect(verifySignature(signingAlgorithmOf(key), spki(key), message, signMessage(key, message))).toBe(true)
  }
})

test.each([
  ['SHA-1 with RSA', '1.2.840.113549.1.1.5', rsa],
  ['MD5 with RSA', '1.2.840.113549.1.1.4', rsa],
  ['ECDSA with SHA-1', '1.2.840.10045.4.1', p256],
  ['RSA with SM3', '1.2.156.10197.1.504', rsa],
  ['SM2 with SHA-256', '1.2.156.10197.1.503', sm2],
  ['Ed25519', '1.3.101.112', rsa],
  ['an OID that is also a property of objects', 'constructor', rsa],
])('refused as ALGORITHM: %s', (_, oid, key) => {
  const algorithm: AlgorithmIdentifier = { oid, parameters: null, encoded: new Uint8Array() }
  expect(isAcceptedAlgorithm(algorithm)).toBe(false)
  expect(() => verifySignature(algorithm, spki(key), message, signMessage(key, message))).toThrow(
    expect.objectContaining({ code: 'ALGORITHM' }),
  )
})

test('an algorithm that does not agree with the kind of key is refused as ALGORITHM, whatever the signature', () => {
  for (const oid of Object.keys(SIGNATURE_ALGORITHMS).filter((candidate) => candidate !== '1.2.840.113549.1.1.10')) {
    for (const key of spkis.keys()) {
      const family = SIGNATURE_ALGORITHMS[oid]?.family
      if (family === (key === sm2 ? 'SM2' : key === rsa ? 'RSA' : 'EC')) continue
      expect(() => verifySignature(bareAlgorithm(oid), spki(key), message, signMessage(key, message))).toThrow(
        expect.objectContaining({ code: 'ALGORITHM' }),
      )
    }
  }
})

test('SM2 parameters are absent or NULL, ECDSA parameters absent, all others refused as ALGORITHM', () => {
  const signature = signMessage(sm2, message)
  expect(verifySignature(algorithmWithNull(SM2_WITH_SM3), spki(sm2), message, signature)).toBe(true)
  expect(verifySignature(bareAlgorithm(SM2_WITH_SM3), spki(sm2), message, signature)).toBe(true)
  const withOid = identifier(SM2_WITH_SM3, encodeObjectIdentifier('1.2.156.10197.1.301'))
  expect(() => verifySignature(withOid, spki(sm2), message, signature)).toThrow(expect.objectContaining({ code: 'ALGORITHM' }))
  expect(() => verifySignature(algorithmWithNull(ECDSA_OIDS.sha256), spki(p256), message, signMessage(p256, message))).toThrow(
    expect.objectContaining({ code: 'ALGORITHM' }),
  )
})

test.each([
  ['absent', bareAlgorithm('1.2.840.113549.1.1.10')],
  ['all by default, which is SHA-1', identifier('1.2.840.113549.1.1.10', encodeSequence())],
  ['a mask of another hash', pss({ hash: 'sha256', mask: 'sha384', saltLength: 32 })],
  ['salt of another length', pss({ hash: 'sha256', saltLength: 20 })],
  ['no DER at all', identifierOf('1.2.840.113549.1.1.10', Uint8Array.of(0x30, 0x80))],
  ['a trailer field', pss({ hash: 'sha256', saltLength: 32, trailer: 1 })],
])('RSASSA-PSS parameters refused as ALGORITHM: %s', (_, algorithm) => {
  expect(() => verifySignature(algorithm, spki(rsa), message, new Uint8Array(256))).toThrow(
    expect.objectContaining({ code: 'ALGORITHM' }),
  )
})

test('bytes that are no key at all are refused as KEY, whatever they are', () => {
  const algorithm = bareAlgorithm(SM2_WITH_SM3)
  fc.assert(
    fc.property(fc.nat(90), fc.integer({ min: 1, max: 255 }), fc.nat(3), (position, difference, cut) => {
      const changed = Uint8Array.from(spki(sm2)).subarray(0, 91 - cut)
      changed[position] = (changed[position] ?? 0) ^ difference
      if (position >= changed.length) return
      expect(() => verifySignature(algorithm, changed, message, new Uint8Array(70))).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^(KEY|ALGORITHM)$/) }),
      )
    }),
  )
})

test('algorithms are called by the standard’s name, and by their OID when unheard of', () => {
  expect(signatureAlgorithmName(bareAlgorithm(SM2_WITH_SM3))).toBe('SM2-with-SM3')
  expect(signatureAlgorithmName(bareAlgorithm('1.2.840.113549.1.1.5'))).toBe('sha1WithRSAEncryption')
  expect(signatureAlgorithmName(bareAlgorithm('1.2.3.4'))).toBe('1.2.3.4')
})

test('a signature with any bit changed does not hold, under any kind of key', () => {
  const signed = [...spkis.keys()].map((key) => ({ key, signature: signMessage(key, message) }))
  fc.assert(
    fc.property(fc.constantFrom(...signed), fc.nat(), ({ key, signature }, at) => {
      const changed = Uint8Array.from(signature)
      const bit = at % (changed.length * 8)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(verifySignature(signingAlgorithmOf(key), spki(key), message, changed)).toBe(false)
    }),
    { numRuns: 150 },
  )
})

type Hash = keyof typeof HASH_OIDS

function pss(options: { hash: Hash; mask?: Hash; saltLength: number; trailer?: number }): AlgorithmIdentifier {
  const hash = (name: Hash) => algorithmWithNull(HASH_OIDS[name]).encoded
  const mask = encodeSequence(encodeObjectIdentifier('1.2.840.113549.1.1.8'), hash(options.mask ?? options.hash))
  const parameters = encodeSequence(
    encodeExplicit(0, hash(options.hash)),
    encodeExplicit(1, mask),
    encodeExplicit(2, encodeInteger(options.saltLength)),
    ...(options.trailer === undefined ? [] : [encodeExplicit(3, encodeInteger(options.trailer))]),
  )
  return identifier('1.2.840.113549.1.1.10', parameters)
}

function identifierOf(oid: string, parameters: Uint8Array): AlgorithmIdentifier {
  return { oid, parameters, encoded: new Uint8Array() }
}

function identifier(oid: string, parameters: Uint8Array): AlgorithmIdentifier {
  return decodeAlgorithmIdentifier(openDer(encodeSequence(encodeObjectIdentifier(oid), parameters)))
}
