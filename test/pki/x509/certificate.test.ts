import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDer } from '../../../pki/der/reader.ts'
import * as der from '../../../pki/der/writer.ts'
import { PkiError } from '../../../pki/error.ts'
import { decodeCertificate, fingerprintOf } from '../../../pki/x509/certificate.ts'
import { attributeOf, formatName } from '../../../pki/x509/name.ts'
import { codeOf } from '../../support/code.ts'
import { testWithShared } from '../../support/shared.ts'
import { certificateRows, readCertificates } from './samples.ts'

const SM2_WITH_SM3 = der.encodeSequence(der.encodeObjectIdentifier('1.2.156.10197.1.501'))
const RSA = der.encodeSequence(der.encodeObjectIdentifier('1.2.840.113549.1.1.11'), der.encodeNull())
const NAME = der.encodeSequence(
  der.encodeSetOf(der.encodeSequence(der.encodeObjectIdentifier('2.5.4.3'), der.encodeUtf8String('x'))),
)
const VALIDITY = der.encodeSequence(der.encodeTime(Date.UTC(2024, 0, 1)), der.encodeTime(Date.UTC(2055, 0, 1)))
const SPKI = der.encodeSequence(SM2_WITH_SM3, der.encodeBitString(new Uint8Array(65)))
const extension = (oid: string, value: Uint8Array, ...critical: Uint8Array[]) =>
  der.encodeSequence(der.encodeObjectIdentifier(oid), ...critical, der.encodeOctetString(value))
const CA = extension('2.5.29.19', der.encodeSequence(der.encodeBoolean(true)), der.encodeBoolean(true))
const V3 = der.encodeExplicit(0, der.encodeInteger(2))

interface Parts {
  version?: Uint8Array[]
  serial?: Uint8Array
  inner?: Uint8Array
  issuer?: Uint8Array
  validity?: Uint8Array
  extensions?: Uint8Array[]
}

function build({ version = [V3], serial = der.encodeInteger(1), inner, issuer, validity, extensions = [CA] }: Parts): Uint8Array {
  const wrapped = extensions.length > 0 ? [der.encodeExplicit(3, der.encodeSequence(...extensions))] : []
  const fields = [...version, serial, inner ?? SM2_WITH_SM3, issuer ?? NAME, validity ?? VALIDITY, NAME, SPKI, ...wrapped]
  return der.encodeSequence(der.encodeSequence(...fields), SM2_WITH_SM3, der.encodeBitString(Uint8Array.of(1, 2, 3)))
}

test('a certificate is read field by field, over the bytes received', () => {
  const bytes = build({ serial: der.encodeInteger(0x0102) })
  const certificate = decodeCertificate(bytes)
  expect(certificate).toMatchObject({ version: 3, serialNumber: '0102', defects: [] })
  expect(certificate.validity).toMatchObject({ notBefore: Date.UTC(2024, 0, 1), notAfter: Date.UTC(2055, 0, 1) })
  expect(certificate.tbs).toEqual(bytes.subarray(3, 3 + certificate.tbs.length))
  expect(certificate.extensions.basicConstraints).toEqual({ ca: true, pathLength: null })
  expect(certificate.extensions.keyUsage).toBeNull()
})

test('the fingerprint is SHA-256 over the DER, in lower-case hex', () => {
  expect(fingerprintOf(new Uint8Array())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('an inner algorithm other than the outer one is refused', () => {
  expect(codeOf(() => decodeCertificate(build({ inner: RSA })))).toBe('STRUCTURE')
})

test('an extension that comes twice is refused', () => {
  expect(codeOf(() => decodeCertificate(build({ extensions: [CA, CA] })))).toBe('STRUCTURE')
})

test('critical FALSE written out is refused, for it is the DEFAULT', () => {
  const written = extension('2.5.29.19', der.encodeSequence(), der.encodeBoolean(false))
  expect(codeOf(() => decodeCertificate(build({ extensions: [written] })))).toBe('DER')
})

test('extensions need version 3, version 1 is never written out, version 4 does not exist', () => {
  const version = (number: number) => [der.encodeExplicit(0, der.encodeInteger(number))]
  expect(codeOf(() => decodeCertificate(build({ version: [] })))).toBe('STRUCTURE')
  expect(codeOf(() => decodeCertificate(build({ version: version(0), extensions: [] })))).toBe('STRUCTURE')
  expect(codeOf(() => decodeCertificate(build({ version: version(3) })))).toBe('STRUCTURE')
  expect(decodeCertificate(build({ version: [], extensions: [] })).version).toBe(1)
})

test.each([
  ['zero', der.encodeInteger(0)],
  ['negative', der.encodeInteger(-1)],
  ['of 21 octets', der.encodeInteger(1n << 160n)],
])('a serial number that is %s is named as a defect', (_, serial) => {
  expect(decodeCertificate(build({ serial })).defects).toEqual(['SERIAL_NUMBER'])
})

test('a serial number of 20 octets is sound', () => {
  expect(decodeCertificate(build({ serial: der.encodeInteger(1n << 158n) })).defects).toEqual([])
})

test('GeneralizedTime before 2050, a validity that ends before it begins and an empty issuer are named as defects', () => {
  const early = der.encodeSequence(der.encodeGeneralizedTime(Date.UTC(2024, 0, 1)), der.encodeTime(Date.UTC(2020, 0, 1)))
  const { defects } = decodeCertificate(build({ validity: early, issuer: der.encodeSequence() }))
  expect(defects).toEqual(['VALIDITY_TYPE', 'VALIDITY_ORDER', 'EMPTY_ISSUER'])
})

test('a malformed extension is found when it is read, not before', () => {
  const certificate = decodeCertificate(build({ extensions: [extension('2.5.29.15', der.encodeNull())] }))
  expect(codeOf(() => certificate.extensions.keyUsage)).toBe('STRUCTURE')
  expect(codeOf(() => certificate.extensions.readAll())).toBe('STRUCTURE')
})

test('trailing bytes and certificates over 64 KiB are refused', () => {
  expect(codeOf(() => decodeCertificate(Buffer.concat([build({}), Uint8Array.of(0)])))).toBe('DER')
  expect(codeOf(() => decodeCertificate(new Uint8Array(70_000)))).toBe('TOO_LARGE')
})

test('whatever a byte is changed into, decoding ends in a certificate or in a PkiError', () => {
  const whole = build({})
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
      const changed = Uint8Array.from(whole).subarray(0, length)
      if (at < changed.length) changed[at] = byte
      try {
        const { subject, extensions } = decodeCertificate(changed)
        formatName(subject)
        extensions.readAll()
      } catch (error) {
        expect(error).toBeInstanceOf(PkiError)
      }
    }),
    { numRuns: 500 },
  )
})

testWithShared('every real certificate among the samples is read, and named as the index names it', () => {
  const rows = certificateRows()
  expect(rows.length).toBeGreaterThan(120)
  for (const { path, subject, issuer } of rows) {
    const certificates = readCertificates(path).map(decodeCertificate)
    const named = certificates.map((one) =>
      [formatName(one.subject), formatName(one.issuer)].map((text) => text.replaceAll('\\', '')),
    )
    expect(named).toContainEqual([subject, issuer])
    for (const certificate of certificates) certificate.extensions.readAll()
  }
})

testWithShared('the unified profile of e-seal certificates: CN is the seal code, O credit code and name', () => {
  const [bytes = new Uint8Array()] = readCertificates('samples/signatures/suzhou-civil-affairs/signer.cer')
  const { subject } = decodeCertificate(bytes)
  expect(attributeOf(subject, 'CN')).toBe('32050000011053')
  expect(attributeOf(subject, 'O')).toBe('11320500014150050B苏州市民政局')
})

testWithShared(
  'the defects of real files are the ones known: a root with serial number 0, three with GeneralizedTime too early',
  () => {
    const defects = certificateRows()
      .flatMap(({ path }) => readCertificates(path).map(decodeCertificate))
      .flatMap((one) => one.defects)
    expect(defects.sort()).toEqual(['SERIAL_NUMBER', 'VALIDITY_TYPE', 'VALIDITY_TYPE', 'VALIDITY_TYPE'])
  },
)

test('what is decoded are views of the bytes received', () => {
  const bytes = build({})
  const { tbs } = decodeCertificate(bytes)
  expect(tbs.buffer).toBe(bytes.buffer)
  expect(openDer(tbs).any().tag).toBe(0x30)
})
