import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { encodeSignedData } from '../../../pki/cms/signed-data.ts'
import { encodeElement, encodeOctetString } from '../../../pki/der/writer.ts'
import { readPdf } from '../../../pki/pdf/pdf.ts'
import { coveredBytes } from '../../../pki/pdf/signature/byte-range.ts'
import { makeSignature } from '../../../pki/ses/make-signature.ts'
import { attribute, cadesSignature } from '../../support/cades.ts'
import { onePage, writePdf } from '../../support/pdf.ts'
import { detached, signPdf } from '../../support/pdf-signing.ts'
import { FORMATS, MADE_AT, pki, sealOf } from '../../support/seals.ts'
import { testTimeStampToken } from '../../support/signed-time-stamp.ts'
import { couldPass, outcomeOf, remarkable, rsaSigner, signatureOf } from './rows.ts'

const plain = writePdf(onePage())
const sm2 = pki.signer.signer
const authority = pki.issue('时间戳机构', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] })

test('an unsigned document has no signatures', () => {
  expect(readPdf(plain)).toEqual({
    revisions: 1,
    store: null,
    rows: [{ check: 'PDF_FORMAT', object: 'document', outcome: 'PASSED' }],
    signatures: [],
  })
})

test.each([
  ['SM2 in GB/T 35275', detached(sm2, MADE_AT)],
  ['SM2 in CMS', (content: Uint8Array) => encodeSignedData(content, sm2, { detached: true, standard: 'RFC 5652' })],
  [
    'SM2 over the bytes themselves',
    (content: Uint8Array) => encodeSignedData(content, sm2, { detached: true, withoutAttributes: true }),
  ],
  ['RSA in CMS', detached(rsaSigner)],
])('a signature with %s holds, by table and by stream', async (_, make) => {
  for (const form of ['TABLE', 'STREAM'] as const) {
    const signed = await signPdf(writePdf(onePage(), { form }), make, { revision: { form } })
    const reading = readPdf(signed)
    expect(reading.signatures).toMatchObject([{ kind: 'SIGNED_DATA', revision: 2, laterChanges: 'NOTHING', field: 'Signature1' }])
    expect([couldPass(reading), remarkable(signatureOf(signed))]).toEqual([true, []])
  }
})

test('a signature tells who signed, when by its own word, and which bytes', async () => {
  const entries = "/M (D:20260101080003+08'00') /Name (A) /Reason <FEFF6D4B8BD5> /Location (\u0001x)"
  const signed = await signPdf(plain, detached(sm2, MADE_AT), { entries })
  const { range, value, ...told } = signatureOf(signed)
  expect(told).toMatchObject({
    filter: 'Adobe.PPKLite',
    subFilter: 'adbe.pkcs7.detached',
    signerCertificate: pki.signer.certificate,
    certificates: [pki.signer.certificate],
    claimedAt: MADE_AT,
    signerName: 'A',
    reason: '测试',
    location: '·x',
    permissions: { level: null, locks: [] },
  })
  expect(outcomeOf(told, 'PDF_SIGNING_TIME')).toBe('PASSED')
  expect(range && coveredBytes(signed, range).length).toBe(signed.length - 2 * 4096 - 2)
  expect(value?.[0]).toBe(0x30)
})

test('a signature without a time of its own claims that of the dictionary, and two that differ are told', async () => {
  const withM = (make: typeof detached, time?: number) =>
    signPdf(plain, make(sm2, time), { entries: '/M (D:20260101000000Z)' }).then((bytes) => signatureOf(bytes))
  const [plainTime, other] = [await withM(detached), await withM(detached, MADE_AT + 3_600_000)]
  expect([plainTime.claimedAt, outcomeOf(plainTime, 'PDF_SIGNING_TIME')]).toEqual([MADE_AT, 'NOT_APPLICABLE'])
  expect([other.claimedAt, outcomeOf(other, 'PDF_SIGNING_TIME')]).toEqual([MADE_AT + 3_600_000, 'NOTE'])
})

test.each(FORMATS)(
  'a seal signature of %s carried as the value is told by its bytes and checked with its seal',
  async (format) => {
    const seal = await sealOf(format)
    const make = (content: Uint8Array) => makeSignature({ seal, content, protects: 'PDF', signedAt: MADE_AT }, sm2)
    const signed = await signPdf(plain, make, { subFilter: 'GM.PKILite', room: 8192 })
    const reading = signatureOf(signed)
    expect(reading).toMatchObject({ kind: 'SEAL_SIGNATURE', signerCertificate: pki.signer.certificate, claimedAt: MADE_AT })
    expect(remarkable(reading)).toEqual(['PDF_SUB_FILTER NOTE'])
    expect(reading.rows.filter(({ check }) => check === 'SEAL_SIGNATURE' || check === 'SIGNER_IN_SEAL')).toMatchObject([
      { outcome: 'PASSED' },
      { outcome: 'PASSED' },
    ])
    expect(reading.certificates).toEqual([pki.signer.certificate, pki.maker.certificate])
  },
)

test('a seal signature over other bytes fails on the digest', async () => {
  const seal = await sealOf('SES_V4')
  const make = () => makeSignature({ seal, content: Buffer.from('other'), protects: 'PDF', signedAt: MADE_AT }, sm2)
  expect(remarkable(signatureOf(await signPdf(plain, make)))).toEqual(['PDF_SUB_FILTER NOTE', 'DATA_HASH FAILED'])
})

test('CAdES must name the certificate under the signature, and the right one', async () => {
  const cades = (options = {}) =>
    signPdf(plain, (content) => cadesSignature(content, rsaSigner, options), { subFilter: 'ETSI.CAdES.detached' })
  expect(remarkable(signatureOf(await cades()))).toEqual([])
  expect(remarkable(signatureOf(await cades({ namedBy: 'SHA-1' })))).toEqual(['PDF_SIGNING_CERTIFICATE NOTE'])
  expect(remarkable(signatureOf(await cades({ named: pki.maker.certificate })))).toEqual(['PDF_SIGNING_CERTIFICATE FAILED'])
  const without = await signPdf(plain, detached(rsaSigner), { subFilter: 'ETSI.CAdES.detached' })
  expect(remarkable(signatureOf(without))).toEqual(['PDF_SIGNING_CERTIFICATE FAILED'])
  const wrong = await signPdf(plain, (content) => cadesSignature(content, rsaSigner, { named: pki.maker.certificate }))
  expect(remarkable(signatureOf(wrong))).toEqual(['PDF_SIGNING_CERTIFICATE FAILED'])
})

test('a time-stamp beside the value must hold; whose it is, is not judged here', async () => {
  const stampedBy = (stamp: (signature: Uint8Array) => Uint8Array) => {
    const unsigned = (signature: Uint8Array) =>
      attribute('1.2.840.113549.1.9.16.2.14', testTimeStampToken({ stamped: stamp(signature), authority, genTime: MADE_AT }))
    return signPdf(plain, (content) => cadesSignature(content, rsaSigner, { unsigned }))
  }
  expect(remarkable(signatureOf(await stampedBy((signature) => signature)))).toEqual(['SIGNATURE_TIME_STAMP NOTE'])
  expect(remarkable(signatureOf(await stampedBy(() => Buffer.from('other'))))).toEqual(['SIGNATURE_TIME_STAMP FAILED'])
})

test('several signers of one CAdES value are told', async () => {
  const signed = await signPdf(plain, (content) => cadesSignature(content, rsaSigner, { signers: 2 }))
  expect(remarkable(signatureOf(signed))).toEqual(['SIGNATURE_FORMAT NOTE', 'SIGNATURE_FORMAT NOTE'])
})

const stamped = { subFilter: 'ETSI.RFC3161', type: 'DocTimeStamp' }
const stamp = async (content: Uint8Array) => testTimeStampToken({ stamped: content, authority, genTime: MADE_AT })

test('a document time-stamp holds over the document, for its authority and no one else', async () => {
  const reading = signatureOf(await signPdf(plain, stamp, stamped))
  expect(reading).toMatchObject({ kind: 'TIME_STAMP', claimedAt: MADE_AT, signerCertificate: authority.certificate })
  expect(remarkable(reading)).toEqual([])
  const other = async () => testTimeStampToken({ stamped: Buffer.from('other'), authority, genTime: MADE_AT })
  expect(remarkable(signatureOf(await signPdf(plain, other, stamped)))).toEqual(['DATA_HASH FAILED', 'SIGNATURE_VALUE UNKNOWN'])
  const byAnyone = async (content: Uint8Array) =>
    testTimeStampToken({ stamped: content, authority: pki.signer, genTime: MADE_AT })
  expect(remarkable(signatureOf(await signPdf(plain, byAnyone, stamped)))).toContain('SIGNATURE_TIME_STAMP FAILED')
})

test('a time-stamp is no signature and a signature no time-stamp, whatever the dictionary says', async () => {
  const asSignature = signatureOf(await signPdf(plain, stamp))
  const asStamp = signatureOf(await signPdf(plain, detached(sm2), stamped))
  expect([outcomeOf(asSignature, 'PDF_SUB_FILTER'), outcomeOf(asStamp, 'PDF_SUB_FILTER')]).toEqual(['FAILED', 'FAILED'])
})

test('adbe.pkcs7.sha1 is too weak to pass, and fails over other bytes', async () => {
  const sha1 = (of: (content: Uint8Array) => Uint8Array) =>
    signPdf(plain, (content) => encodeSignedData(createHash('sha1').update(of(content)).digest(), rsaSigner), {
      subFilter: 'adbe.pkcs7.sha1',
    })
  expect(remarkable(signatureOf(await sha1((content) => content)))).toEqual(['PDF_SUB_FILTER UNKNOWN', 'DATA_HASH UNKNOWN'])
  expect(remarkable(signatureOf(await sha1(() => Buffer.from('other'))))).toEqual(['PDF_SUB_FILTER UNKNOWN', 'DATA_HASH FAILED'])
})

test('a value over a SHA-1 digest passes under no other name', async () => {
  const make = (content: Uint8Array) => encodeSignedData(createHash('sha1').update(content).digest(), rsaSigner)
  expect(remarkable(signatureOf(await signPdf(plain, make)))).toContain('DATA_HASH FAILED')
})

test('adbe.x509.rsa_sha1 is refused as weak without being looked at', async () => {
  const make = async () => encodeOctetString(new Uint8Array(256))
  const entries = `/Cert <${Buffer.from(rsaSigner.certificate).toString('hex')}>`
  const reading = signatureOf(await signPdf(plain, make, { subFilter: 'adbe.x509.rsa_sha1', entries }))
  expect([outcomeOf(reading, 'PDF_SUB_FILTER'), outcomeOf(reading, 'SIGNATURE_VALUE')]).toEqual(['FAILED', 'UNKNOWN'])
  expect(reading.certificates).toEqual([rsaSigner.certificate])
})

test('a GB/T 35275 value may carry the SM3 digest of the document, which is noted', async () => {
  const make = (content: Uint8Array) => encodeSignedData(createHash('sm3').update(content).digest(), sm2)
  expect(remarkable(signatureOf(await signPdf(plain, make, { subFilter: 'GBT.38540' })))).toEqual([
    'PDF_SUB_FILTER NOTE',
    'SIGNATURE_FORMAT NOTE',
  ])
})

test.each<[string, () => Promise<Uint8Array>]>([
  ['nothing', async () => new Uint8Array()],
  ['zeros', async () => new Uint8Array(64)],
  ['text', async () => Buffer.from('signed, sealed, delivered')],
  ['a seal', () => sealOf('SES_V4')],
  ['a certificate', async () => pki.signer.certificate],
  ['a cut-off value', async () => (await encodeSignedData(plain, sm2)).subarray(0, 100)],
  ['an odd tag', async () => encodeElement(0x5f, new Uint8Array(8))],
])('a value that is %s is a broken signature, not a broken document', async (_, make) => {
  const reading = readPdf(await signPdf(plain, make))
  expect(couldPass(reading)).toBe(false)
  expect(remarkable(signatureOf(await signPdf(plain, make)))).toContain('SIGNATURE_FORMAT FAILED')
})

test('a value by a stranger’s key fails on the value', async () => {
  const stranger = { ...sm2, certificate: pki.maker.certificate }
  expect(remarkable(signatureOf(await signPdf(plain, detached(stranger))))).toEqual(['SIGNATURE_VALUE FAILED'])
})
