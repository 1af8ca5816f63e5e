import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeBoolean, encodeObjectIdentifier, encodeOctetString, encodeSequence } from '../../../pki/der/writer.ts'
import { PkiError } from '../../../pki/error.ts'
import { decodeOcspResponse } from '../../../pki/ocsp/response.ts'
import { verifyOcspResponse } from '../../../pki/ocsp/verify-response.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { type TestOcspOptions, testOcspRefusal, testOcspResponse } from '../../support/ocsp.ts'
import { testPki } from '../../support/pki.ts'

const NOW = Date.UTC(2026, 5, 1)
const HOUR = 3_600_000
const OCSP_SIGNING = ['1.3.6.1.5.5.7.3.9']
const NO_CHECK = { oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Buffer.from('0500', 'hex') }
const pki = testPki(NOW)
const stranger = testPki(NOW, '冒名')
const delegate = pki.issue('OCSP', { extendedKeyUsage: OCSP_SIGNING, extensions: [NO_CHECK] })
const expected = {
  certificate: decodeCertificate(pki.signer.certificate),
  issuer: decodeCertificate(pki.ca.certificate),
  now: NOW,
}

function verify(options: Partial<TestOcspOptions> = {}, more: { nonce?: Uint8Array } = {}) {
  const der = testOcspResponse({ certificate: pki.signer.certificate, issuer: pki.ca, producedAt: NOW - HOUR, ...options })
  const { basic } = decodeOcspResponse(der)
  if (!basic) throw new PkiError('STRUCTURE', 'a refusal where an answer was made')
  return verifyOcspResponse(basic, { ...expected, ...more })
}

const faultOf = (verdict: ReturnType<typeof verify>) => ('fault' in verdict ? verdict.fault.code : null)

test("the issuer's own answer is believed, named by name or by key, in every hash known", () => {
  for (const hash of ['1.3.14.3.2.26', '2.16.840.1.101.3.4.2.1', '1.2.156.10197.1.401'])
    for (const byKey of [true, false])
      expect(verify({ hash, byKey })).toMatchObject({ answer: { status: 'GOOD', delegate: null, thisUpdate: NOW - HOUR } })
})

test('a revocation comes with its date and reason', () => {
  const revokedAt = NOW - 48 * HOUR
  expect(verify({ status: { revokedAt, reason: 1 } })).toMatchObject({
    answer: { status: 'REVOKED', revocation: { revokedAt, reason: 'keyCompromise' } },
  })
  expect(verify({ status: { revokedAt } })).toMatchObject({ answer: { revocation: { reason: 'unspecified' } } })
})

test('unknown is not good', () => {
  expect(verify({ status: 'unknown' })).toMatchObject({ answer: { status: 'UNKNOWN' } })
})

test('a responder the issuer delegated to is believed', () => {
  expect(verify({ responder: delegate })).toMatchObject({ answer: { status: 'GOOD', delegateUnchecked: false } })
})

test('a delegate without nocheck is still to be checked for revocation itself', () => {
  const responder = pki.issue('OCSP2', { extendedKeyUsage: OCSP_SIGNING })
  expect(verify({ responder })).toMatchObject({ answer: { delegateUnchecked: true } })
})

test("a stranger's good is not believed, whatever his certificate says", () => {
  const impostor = stranger.issue('OCSP', { extendedKeyUsage: OCSP_SIGNING, extensions: [NO_CHECK] })
  const ofTheName = stranger.issue('运营CA', { subject: pki.ca.name, ca: {}, key: 'impostor' }, stranger.root)
  expect(faultOf(verify({ responder: impostor }))).toBe('RESPONDER')
  expect(faultOf(verify({ responder: { ...impostor, privateKey: impostor.privateKey }, certificates: [] }))).toBe('RESPONDER')
  expect(faultOf(verify({ responder: ofTheName }))).toBe('SIGNATURE')
})

test('a certificate of the issuer without the purpose of OCSP signing may not answer', () => {
  expect(faultOf(verify({ responder: pki.platform }))).toBe('RESPONDER')
  const anyPurpose = pki.issue('任意', { extendedKeyUsage: ['2.5.29.37.0'] })
  expect(faultOf(verify({ responder: anyPurpose }))).toBe('RESPONDER')
})

test('a delegate of a delegate may not answer', () => {
  const second = pki.issue('下级', { extendedKeyUsage: OCSP_SIGNING }, delegate)
  expect(faultOf(verify({ responder: second, certificates: [second.certificate, delegate.certificate] }))).toBe('RESPONDER')
})

test('a delegate that was not valid when the response was made may not answer', () => {
  const expired = pki.issue('过期', { extendedKeyUsage: OCSP_SIGNING, notAfter: NOW - 24 * HOUR })
  expect(faultOf(verify({ responder: expired }))).toBe('RESPONDER')
})

test('an answer about another certificate, or under another issuer, is none', () => {
  expect(faultOf(verify({ certificate: pki.maker.certificate }))).toBe('OTHER_CERTIFICATE')
  expect(faultOf(verify({ issuer: stranger.ca, responder: pki.ca }))).toBe('OTHER_CERTIFICATE')
})

test('an answer with another nonce is refused; one without is borne with', () => {
  const nonce = Buffer.from('0102030405060708', 'hex')
  expect(faultOf(verify({ nonce }, { nonce }))).toBeNull()
  expect(faultOf(verify({ nonce: Buffer.from('ff', 'hex') }, { nonce }))).toBe('NONCE')
  expect(faultOf(verify({}, { nonce }))).toBeNull()
})

test('an answer dated in the future, or with contradicting dates, is refused', () => {
  expect(faultOf(verify({ producedAt: NOW + HOUR }))).toBe('FUTURE')
  expect(faultOf(verify({ thisUpdate: NOW + HOUR }))).toBe('FUTURE')
  expect(faultOf(verify({ nextUpdate: NOW - 2 * HOUR }))).toBe('DATES')
  expect(faultOf(verify({ producedAt: NOW - 5 * HOUR, thisUpdate: NOW - HOUR }))).toBe('DATES')
})

test('a critical extension nobody understands refuses the answer', () => {
  const extension = encodeSequence(encodeObjectIdentifier('1.2.3.4'), encodeBoolean(true), encodeOctetString(Buffer.of(5, 0)))
  expect(faultOf(verify({ extensions: [extension] }))).toBe('CRITICAL_EXTENSION')
})

test('a refusal to answer carries no word about any certificate', () => {
  expect(decodeOcspResponse(testOcspRefusal(3))).toEqual({ status: 'tryLater', basic: null })
  expect(() => decodeOcspResponse(testOcspRefusal(0))).toThrow(expect.objectContaining({ code: 'STRUCTURE' }))
  expect(() => decodeOcspResponse(testOcspRefusal(4))).toThrow(expect.objectContaining({ code: 'STRUCTURE' }))
})

test('one changed byte never makes an answer that is believed to say something else', () => {
  const der = testOcspResponse({
    certificate: pki.signer.certificate,
    issuer: pki.ca,
    producedAt: NOW - HOUR,
    status: { revokedAt: NOW - HOUR },
  })
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
      const changed = Uint8Array.from(der)
      changed[position] = (changed[position] ?? 0) ^ change
      try {
        const { basic } = decodeOcspResponse(changed)
        const verdict = basic && verifyOcspResponse(basic, expected)
        if (verdict && 'answer' in verdict) expect(verdict.answer.status).toBe('REVOKED')
      } catch (error) {
        expect(error).toBeInstanceOf(PkiError)
      }
    }),
    { numRuns: 400 },
  )
})
