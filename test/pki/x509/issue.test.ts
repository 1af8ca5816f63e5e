import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDer } from '../../../pki/der/reader.ts'
import { encodePem } from '../../../pki/pem.ts'
import { verifySignature } from '../../../pki/signature.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'
import { decodeKeyUsage, KEY_USAGES } from '../../../pki/x509/extension-constraints.ts'
import {
  basicConstraints,
  certificatePolicies,
  directoryName,
  dnsName,
  encodeNamedBits,
  keyIdentifierOf,
  keyUsage,
  nameConstraints,
} from '../../../pki/x509/extension-encoding.ts'
import { certificateFields, issueCertificate } from '../../../pki/x509/issue.ts'
import { issueAny } from '../../../pki/x509/issue-any.ts'
import { formatName } from '../../../pki/x509/name.ts'
import { encodeName } from '../../../pki/x509/name-encoding.ts'
import { openssl, testWithOpenssl } from '../../support/openssl.ts'
import { testKey, testPki } from '../../support/pki.ts'

const at = Date.UTC(2026, 0, 15)
const pki = testPki(at)
const code = (expected: string) => expect.objectContaining({ code: expected })

test('a certificate says what it was told to, in version 3, and holds under its issuer', () => {
  const der = issueCertificate({
    subject: [
      ['C', 'CN'],
      ['O', '11411728005900000X遂平县民政局'],
      ['CN', '41172800000001'],
      ['2.5.4.5', '7'],
    ],
    spki: testKey('subject').spki,
    serialNumber: 0xff00n,
    notBefore: at,
    notAfter: Date.UTC(2055, 0, 1),
    issuer: pki.ca.name,
    issuerKey: pki.ca.privateKey,
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'],
    crlUrls: ['http://crl.example/ca.crl'],
    extensions: [certificatePolicies(['1.2.156.1'])],
  })
  const certificate = decodeCertificate(der)
  expect(certificate).toMatchObject({ version: 3, serialNumber: '00ff00', defects: [] })
  expect(certificate.validity).toMatchObject({ notBefore: at, notAfter: Date.UTC(2055, 0, 1) })
  expect(formatName(certificate.subject)).toBe('C=CN,O=11411728005900000X遂平县民政局,CN=41172800000001,2.5.4.5=7')
  const { extensions } = certificate
  expect(extensions.basicConstraints).toEqual({ ca: false, pathLength: null })
  expect(extensions.keyUsage).toEqual(new Set(['digitalSignature', 'nonRepudiation']))
  expect(extensions.extKeyUsage).toEqual(new Set(['1.3.6.1.5.5.7.3.8']))
  expect(extensions.certificatePolicies).toEqual(['1.2.156.1'])
  expect(Buffer.from(extensions.authorityKeyIdentifier?.keyIdentifier ?? [])).toEqual(keyIdentifierOf(pki.ca.spki))
  expect(extensions.crlDistributionPoints?.[0]?.name).toMatchObject({ fullName: [{ text: 'http://crl.example/ca.crl' }] })
  expect(verifySignature(certificate.signatureAlgorithm, pki.ca.spki, certificate.tbs, certificate.signature)).toBe(true)
})

test('a CA has its path length, its usages, and is critical about both', () => {
  const { extensions } = decodeCertificate(pki.ca.certificate)
  expect(extensions.basicConstraints).toEqual({ ca: true, pathLength: 0 })
  expect(extensions.keyUsage).toEqual(new Set(['keyCertSign', 'cRLSign']))
  expect([basicConstraints(true).critical, keyUsage('cRLSign').critical]).toEqual([true, true])
})

test('odd certificates can be made: version 1, an extension twice, algorithms that differ, bytes changed after signing', () => {
  const fields = certificateFields({
    subject: [['CN', 'odd']],
    spki: pki.maker.spki,
    serialNumber: 1n,
    notBefore: at,
    notAfter: at,
    issuerKey: pki.ca.privateKey,
  })
  expect(decodeCertificate(issueAny({ ...fields, version: null, extensions: null })).version).toBe(1)
  const twice = [basicConstraints(true), basicConstraints(false)]
  expect(() => decodeCertificate(issueAny({ ...fields, extensions: twice }))).toThrow(code('STRUCTURE'))
  const sha1 = { oid: '1.2.840.10045.4.1', parameters: null, encoded: Buffer.from('300906072a8648ce3d0401', 'hex') }
  expect(() => decodeCertificate(issueAny({ ...fields, innerAlgorithm: sha1 }))).toThrow(code('STRUCTURE'))
  const tampered = decodeCertificate(issueAny({ ...fields, tamper: (tbs) => tbs.with(-1, (tbs.at(-1) ?? 0) ^ 1) }))
  expect(verifySignature(tampered.signatureAlgorithm, pki.ca.spki, tampered.tbs, tampered.signature)).toBe(false)
})

test('name constraints are written as read', () => {
  const { value } = nameConstraints({ permitted: [directoryName(encodeName([['C', 'CN']]))], excluded: [dnsName('.example')] })
  expect(openDer(value).sequence().constructed(0xa0).sequence().peek()).toBe(0xa4)
  const der = pki.issue('constrained', { ca: {}, extensions: [nameConstraints({ excluded: [dnsName('a')] })] }).certificate
  expect(decodeCertificate(der).extensions.nameConstraints).toMatchObject({ permitted: null, excluded: [{ text: 'a' }] })
})

test('every set of key usages is written as it is read, without trailing zero bits', () => {
  fc.assert(
    fc.property(fc.subarray([...KEY_USAGES], { minLength: 1 }), (usages) => {
      expect(decodeKeyUsage(keyUsage(...usages).value)).toEqual(new Set(usages))
    }),
  )
  expect(Buffer.from(encodeNamedBits([])).toString('hex')).toBe('030100')
})

testWithOpenssl('trap 6: openssl, which knows the user id for the first hop only, accepts each hop by itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sealhub-'))
  const file = (name: string, der: Uint8Array) => {
    writeFileSync(join(folder, name), encodePem('CERTIFICATE', der))
    return join(folder, name)
  }
  const verify = (issuer: string, ...subject: string[]) =>
    openssl([
      'verify',
      '-partial_chain',
      '-vfyopt',
      'distid:1234567812345678',
      '-attime',
      String(at / 1000),
      '-CAfile',
      issuer,
      ...subject,
    ])
  const [root, ca, maker] = [
    file('root', pki.root.certificate),
    file('ca', pki.ca.certificate),
    file('maker', pki.maker.certificate),
  ]
  expect(verify(root, ca).ok).toBe(true)
  expect(verify(ca, maker).ok).toBe(true)
  expect(verify(root, '-untrusted', ca, maker).ok).toBe(false)
})
