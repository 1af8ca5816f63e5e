import { expect, test } from 'vitest'
import { type AlgorithmIdentifier, algorithmWithNull, bareAlgorithm, decodeAlgorithmIdentifier } from '../../../pki/algorithm.ts'
import { messageDigest, SM2_SIGNATURE, SM3_DIGEST, signatureAlgorithmOf } from '../../../pki/cms/cms-algorithms.ts'
import { openDer } from '../../../pki/der/reader.ts'
import { encodeExplicit, encodeInteger, encodeObjectIdentifier, encodeSequence } from '../../../pki/der/writer.ts'
import { codeOf } from '../../support/code.ts'

const SHA256 = '2.16.840.1.101.3.4.2.1'
const SHA384 = '2.16.840.1.101.3.4.2.2'
const RSASSA_PSS = '1.2.840.113549.1.1.10'

const withParameters = (oid: string, parameters: Uint8Array): AlgorithmIdentifier =>
  decodeAlgorithmIdentifier(openDer(encodeSequence(encodeObjectIdentifier(oid), parameters)))

test('a digest takes no parameters or NULL, and none else', () => {
  const message = Buffer.from('abc')
  const codeFor = (algorithm: AlgorithmIdentifier) => codeOf(() => messageDigest(algorithm, message))
  expect(codeFor(bareAlgorithm(SM3_DIGEST))).toBeNull()
  expect(codeFor(algorithmWithNull(SM3_DIGEST))).toBeNull()
  expect(codeFor(withParameters(SM3_DIGEST, encodeInteger(1)))).toBe('ALGORITHM')
})

test('a signature algorithm takes no parameters or NULL, and none else', () => {
  const codeFor = (named: AlgorithmIdentifier) => codeOf(() => signatureAlgorithmOf(bareAlgorithm(SM3_DIGEST), named))
  expect(codeFor(algorithmWithNull(SM2_SIGNATURE))).toBeNull()
  expect(codeFor(withParameters(SM2_SIGNATURE, encodeObjectIdentifier('1.2.156.10197.1.301')))).toBe('ALGORITHM')
})

test('RSASSA-PSS is taken as it is named, with the digest of its parameters and no other', () => {
  const hash = algorithmWithNull(SHA256).encoded
  const mask = encodeSequence(encodeObjectIdentifier('1.2.840.113549.1.1.8'), hash)
  const parameters = encodeSequence(encodeExplicit(0, hash), encodeExplicit(1, mask), encodeExplicit(2, encodeInteger(32)))
  const pss = withParameters(RSASSA_PSS, parameters)
  expect(signatureAlgorithmOf(bareAlgorithm(SHA256), pss)).toBe(pss)
  for (const digest of [SHA384, SM3_DIGEST, '1.2.3'])
    expect(codeOf(() => signatureAlgorithmOf(bareAlgorithm(digest), pss))).toBe('ALGORITHM')
})
