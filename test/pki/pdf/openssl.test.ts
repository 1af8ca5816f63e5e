import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { spkiOf } from '../../../pki/key.ts'
import { readPdf } from '../../../pki/pdf/pdf.ts'
import { coveredBytes } from '../../../pki/pdf/signature/byte-range.ts'
import { encodePem } from '../../../pki/pem.ts'
import { issueCertificate } from '../../../pki/x509/issue.ts'
import { openssl, testWithOpenssl } from '../../support/openssl.ts'
import { onePage, writePdf } from '../../support/pdf.ts'
import { detached, signPdf, type ValueMaker } from '../../support/pdf-signing.ts'
import { MADE_AT } from '../../support/seals.ts'
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
