import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { MESSAGE_DIGEST, singleValue } from '../../../pki/cms/attributes.ts'
import { decodeSignedData } from '../../../pki/cms/signed-data.ts'
import { spkiOf } from '../../../pki/key.ts'
import { readPdf } from '../../../pki/pdf/pdf.ts'
import { coveredBytes } from '../../../pki/pdf/signature/byte-range.ts'
import { encodePem } from '../../../pki/pem.ts'
import { extendedKeyUsage } from '../../../pki/x509/extension-encoding.ts'
import { issueCertificate } from '../../../pki/x509/issue.ts'
import { openssl, testWithOpenssl } from '../../support/openssl.ts'
import { onePage, writePdf } from '../../support/pdf.ts'
import { detached, signPdf, type ValueMaker } from '../../support/pdf-signing.ts'
import { MADE_AT, pki } from '../../support/seals.ts'
import { couldPass, remarkable, rsaSigner, signatureOf } from './rows.ts'

const folder = mkdtempSync(join(tmpdir(), 'sealhub-'))
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const certificate = issueCertificate({
  subject: [['CN', 'openssl']],
  spki: spkiOf(privateKey),
  serialNumber: 0x81n,
  notBefore: MADE_AT,
  notAfter: MADE_AT + 86_400_000,
  issuerKey: privateKey,
})
const signerFile = join(folder, 'signer.pem')
writeFileSync(signerFile, `${privateKey.export({ format: 'pem', type: 'pkcs8' })}${encodePem('CERTIFICATE', certificate)}`)

/** A detached value as openssl makes it. */
function byOpenssl(...options: readonly string[]): ValueMaker {
  return async (content) => {
    const { ok, out, text } = openssl(
      ['cms', '-sign', '-binary', '-md', 'sha256', '-outform', 'der', '-signer', signerFile, ...options],
      content,
    )
    expect(ok, text).toBe(true)
    return out
  }
}

testWithOpenssl('what openssl signs holds in a PDF file, as CAdES with its attribute too', async () => {
  const plain = writePdf(onePage())
  expect(remarkable(signatureOf(await signPdf(plain, byOpenssl())))).toEqual([])
  expect(remarkable(signatureOf(await signPdf(plain, byOpenssl('-noattr'))))).toEqual([])
  const cades = await signPdf(plain, byOpenssl('-cades'), { subFilter: 'ETSI.CAdES.detached' })
  expect(remarkable(signatureOf(cades))).toEqual([])
  expect(couldPass(readPdf(cades))).toBe(true)
})

testWithOpenssl('what openssl writes with indefinite lengths holds with a note', async () => {
  const streamed = await signPdf(writePdf(onePage()), byOpenssl('-stream'))
  expect(signatureOf(streamed).value?.[1]).toBe(0x80)
  expect(remarkable(signatureOf(streamed))).toEqual(['SIGNATURE_FORMAT NOTE'])
})

testWithOpenssl('openssl accepts the value over the bytes that are told to be signed, and over no others', async () => {
  const signed = await signPdf(writePdf(onePage()), detached(rsaSigner, MADE_AT))
  const { value, range } = signatureOf(signed)
  if (!value || !range) expect.unreachable('the value and its range can be told')
  const [valueFile, contentFile] = [join(folder, 'value.der'), join(folder, 'content')]
  const verifies = (content: Uint8Array) => {
    writeFileSync(contentFile, content)
    return openssl(['cms', '-verify', '-binary', '-inform', 'der', '-noverify', '-in', valueFile, '-content', contentFile]).ok
  }
  writeFileSync(valueFile, value)
  expect(verifies(coveredBytes(signed, range))).toBe(true)
  expect(verifies(coveredBytes(signed, { ...range, end: range.end - 1 }))).toBe(false)
})

testWithOpenssl('with several signatures in one file, openssl accepts each over its own range', async () => {
  const first = await signPdf(writePdf(onePage()), detached(rsaSigner, MADE_AT))
  const twice = await signPdf(first, byOpenssl(), { number: 20, name: 'Second', fields: [11] })
  const accepted = readPdf(twice).signatures.map(({ value, range }) => {
    writeFileSync(join(folder, 'value.der'), value ?? '')
    writeFileSync(join(folder, 'content'), range ? coveredBytes(twice, range) : '')
    const files = ['-in', join(folder, 'value.der'), '-content', join(folder, 'content')]
    return openssl(['cms', '-verify', '-binary', '-inform', 'der', '-noverify', ...files]).ok
  })
  expect([accepted, couldPass(readPdf(twice))]).toEqual([[true, true], true])
})

testWithOpenssl(
  'openssl, which has no SM2 in CMS, gets the same SM3 digest of the range and accepts the value over its attributes',
  async () => {
    const signed = await signPdf(writePdf(onePage()), detached(pki.signer.signer, MADE_AT))
    const { value, range } = signatureOf(signed)
    const [signer] = decodeSignedData(value ?? new Uint8Array()).signers
    if (!range || !signer?.signedAttributes) expect.unreachable('the signature can be read')
    const digest = openssl(['dgst', '-sm3', '-binary'], coveredBytes(signed, range)).out
    expect(singleValue(signer.signedAttributes, MESSAGE_DIGEST)?.octetString()).toEqual(Uint8Array.from(digest))
    const [keyFile, dataFile, signatureFile] = ['key.pem', 'attributes', 'signature'].map((name) => join(folder, name))
    writeFileSync(keyFile ?? '', encodePem('PUBLIC KEY', pki.signer.spki))
    writeFileSync(signatureFile ?? '', signer.signature)
    const accepts = (attributes: Uint8Array) => {
      writeFileSync(dataFile ?? '', attributes)
      const files = ['-inkey', keyFile ?? '', '-in', dataFile ?? '', '-sigfile', signatureFile ?? '']
      const options = ['-pubin', '-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']
      return openssl(['pkeyutl', '-verify', ...files, ...options]).ok
    }
    expect(accepts(signer.signedAttributes.signedBytes)).toBe(true)
    expect(accepts(signer.signedAttributes.signedBytes.toReversed())).toBe(false)
  },
)

const TSA_CONFIG = `[tsa]
default_tsa = t
[t]
serial = ${join(folder, 'serial')}
default_policy = 1.2.3.4
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
`

testWithOpenssl('a document time-stamp that openssl makes holds, and over no other document', async () => {
  const tsa = issueCertificate({
    subject: [['CN', 'openssl TSA']],
    spki: spkiOf(privateKey),
    serialNumber: 0x82n,
    notBefore: MADE_AT,
    notAfter: Date.UTC(2099, 0, 1),
    issuerKey: privateKey,
    extensions: [extendedKeyUsage(['1.3.6.1.5.5.7.3.8'], true)],
  })
  writeFileSync(join(folder, 'tsa.cnf'), TSA_CONFIG)
  writeFileSync(join(folder, 'tsa.pem'), encodePem('CERTIFICATE', tsa))
  const stamp: ValueMaker = async (content) => {
    writeFileSync(join(folder, 'stamped'), content)
    const query = openssl(['ts', '-query', '-data', join(folder, 'stamped'), '-sha256', '-cert'])
    writeFileSync(join(folder, 'query'), query.out)
    const files = ['-config', join(folder, 'tsa.cnf'), '-queryfile', join(folder, 'query'), '-signer', join(folder, 'tsa.pem')]
    const reply = openssl(['ts', '-reply', ...files, '-inkey', signerFile, '-token_out'])
    expect(reply.ok, reply.text).toBe(true)
    return reply.out
  }
  const options = { type: 'DocTimeStamp', subFilter: 'ETSI.RFC3161' }
  const stamped = await signPdf(writePdf(onePage()), stamp, options)
  expect(signatureOf(stamped)).toMatchObject({ kind: 'TIME_STAMP', laterChanges: 'NOTHING' })
  expect(remarkable(signatureOf(stamped))).toEqual([])
  const other = await signPdf(writePdf(onePage()), () => stamp(Buffer.from('other')), options)
  expect(remarkable(signatureOf(other))).toEqual(['DATA_HASH FAILED', 'SIGNATURE_VALUE UNKNOWN'])
})
