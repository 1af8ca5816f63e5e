import { expect, test } from 'vitest'
import { authorityKeyOf, issuerKeyOf } from '../../../pki/x509/authority-key.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { certificateFields } from '../../../pki/x509/issue.ts'
import { issueAny } from '../../../pki/x509/issue-any.ts'
import { testPki } from '../../support/pki.ts'

const AUTHORITY_KEY_IDENTIFIER = '2.5.29.35'
const pki = testPki(Date.UTC(2026, 0, 1))
const ca = decodeCertificate(pki.ca.certificate)

function signerWith(value: Uint8Array | null) {
  const { name: subject, spki } = pki.signer
  const { name: issuer, privateKey: issuerKey } = pki.ca
  const fields = certificateFields({ subject, spki, serialNumber: 9n, notBefore: 0, notAfter: 1, issuer, issuerKey })
  const others = (fields.extensions ?? []).filter(({ oid }) => oid !== AUTHORITY_KEY_IDENTIFIER)
  const own = value === null ? [] : [{ oid: AUTHORITY_KEY_IDENTIFIER, critical: false, value }]
  return decodeCertificate(issueAny({ ...fields, extensions: [...others, ...own] }))
}

test('what an authority issued names it as its own certificate does', () => {
  expect(issuerKeyOf(decodeCertificate(pki.signer.certificate))).toEqual(authorityKeyOf(ca))
  expect(authorityKeyOf(ca).keyIdentifier).toMatch(/^[0-9a-f]{40}$/)
})

test.each([
  ['no key identifier', null],
  ['one without the key', Uint8Array.of(0x30, 0)],
  ['an empty one', Uint8Array.of(0x30, 2, 0x80, 0)],
  ['one that cannot be read', Uint8Array.of(0x05, 0)],
])('with %s an issuer is named by its name alone', (_, value) => {
  expect(issuerKeyOf(signerWith(value))).toEqual({ name: authorityKeyOf(ca).name, keyIdentifier: null })
})
