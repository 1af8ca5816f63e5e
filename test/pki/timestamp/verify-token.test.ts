import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeSignedData } from '../../../pki/cms/signed-data.ts'
import {
  encodeBoolean,
  encodeElement,
  encodeExplicit,
  encodeInteger,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
} from '../../../pki/der/writer.ts'
import { PkiError } from '../../../pki/error.ts'
import { sm3 } from '../../../pki/sm3.ts'
import { decodeTimeStampToken } from '../../../pki/timestamp/token.ts'
import { verifyTimeStampToken } from '../../../pki/timestamp/verify-token.ts'
import { codeOf } from '../../support/code.ts'
import { elementsIn } from '../../support/der-surgery.ts'
import { testPki } from '../../support/pki.ts'
import { type TestTokenOptions, testTimeStampToken } from '../../support/signed-time-stamp.ts'

const NOW = Date.UTC(2026, 5, 1)
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const pki = testPki(NOW)
const stranger = testPki(NOW, '冒名')
const authority = pki.issue('时间戳机构', { extendedKeyUsage: [TIME_STAMPING] })
const stamped = Buffer.from('signature value')

function verify(options: Partial<TestTokenOptions> = {}, over: Parameters<typeof verifyTimeStampToken>[1] = stamped) {
  return verifyTimeStampToken(decodeTimeStampToken(testTimeStampToken({ stamped, authority, genTime: NOW, ...options })), over)
}

const faultOf = (verdict: ReturnType<typeof verify>) => ('fault' in verdict ? verdict.fault.code : null)

test('a token over the bytes proves its time, in SignedData of either standard and any digest accepted', () => {
  for (const standard of ['RFC 5652', 'GB/T 35275'] as const)
    for (const digest of ['1.2.156.10197.1.401', '2.16.840.1.101.3.4.2.1', '2.16.840.1.101.3.4.2.3'])
      expect(verify({ standard, digest })).toMatchObject({ timeStamp: { genTime: NOW, latest: NOW } })
})

test('the digest of the bytes does as well as the bytes', () => {
  expect(faultOf(verify({}, { digest: sm3(stamped) }))).toBeNull()
  expect(faultOf(verify({}, { digest: sm3(Buffer.from('other')) }))).toBe('IMPRINT')
})

test('a token over other bytes proves nothing', () => {
  expect(faultOf(verify({}, Buffer.from('other')))).toBe('IMPRINT')
})

test('the accuracy stated puts the proof at its later end', () => {
  const accuracy = encodeSequence(encodeInteger(2), encodeElement(0x80, Buffer.of(1, 0xf4)), encodeElement(0x81, Buffer.of(1)))
  expect(verify({ tail: [accuracy, encodeBoolean(true), encodeInteger(99)] })).toMatchObject({
    timeStamp: { latest: NOW + 2501 },
  })
})

test("a stranger's key under the authority's certificate proves nothing", () => {
  const forger = { ...authority, privateKey: stranger.signer.privateKey }
  expect(faultOf(verify({ authority: forger }))).toBe('SIGNATURE')
})

test('a token without the certificate of its authority cannot be checked, unless that is handed in', () => {
  const token = decodeTimeStampToken(testTimeStampToken({ stamped, authority, genTime: NOW, certificates: [] }))
  expect(faultOf(verifyTimeStampToken(token, stamped))).toBe('CERTIFICATE_MISSING')
  expect(faultOf(verifyTimeStampToken(token, stamped, [authority.certificate]))).toBeNull()
})

test('the signer must name its certificate under its signature', () => {
  expect(faultOf(verify({ namedBy: 'SHA-1' }))).toBeNull()
  expect(faultOf(verify({ named: null }))).toBe('SIGNING_CERTIFICATE')
  expect(faultOf(verify({ named: pki.signer.certificate }))).toBe('SIGNING_CERTIFICATE')
  expect(faultOf(verify({ named: pki.signer.certificate, namedBy: 'SHA-1' }))).toBe('SIGNING_CERTIFICATE')
})

test('a signer that names its certificate twice, once another, has not named it', () => {
  const twice = (first: TestTokenOptions['named'], second: TestTokenOptions['named']) =>
    verify({ named: first ?? null, namedBy: 'SHA-1', alsoNamed: second ?? null })
  expect(faultOf(twice(authority.certificate, authority.certificate))).toBeNull()
  expect(faultOf(twice(pki.signer.certificate, authority.certificate))).toBe('SIGNING_CERTIFICATE')
  expect(faultOf(twice(authority.certificate, pki.signer.certificate))).toBe('SIGNING_CERTIFICATE')
})

test('a signer names its certificate by whatever digest is accepted', () => {
  expect(faultOf(verify({ namedBy: 'SM3' }))).toBeNull()
  expect(faultOf(verify({ namedBy: 'SM3', named: pki.signer.certificate }))).toBe('SIGNING_CERTIFICATE')
})

test('a certificate that is not for time-stamping alone stamps no time', () => {
  expect(faultOf(verify({ authority: pki.signer }))).toBe('PURPOSE')
  const both = pki.issue('两用', { extendedKeyUsage: [TIME_STAMPING, '1.3.6.1.5.5.7.3.1'] })
  expect(faultOf(verify({ authority: both }))).toBe('PURPOSE')
  const other = pki.issue('他用', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] })
  expect(faultOf(verify({ authority: other }))).toBe('PURPOSE')
})

test('signed data over something else, or by two, is no token', async () => {
  const code = (der: Uint8Array) => codeOf(() => decodeTimeStampToken(der))
  const contentType = '1.2.840.113549.1.9.16.1.4'
  const content = decodeTimeStampToken(testTimeStampToken({ stamped, authority, genTime: NOW })).signed.content ?? stamped
  const once = (options: Parameters<typeof encodeSignedData>[2]) => encodeSignedData(content, authority.signer, options)
  expect(code(await once({ contentType }))).toBeNull()
  expect(code(await once({}))).toBe('STRUCTURE')
  expect(code(await once({ contentType, detached: true }))).toBe('STRUCTURE')
  const [type, wrapper] = elementsIn(await once({ contentType }))
  const fields = elementsIn(elementsIn(wrapper ?? stamped)[0] ?? stamped)
  const [signer] = elementsIn(fields.at(-1) ?? stamped)
  const signedData = encodeSequence(...fields.slice(0, -1), encodeElement(0x31, signer ?? stamped, signer ?? stamped))
  expect(code(encodeSequence(type ?? stamped, encodeExplicit(0, signedData)))).toBe('STRUCTURE')
})

test('a critical extension nobody understands refuses the token', () => {
  const extension = encodeSequence(encodeObjectIdentifier('1.2.3.4'), encodeBoolean(true), encodeOctetString(Buffer.of(5, 0)))
  expect(faultOf(verify({ tail: [encodeElement(0xa1, extension)] }))).toBe('CRITICAL_EXTENSION')
})

test('a digest that is not accepted proves nothing', () => {
  const token = decodeTimeStampToken(testTimeStampToken({ stamped, authority, genTime: NOW }))
  const sha1 = { ...token.info.imprint.algorithm, oid: '1.3.14.3.2.26' }
  const weak = { ...token, info: { ...token.info, imprint: { ...token.info.imprint, algorithm: sha1 } } }
  expect(faultOf(verifyTimeStampToken(weak, stamped))).toBe('ALGORITHM')
})

test('bytes that are no token are refused with their code', () => {
  const token = testTimeStampToken({ stamped, authority, genTime: NOW })
  expect(codeOf(() => decodeTimeStampToken(token.subarray(0, 99)))).toBe('DER')
  expect(codeOf(() => decodeTimeStampToken(Buffer.concat([token, Buffer.of(0)])))).toBe('DER')
  expect(codeOf(() => decodeTimeStampToken(authority.certificate))).toBe('STRUCTURE')
  expect(codeOf(() => decodeTimeStampToken(Buffer.from('010203', 'hex')))).not.toBeNull()
  expect(codeOf(() => decodeTimeStampToken(new Uint8Array(300_000)))).toBe('TOO_LARGE')
  expect(
    codeOf(() => decodeTimeStampToken(testTimeStampToken({ stamped, authority, genTime: NOW, tail: [encodeBoolean(false)] }))),
  ).toBe('DER')
})

test('one changed byte never makes a token prove another time', () => {
  const der = testTimeStampToken({ stamped, authority, genTime: NOW })
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
      const changed = Uint8Array.from(der)
      changed[position] = (changed[position] ?? 0) ^ change
      try {
        const verdict = verifyTimeStampToken(decodeTimeStampToken(changed), stamped)
        if ('timeStamp' in verdict) expect(verdict.timeStamp.genTime).toBe(NOW)
      } catch (error) {
        expect(error).toBeInstanceOf(PkiError)
      }
    }),
    { numRuns: 400 },
  )
})
