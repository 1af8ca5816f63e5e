import { beforeAll, expect, test } from 'vitest'
import { readPdf } from '../../../../pki/pdf/pdf.ts'
import { appendRevision, onePage, type PdfObjects, writePdf } from '../../../support/pdf.ts'
import { detached, PAGE_ENTRIES, signPdf } from '../../../support/pdf-signing.ts'
import { MADE_AT, pki } from '../../../support/seals.ts'
import { couldPass, outcomeOf, remarkable, rsaSigner, signatureOf } from '../rows.ts'

const make = detached(pki.signer.signer, MADE_AT)
const plain = writePdf(onePage())
const withoutForm = '<< /Type /Catalog /Pages 2 0 R >>'
const DOUBT = ['PDF_SIGNATURE_FIELD UNKNOWN']
let signed: Uint8Array
beforeAll(async () => {
  signed = await signPdf(plain, make)
})

test('a sound signature that stands on a page and in no form is found, and a doubt for that alone', async () => {
  const bytes = await signPdf(plain, make, { objects: { 1: withoutForm } })
  const reading = readPdf(bytes)
  expect(reading.signatures).toMatchObject([{ field: 'Signature1', kind: 'SIGNED_DATA', revision: 2, laterChanges: 'NOTHING' }])
  expect([remarkable(signatureOf(bytes)), couldPass(reading)]).toEqual([DOUBT, false])
})

test('it is found as well with a form that lists other fields, written directly into the page, or told by its ancestors', async () => {
  const other = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [21 0 R] >> >>'
  const listed = await signPdf(plain, make, { objects: { 1: other, 21: '<< /FT /Tx /T (text) >>' } })
  const direct = await signPdf(plain, make, {
    annotations: null,
    objects: { 1: withoutForm, 3: `<< ${PAGE_ENTRIES} /Annots [<< /Subtype /Widget /FT /Sig /T (direct) /V 10 0 R >>] >>` },
  })
  const inherited = await signPdf(plain, make, {
    objects: { 1: withoutForm, 11: '<< /Subtype /Widget /Parent 12 0 R >>', 12: '<< /FT /Sig /T (above) /V 10 0 R >>' },
  })
  expect([listed, direct, inherited].map((bytes) => [signatureOf(bytes).field, remarkable(signatureOf(bytes))])).toEqual([
    ['Signature1', DOUBT],
    ['direct', DOUBT],
    ['above', DOUBT],
  ])
})

test('a signature of the form is told once, however many pages show it', () => {
  const page = { 3: `<< ${PAGE_ENTRIES} /Annots [11 0 R 11 0 R] >>` }
  expect(readPdf(appendRevision(signed, page)).signatures.length).toBe(1)
})

test('a widget that is added outside the form excuses nothing: it is an annotation to the signature before it', async () => {
  const form = '/AcroForm << /Fields [11 0 R] /SigFlags 3 >>'
  const options = { number: 30, name: 'Stray', fields: [11], objects: { 1: `<< /Type /Catalog /Pages 2 0 R ${form} >>` } }
  const twice = await signPdf(signed, detached(rsaSigner), options)
  expect(readPdf(twice).signatures.map((one) => [one.field, one.laterChanges, remarkable(one)])).toEqual([
    ['Signature1', 'ANNOTATION', ['PDF_LATER_CHANGES UNKNOWN']],
    ['Stray', 'NOTHING', DOUBT],
  ])
})

test('the certifying signature that only /Perms names is found; usage rights are told and are no signature', async () => {
  const certified = await signPdf(plain, make, {
    annotations: null,
    objects: { 1: '<< /Type /Catalog /Pages 2 0 R /Perms << /DocMDP 10 0 R /UR3 10 0 R >> >>' },
  })
  const reading = readPdf(certified)
  expect(reading.signatures.map((one) => [one.field, remarkable(one)])).toEqual([['/Perms', DOUBT]])
  expect(remarkable(reading)).toEqual(['PDF_USAGE_RIGHTS NOTE'])
  const proper = await signPdf(plain, make, { catalogEntries: '/Perms << /DocMDP 10 0 R >>' })
  expect([readPdf(proper).signatures.length, couldPass(readPdf(proper))]).toEqual([1, true])
})

test.each<[string, PdfObjects]>([
  ['a page tree that comes back to itself', { 2: '<< /Type /Pages /Kids [3 0 R 50 0 R] >>', 50: '<< /Kids [2 0 R] >>' }],
  ['an annotation that can be read in two ways', { 50: '<< /A 1 /A 2 >>', 3: `<< ${PAGE_ENTRIES} /Annots [11 0 R 50 0 R] >>` }],
  ['a list of annotations that is none', { 3: `<< ${PAGE_ENTRIES} /Annots 5 >>` }],
  [
    'a field among its own ancestors',
    { 3: `<< ${PAGE_ENTRIES} /Annots [50 0 R] >>`, 50: '<< /Subtype /Widget /Parent 50 0 R >>' },
  ],
])('%s leaves the document in doubt, for a signature may be hidden there', async (_, objects) => {
  const bytes = await signPdf(plain, make, { annotations: null, objects })
  expect(readPdf(bytes).rows).toMatchObject([{ check: 'PDF_FORMAT', outcome: 'UNKNOWN' }])
  expect(outcomeOf(signatureOf(bytes), 'PDF_SIGNATURE_FIELD')).toBe('PASSED')
})

test('a type or name that stands in an object of its own says the same', async () => {
  const objects = { 11: '<< /FT 50 0 R /T 51 0 R /V 10 0 R >>', 50: '/Sig', 51: '(elsewhere)' }
  expect(signatureOf(await signPdf(plain, make, { objects })).field).toBe('elsewhere')
})
