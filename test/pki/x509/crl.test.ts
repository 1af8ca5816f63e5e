import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as der from '../../../pki/der/writer.ts'
import { PkiError } from '../../../pki/error.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { decodeCrl } from '../../../pki/x509/crl.ts'
import { verifyCrl } from '../../../pki/x509/crl-verification.ts'
import { encodeName } from '../../../pki/x509/name-encoding.ts'
import { codeOf } from '../../support/code.ts'
import { testPki } from '../../support/pki.ts'

const NOW = Date.UTC(2026, 10, 21)
const pki = testPki(NOW, 'CRL')
const ca = decodeCertificate(pki.ca.certificate)
const extension = (oid: string, value: Uint8Array, critical = false) => ({ oid, critical, value })
const UNKNOWN = extension('1.2.3.4', der.encodeNull(), true)

test('a CRL is read with its number, times and entries', () => {
  const entries = [
    { serialNumber: 0x80n, revokedAt: NOW - 5000, reason: 1, invalidityDate: NOW - 9000 },
    { serialNumber: 7n, revokedAt: NOW - 4000 },
  ]
  const crl = decodeCrl(pki.crl({ number: 300n, entries }))
  expect(crl).toMatchObject({ version: 2, thisUpdate: NOW - 3_600_000, nextUpdate: NOW + 7 * 86_400_000 })
  expect(crl.extensions.crlNumber).toBe(300n)
  expect(crl.entries.count).toBe(2)
  expect(crl.entries.find('0080')).toEqual({
    serialNumber: '0080',
    revokedAt: NOW - 5000,
    reason: 'keyCompromise',
    invalidityDate: NOW - 9000,
  })
  expect(crl.entries.find('07')?.reason).toBe('unspecified')
  expect(crl.entries.find('80')).toBeNull()
  expect([...crl.entries].map((entry) => entry.serialNumber)).toEqual(['0080', '07'])
})

test('a CRL without revoked certificates has no entry', () => {
  const { entries } = decodeCrl(pki.crl())
  expect(entries.count).toBe(0)
  expect(entries.find('01')).toBeNull()
})

test('every serial number of a long list is found, and no other', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.bigInt({ min: 1n, max: 1n << 150n }), { maxLength: 60 }), (serials) => {
      const [absent = 1n, ...listed] = serials
      const { entries } = decodeCrl(pki.crl({ entries: listed.map((serialNumber) => ({ serialNumber, revokedAt: NOW })) }))
      for (const serial of listed) expect(entries.find(serialOf(serial))?.serialNumber).toBe(serialOf(serial))
      expect(entries.find(serialOf(absent))).toBeNull()
    }),
    { numRuns: 20 },
  )
})

function serialOf(number: bigint): string {
  const encoded = der.encodeInteger(number)
  return Buffer.from(encoded.subarray(2)).toString('hex')
}

test('an entry of an indirect CRL speaks of the issuer it names, and so do those after it', () => {
  const other = encodeName([['CN', '另一个CA']])
  const names = der.encodeSequence(der.encodeExplicit(4, other))
  const entries = [
    { serialNumber: 1n, revokedAt: NOW },
    { serialNumber: 2n, revokedAt: NOW, extensions: [extension('2.5.29.29', names, true)] },
    { serialNumber: 3n, revokedAt: NOW },
  ]
  const crl = decodeCrl(pki.crl({ entries }))
  expect([1n, 2n, 3n].map((serial) => crl.entries.find(serialOf(serial)) !== null)).toEqual([true, false, false])
  const otherName = decodeCrl(pki.crl({}, { ...pki.ca, name: [['CN', '另一个CA']] })).issuer
  expect([1n, 2n, 3n].map((serial) => crl.entries.find(serialOf(serial), otherName) !== null)).toEqual([false, true, true])
})

test('a CRL of its issuer holds', () => {
  expect(verifyCrl(decodeCrl(pki.crl()), ca)).toBeNull()
})

test.each([
  ['by another issuer', () => verifyCrl(decodeCrl(pki.crl({}, pki.root)), ca), 'ISSUER_NAME'],
  [
    'with another key of the same name',
    () => verifyCrl(decodeCrl(pki.crl({}, { ...pki.root, name: pki.ca.name })), ca),
    'ISSUER_KEY',
  ],
  [
    'with a critical extension not understood',
    () => verifyCrl(decodeCrl(pki.crl({ extensions: [UNKNOWN] })), ca),
    'CRITICAL_EXTENSION',
  ],
  ['without next update', () => verifyCrl(decodeCrl(pki.crl({ nextUpdate: null })), ca), 'PROFILE'],
  [
    'with a critical entry extension not understood, on whichever entry',
    () => verifyCrl(decodeCrl(pki.crl({ entries: [{ serialNumber: 1n, revokedAt: NOW, extensions: [UNKNOWN] }] })), ca),
    'MALFORMED',
  ],
  [
    'with an issuing distribution point that is not critical',
    () => verifyCrl(decodeCrl(pki.crl({ extensions: [extension('2.5.29.28', Uint8Array.of(0x30, 3, 0x81, 1, 0xff))] })), ca),
    'PROFILE',
  ],
])('a CRL made %s is not used', (_, verify, code) => {
  expect(verify()?.code).toBe(code)
})

test('an issuer whose key usage leaves out cRLSign signs no CRL', () => {
  const limited = pki.issue('无权签发CRL', { ca: {}, keyUsage: ['keyCertSign'] })
  expect(verifyCrl(decodeCrl(pki.crl({}, limited)), decodeCertificate(limited.certificate))?.code).toBe('KEY_USAGE')
})

test('a CRL with any byte changed neither holds nor throws anything but a PkiError', () => {
  const whole = pki.crl({ entries: [{ serialNumber: 5n, revokedAt: NOW, reason: 1 }] })
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Uint8Array.from(whole)
      changed[at] = (changed[at] ?? 0) ^ change
      try {
        expect(verifyCrl(decodeCrl(changed), ca)).not.toBeNull()
      } catch (error) {
        expect(error).toBeInstanceOf(PkiError)
      }
    }),
    { numRuns: 200 },
  )
})

test('an inner algorithm other than the outer one is refused', () => {
  const outerAlgorithm = { oid: '1.2.3', parameters: null, encoded: der.encodeSequence(der.encodeObjectIdentifier('1.2.3')) }
  expect(codeOf(() => decodeCrl(pki.crl({ outerAlgorithm })))).toBe('STRUCTURE')
})

test('a list of 100,000 entries is looked up by serial number', () => {
  const entries = Array.from({ length: 100_000 }, (_, i) => ({ serialNumber: BigInt(i) * 7919n + 1n, revokedAt: NOW }))
  const crl = decodeCrl(pki.crl({ entries }))
  expect(verifyCrl(crl, ca)).toBeNull()
  expect(crl.entries.count).toBe(100_000)
  expect(crl.entries.find(serialOf(99_999n * 7919n + 1n))).not.toBeNull()
  expect(crl.entries.find(serialOf(99_999n * 7919n + 2n))).toBeNull()
})

test('a long list is walked a thousand entries at a time, and one half walked answers as well', () => {
  const entries = Array.from({ length: 2_500 }, (_, i) => ({ serialNumber: BigInt(i + 1), revokedAt: NOW }))
  const walked = decodeCrl(pki.crl({ entries })).entries
  expect([...walked.walk()]).toHaveLength(2)
  expect([...walked.walk()]).toHaveLength(0)
  const half = decodeCrl(pki.crl({ entries })).entries
  half.walk().next()
  expect(half.count).toBe(2_500)
  expect(half.find('0801')?.serialNumber).toBe('0801')
})
