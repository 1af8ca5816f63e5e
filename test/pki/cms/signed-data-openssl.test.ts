import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { decodeSignedData, encodeSignedData, verifySignedData } from '../../../pki/cms/signed-data.ts'
import { spkiOf } from '../../../pki/key.ts'
import { encodePem } from '../../../pki/pem.ts'
import { softwareSigner } from '../../../pki/signer.ts'
import { issueCertificate } from '../../../pki/x509/issue.ts'
import { openssl, testWithOpenssl } from '../../support/openssl.ts'

// openssl cannot sign with SM2 in CMS, so the structure is checked with the algorithms that it knows.
const at = Date.UTC(2026, 0, 15, 8)
const content = Buffer.from('time-stamp token, PDF signature\n')
const keys: readonly (readonly [string, KeyObject])[] = [
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
  ['ECDSA', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
]
const verify = ['cms', '-verify', '-binary', '-inform', 'der', '-noverify']

testWithOpenssl.each(keys)('openssl accepts what is written here with %s', async (name, privateKey) => {
  const signer = softwareSigner(privateKey, certificateOf(name, privateKey))
  const { ok, out, text } = openssl(verify, await encodeSignedData(content, signer, { signingTime: at }))
  expect(ok, text).toBe(true)
  expect(Buffer.compare(out, content)).toBe(0)
  expect(openssl(verify, await encodeSignedData(content, signer, { withoutAttributes: true })).ok).toBe(true)
})

testWithOpenssl.each(keys)(
  'what openssl writes with %s holds here, with and without attributes, by either name of the signer',
  (name, privateKey) => {
    const certificate = certificateOf(name, privateKey)
    const file = join(mkdtempSync(join(tmpdir(), 'sealhub-')), 'signer.pem')
    writeFileSync(file, `${privateKey.export({ format: 'pem', type: 'pkcs8' })}${encodePem('CERTIFICATE', certificate)}`)
    for (const option of ['-noattr', '-keyid', '-nosmimecap']) {
      const sign = ['cms', '-sign', '-binary', '-nodetach', '-md', 'sha256', '-outform', 'der', '-signer', file, option]
      const { ok, out, text } = openssl(sign, content)
      expect(ok, text).toBe(true)
      const signed = decodeSignedData(out)
      expect(verifySignedData(signed, content)).toMatchObject([{ holds: true, quirks: [], failure: null }])
      expect(verifySignedData(signed, Buffer.from('other'))).toMatchObject([{ holds: false }])
    }
  },
)

function certificateOf(name: string, privateKey: KeyObject): Uint8Array {
  return issueCertificate({
    subject: [['CN', name]],
    spki: spkiOf(privateKey),
    serialNumber: 0x80n,
    notBefore: at,
    notAfter: at + 86_400_000,
    issuerKey: privateKey,
  })
}
