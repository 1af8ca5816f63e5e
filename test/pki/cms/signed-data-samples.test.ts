import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { bareAlgorithm } from '../../../pki/algorithm.ts'
import { decodeSignedData, verifySignedData } from '../../../pki/cms/signed-data.ts'
import { verifySignature } from '../../../pki/signature.ts'
import { SM2_WITH_SM3 } from '../../../pki/signature-algorithms.ts'
import { decodeEcSignature } from '../../../pki/sm2-signature.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { attributeOf } from '../../../pki/x509/name.ts'
import { testPki } from '../../support/pki.ts'
import { sharedFile, testWithShared } from '../../support/shared.ts'

const REAL = ['testImageNotFound__sig1', 'testImageNotFound__sig2', 'testImageOverridePage__sig1', 'testImageOverridePage__sig2']
const read = (name: string, file: string) => readFileSync(sharedFile(`samples/signatures/${name}/${file}`))

testWithShared.each(REAL)('%s holds over its Signature.xml, with two departures from the standard', (name) => {
  const signed = decodeSignedData(read(name, 'SignedValue.dat'))
  expect(signed).toMatchObject({ standard: 'GB/T 35275', contentType: '1.2.840.113549.1.7.1', content: null })
  const [result] = verifySignedData(signed, read(name, 'Signature.xml'))
  expect(result).toMatchObject({
    holds: true,
    failure: null,
    quirks: ['CONTENT_TYPE_OF_OTHER_STANDARD', 'ATTRIBUTES_NOT_IN_DER_ORDER'],
  })
  const { subject } = decodeCertificate(result?.certificate ?? new Uint8Array())
  expect(attributeOf(subject, 'CN')).toBe('一部手机办事通设备证书')
  expect(new Date(result?.signingTime ?? 0).getUTCFullYear()).toBe(2022)
})

testWithShared('the signature of one file does not hold over another', () => {
  const signed = decodeSignedData(read(REAL[0] ?? '', 'SignedValue.dat'))
  expect(verifySignedData(signed, read(REAL[1] ?? '', 'Signature.xml'))).toMatchObject([
    { holds: false, failure: 'DIGEST_MISMATCH', signingTime: null },
  ])
})

testWithShared('a bare signature value is no signed data, reads as a signature, and holds under no stranger’s key', () => {
  const value = read('DigitalSign__sigs001', 'SignedValue.dat')
  expect(() => decodeSignedData(value)).toThrow(expect.objectContaining({ code: 'STRUCTURE' }))
  expect(decodeEcSignature(value).r).toBeGreaterThan(0n)
  const { spki } = testPki(Date.UTC(2026, 0, 1)).signer
  expect(verifySignature(bareAlgorithm(SM2_WITH_SM3), spki, read('DigitalSign__sigs001', 'Signature.xml'), value)).toBe(false)
})
