import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readPdf } from '../../../../pki/pdf/pdf.ts'
import { codeOf } from '../../../support/code.ts'
import { appendRevision, onePage, type PdfObjects, writePdf } from '../../../support/pdf.ts'
import { detached, signPdf } from '../../../support/pdf-signing.ts'
import { MADE_AT, pki } from '../../../support/seals.ts'
import { testTimeStampToken } from '../../../support/signed-time-stamp.ts'
import { couldPass, remarkable } from '../rows.ts'

const catalog = (dss: string) => `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R] /SigFlags 3 >> /DSS ${dss} >>`
const CRL = pki.crl()
const STORE: PdfObjects = {
  1: catalog('60 0 R'),
  60: '<< /Type /DSS /Certs [61 0 R 62 0 R] /CRLs 65 0 R /OCSPs [64 0 R] /VRI << /AA << /Cert [61 0 R] /CRL [63 0 R] >> >> >>',
  61: { entries: '', data: pki.ca.certificate },
  62: { entries: '/Filter /FlateDecode', data: deflateSync(pki.root.certificate) },
  63: { entries: '', data: CRL },
  64: { entries: '', data: Buffer.from('an OCSP response') },
  65: '[63 0 R 63 0 R]',
}
const withStore = (objects: PdfObjects) => readPdf(writePdf({ ...onePage(), ...objects }))
const storeAt = (dss: string, objects: PdfObjects = {}) => withStore({ 1: catalog(dss), 11: '<< /T (a) >>', ...objects })

test('what is in a security store is handed on as it is stored, OCSP responses before CRLs', () => {
  const { store, rows } = withStore({ ...STORE, 11: '<< /T (a) >>' })
  expect(store).toMatchObject({ crls: 2, ocspResponses: 1, signatures: 1, fault: null })
  expect(store?.certificates.map((der) => Uint8Array.from(der))).toEqual([pki.ca.certificate, pki.root.certificate])
  expect(store?.revocations.map((der) => Buffer.from(der).toString('latin1'))).toEqual(
    [Buffer.from('an OCSP response'), CRL, CRL].map((der) => Buffer.from(der).toString('latin1')),
  )
  expect(remarkable({ rows })).toEqual(['PDF_SECURITY_STORE NOTE'])
})

test('of CRLs and OCSP responses no more than 32 and 4 MiB are looked at; the rest is left out and told', () => {
  const many = withStore({ ...STORE, 11: '<< /T (a) >>', 65: `[${'63 0 R '.repeat(40)}]` })
  expect(many.store).toMatchObject({ crls: 40, ocspResponses: 1, leftOut: 9, fault: null })
  expect(many.store?.revocations).toHaveLength(32)
  expect(many.rows.find(({ check }) => check === 'PDF_SECURITY_STORE')?.detail?.en).toContain('9 of them')
  const bytes = (mebibytes: number) => Buffer.alloc(mebibytes * 1024 * 1024)
  const large = {
    66: { entries: '/Filter /FlateDecode', data: deflateSync(bytes(5)) },
    67: { entries: '', data: bytes(3) },
    68: { entries: '/Filter /FlateDecode', data: deflateSync(bytes(2)) },
  }
  const { store } = storeAt('<< /CRLs [66 0 R 67 0 R 68 0 R 63 0 R] >>', { ...large, 63: { entries: '', data: CRL } })
  expect(store).toMatchObject({ crls: 4, leftOut: 2, fault: null })
  expect(store?.revocations.map(({ length }) => length)).toEqual([3 * 1024 * 1024, CRL.length])
})

test.each<[string, string, PdfObjects]>([
  ['is no dictionary', '5', {}],
  ['leads nowhere', '99 0 R', {}],
  ['lists no arrays', '<< /Certs 5 /CRLs (x) >>', {}],
  ['holds what is no stream', '<< /Certs [5] >>', {}],
  ['holds what does not expand', '<< /Certs [61 0 R] >>', { 61: { entries: '/Filter /FlateDecode', data: Buffer.from('x') } }],
  [
    'holds what is compressed in an odd way',
    '<< /Certs [61 0 R] >>',
    { 61: { entries: '/Filter /LZWDecode', data: Buffer.from('x') } },
  ],
])('a store that %s is told, and breaks nothing', (_, dss, objects) => {
  const { store, rows } = storeAt(dss, objects)
  expect(store).toMatchObject({ certificates: [], crls: 0 })
  expect([store?.fault === null, rows[0]?.outcome]).toEqual([false, 'PASSED'])
})

test('a store of too many or too large pieces is refused', () => {
  const many = `<< /OCSPs [${'5 '.repeat(1025)}] >>`
  expect(codeOf(() => storeAt(many))).toBe('TOO_LARGE')
  const large = { 61: { entries: '/Filter /FlateDecode', data: deflateSync(Buffer.alloc(2 * 1024 * 1024)) } }
  expect(codeOf(() => storeAt('<< /Certs [61 0 R] >>', large))).toBe('TOO_LARGE')
})

test('signed, then a store, a time-stamp, a newer store and time-stamp: nothing of it is tampering, even where nothing is allowed', async () => {
  const authority = pki.issue('时间戳机构', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] })
  const stamp = async (content: Uint8Array) => testTimeStampToken({ stamped: content, authority, genTime: MADE_AT })
  const entries = '/Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> >>]'
  const stampAs = (number: number, fields: readonly number[]) => ({
    type: 'DocTimeStamp',
    subFilter: 'ETSI.RFC3161',
    name: `Stamp${number}`,
    number,
    fields,
    catalogEntries: '/DSS 60 0 R',
  })
  for (const form of ['TABLE', 'STREAM'] as const) {
    const signed = await signPdf(writePdf(onePage(), { form }), detached(pki.signer.signer, MADE_AT), { entries })
    const stored = appendRevision(signed, STORE, { form })
    const stamped = await signPdf(stored, stamp, stampAs(20, [11]))
    const renewed = appendRevision(stamped, { 60: '<< /Type /DSS /Certs [61 0 R] >>' }, { form })
    const again = await signPdf(renewed, stamp, stampAs(30, [11, 21]))
    for (const bytes of [stored, stamped, renewed, again]) {
      const reading = readPdf(bytes)
      expect(couldPass(reading)).toBe(true)
      expect(reading.signatures[0]).toMatchObject({ field: 'Signature1', laterChanges: 'ARCHIVE' })
    }
  }
})
