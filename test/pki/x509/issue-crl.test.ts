import { expect, test } from 'vitest'
import { decodeAlgorithmIdentifier } from '../../../pki/algorithm.ts'
import { openDer } from '../../../pki/der/reader.ts'
import { verifySignature } from '../../../pki/signature.ts'
import { openssl, testWithOpenssl } from '../../support/openssl.ts'
import { testPki } from '../../support/pki.ts'

const at = Date.UTC(2026, 0, 15)
const pki = testPki(at)
const revoked = pki.crl({
  number: 300n,
  entries: [{ serialNumber: pki.maker.serialNumber, revokedAt: at - 7_200_000, reason: 1, invalidityDate: at - 86_400_000 }],
})

test('a CRL holds under its issuer and says its times', () => {
  const fields = openDer(revoked).sequence()
  const tbs = fields.sequence()
  const algorithm = decodeAlgorithmIdentifier(fields)
  expect(verifySignature(algorithm, pki.ca.spki, tbs.encoded, fields.bitStringBytes())).toBe(true)
  expect(tbs.integer()).toBe(1)
  tbs.sequence()
  tbs.sequence()
  expect([tbs.time(), tbs.time()]).toEqual([at - 3_600_000, at + 7 * 86_400_000])
})

test('without entries the list is left out (RFC 5280 5.1.2.6)', () => {
  const tbs = openDer(pki.crl()).sequence().sequence()
  for (let i = 0; i < 5; i++) tbs.any()
  expect(tbs.peek()).toBe(0xa0)
})

testWithOpenssl('openssl reads number, entry, reason and invalidity date', () => {
  const { text } = openssl(['crl', '-inform', 'der', '-noout', '-text'], revoked)
  for (const part of ['300', 'Key Compromise', 'Revocation Date: Jan 14 22:00:00 2026 GMT', 'Jan 14 00:00:00 2026 GMT']) {
    expect(text).toContain(part)
  }
})
