import { expect, test } from 'vitest'
import { readPdf } from '../../../pki/pdf/pdf.ts'
import { appendRevision, lastStartXref, onePage, PAGE, type PdfObjects, writePdf } from '../../support/pdf.ts'
import { PAGE_ENTRIES, signPdf } from '../../support/pdf-signing.ts'
import { evil, make, signed, text } from './attacked.ts'
import { couldPass, remarkable, signatureOf } from './rows.ts'

// Shadow attacks: Mainka et al., NDSS 2021. What was signed had the other document in it.

/** What the signer saw covers what lies below it; a hidden second page content waits unreferenced. */
const prepared: PdfObjects = {
  ...onePage('Pay 100'),
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents [4 0 R 7 0 R] /Resources << /Font << /F1 5 0 R >> /XObject << /Cover 6 0 R >> >> >>',
  6: { entries: '/Type /XObject /Subtype /Form /BBox [0 0 200 200]', data: Buffer.from('1 g 0 0 200 200 re f') },
  7: { entries: '', data: Buffer.from('/Cover Do') },
  8: evil,
  9: '<< /Type /Catalog /Pages 12 0 R >>',
}
const PREPARED_PAGE =
  '/Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents [4 0 R 7 0 R] /Resources << /Font << /F1 5 0 R >> /XObject << /Cover 6 0 R >> >>'

const signPrepared = (objects: PdfObjects = prepared) => signPdf(writePdf(objects), make, { page: PREPARED_PAGE })

test('shadow, hide: freeing the object that covers the page fails', async () => {
  const bytes = appendRevision(await signPrepared(), { 6: null })
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES FAILED'])
})

test('shadow, replace: a cross-reference that points the page’s content at a hidden object fails', async () => {
  const document = await signPrepared()
  const start = document.length
  const at = String(text(document).indexOf('8 0 obj')).padStart(10, '0')
  const update = `xref\n4 1\n${at} 00000 n \ntrailer\n<< /Root 1 0 R /Prev ${lastStartXref(document)} >>\nstartxref\n${start}\n%%EOF\n`
  const asIs = Buffer.concat([document, Buffer.from(update)])
  expect(remarkable(signatureOf(asIs))).toEqual(['PDF_LATER_CHANGES UNKNOWN'])
  const twin = await signPrepared({ ...prepared, 4: evil })
  expect(couldPass(readPdf(twin))).toBe(true)
})

test('shadow, replace: an older object of the same number, come to again, fails', async () => {
  const document = await signPdf(
    appendRevision(writePdf({ ...onePage(), [PAGE.content]: evil }), { ...onePage('Pay 100') }),
    make,
  )
  const at = String(text(document).indexOf('4 0 obj')).padStart(10, '0')
  const update = `xref\n4 1\n${at} 00000 n \ntrailer\n<< /Root 1 0 R /Prev ${lastStartXref(document)} >>\nstartxref\n${document.length}\n%%EOF\n`
  const bytes = Buffer.concat([document, Buffer.from(update)])
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES FAILED'])
})

test('shadow, hide and replace: another catalog fails', async () => {
  const document = await signPrepared()
  const bytes = appendRevision(document, { 12: '<< /Type /Pages /Kids [] /Count 0 >>' }, { root: 9 })
  expect(readPdf(bytes).signatures).toEqual([])
  const form = '/AcroForm << /Fields [11 0 R] /SigFlags 3 >>'
  const kept = appendRevision(document, { 13: `<< /Type /Catalog /Pages 2 0 R ${form} >>` }, { root: 13 })
  expect(remarkable(signatureOf(kept))).toEqual(['PDF_LATER_CHANGES FAILED'])
})

test('shadow, replace: an object that the page named and that did not exist fails when it appears', async () => {
  const page = PAGE_ENTRIES.replace('/Contents 4 0 R', '/Contents [4 0 R 77 0 R]')
  const document = await signPdf(writePdf({ ...onePage(), 3: `<< ${page} >>` }), make, { page })
  expect(couldPass(readPdf(document))).toBe(true)
  expect(remarkable(signatureOf(appendRevision(document, { 77: evil })))).toEqual(['PDF_LATER_CHANGES FAILED'])
})

test('shadow, replace: a font that is put in the place of another fails', () => {
  const bytes = appendRevision(signed, { [PAGE.font]: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>' })
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES FAILED'])
})

test('shadow: what is both a field and part of the page counts as the page', async () => {
  const page = PAGE_ENTRIES.replace('<< /F1 5 0 R >>', '21 0 R')
  const objects: PdfObjects = { ...onePage(), 3: `<< ${page} >>`, 21: '<< /FT /Tx /T (a) /F1 5 0 R >>' }
  const document = await signPdf(writePdf(objects), make, {
    page,
    fields: [21],
    entries: '/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /P 2 >> >>]',
  })
  const bytes = appendRevision(document, { 5: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>' })
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES FAILED'])
})

test('an object stream of the signed revision that is replaced takes with it all that it holds', async () => {
  const packed = { stream: 6, numbers: [1, 2, 3, 5] }
  const document = await signPdf(writePdf(onePage(), { form: 'STREAM', packed }), make, { revision: { form: 'STREAM' } })
  const again = writePdf({ ...onePage(), 5: '<< /BaseFont /Symbol >>' }, { form: 'STREAM', packed })
  const source = text(again).slice(text(again).indexOf('6 0 obj'))
  const entries = /<< (.*?) \/Length/.exec(source)?.[1] ?? ''
  const length = Number(/\/Length (\d+)/.exec(source)?.[1])
  const start = source.indexOf('stream\n') + 'stream\n'.length
  const data = Buffer.from(source.slice(start, start + length), 'latin1')
  const bytes = appendRevision(document, { 6: { entries, data } }, { form: 'STREAM' })
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES FAILED'])
})
