import { expect, test } from 'vitest'
import { inspectDocumentBytes } from '../../../../subgraphs/seals/facts/document.ts'
import { appendRevision, onePage, type PdfObjects, writePdf } from '../../../support/pdf.ts'
import { detached, signPdf } from '../../../support/pdf-signing.ts'
import { MADE_AT, pki } from '../../../support/seals.ts'

const make = detached(pki.signer.signer, MADE_AT)
const plain = writePdf(onePage())
const CATALOG = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R] /SigFlags 3 >>'

/** Everything told of the document as a whole, as `CHECK OUTCOME`. */
function toldOf(bytes: Uint8Array): readonly string[] {
  return inspectDocumentBytes(bytes).checks.map(({ check, outcome }) => `${check} ${outcome}`)
}

test('certificates of the security store are candidates for every signature, after those it brought itself', async () => {
  const signed = await signPdf(plain, make)
  const store: PdfObjects = {
    1: `${CATALOG} /DSS << /Certs [61 0 R 62 0 R 63 0 R] >> >>`,
    61: { entries: '', data: pki.ca.certificate },
    62: { entries: '', data: pki.signer.certificate },
    63: { entries: '', data: Buffer.from('no certificate') },
  }
  const { signatures, checks } = inspectDocumentBytes(appendRevision(signed, store))
  const brought = signatures[0]?.certificates.map((der) => Buffer.from(der).toString('hex'))
  expect(brought).toEqual([pki.signer, pki.ca].map(({ certificate }) => Buffer.from(certificate).toString('hex')))
  expect(checks.find(({ check }) => check === 'PDF_SECURITY_STORE')).toMatchObject({ outcome: 'NOTE' })
})

test('a signature outside the form is a signature of the document, in doubt', async () => {
  const stray = await signPdf(plain, make, { objects: { 1: '<< /Type /Catalog /Pages 2 0 R >>' } })
  const { signatures } = inspectDocumentBytes(stray)
  expect(signatures.map(({ checks }) => checks.find(({ check }) => check === 'PDF_SIGNATURE_FIELD')?.outcome)).toEqual([
    'UNKNOWN',
  ])
  expect(toldOf(stray)).toContain('DOCUMENT_SIGNED PASSED')
})

const xmp = (creator: string) => ({
  entries: '/Type /Metadata /Subtype /XML',
  data: Buffer.from(
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="${creator}"/></r:RDF></x:xmpmeta>`,
  ),
})

test.each([
  ['Word 2021', 'ORIGINAL'],
  ['OFD转换工具', 'CONVERTED_COPY'],
  ['ScanSnap iX500', 'PRINTED_COPY'],
])('metadata that name %s make a document without a seal: %s', async (creator, originality) => {
  const before = writePdf({ ...onePage(), 1: '<< /Type /Catalog /Pages 2 0 R /Metadata 9 0 R >>', 9: xmp(creator) })
  const signed = await signPdf(before, make, { catalogEntries: '/Metadata 9 0 R' })
  expect(inspectDocumentBytes(signed).originality).toBe(originality)
})

test('what the document information says comes first, and either is enough', async () => {
  const before = writePdf({ ...onePage(), 25: '<< /Producer (ofd2pdf) >>' }, { trailer: '/Info 25 0 R' })
  const signed = await signPdf(before, make, { revision: { trailer: '/Info 25 0 R' } })
  const { checks } = inspectDocumentBytes(signed)
  expect(checks.find(({ check }) => check === 'ORIGINALITY')).toMatchObject({
    outcome: 'FAILED',
    detail: { en: 'made by ofd2pdf' },
  })
})

test('an encrypted document is refused as one that is not read, not as a broken one', () => {
  const encrypted = writePdf(onePage(), { trailer: '/Encrypt 9 0 R' })
  expect(() => inspectDocumentBytes(encrypted)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }))
})
