import { expect, test } from 'vitest'
import type { ChangeLevel } from '../../../../pki/pdf/changes/change-list.ts'
import { readPdf } from '../../../../pki/pdf/pdf.ts'
import { appendRevision, onePage, type PdfObjects, writePdf } from '../../../support/pdf.ts'
import { detached, type SignatureOptions, signPdf } from '../../../support/pdf-signing.ts'
import { MADE_AT, pki } from '../../../support/seals.ts'
import { assemble, signerInfo } from '../../cms/surgery.ts'
import { outcomeOf, rsaSigner, signatureOf } from '../rows.ts'

const make = detached(pki.signer.signer, MADE_AT)
const EMPTY = '/Type /Annot /Subtype /Widget /FT /Sig /T (empty) /P 3 0 R'
const stream = (text: string) => ({ entries: '', data: Buffer.from(text) })

const objects: PdfObjects = {
  ...onePage(),
  21: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (text) /Rect [10 10 90 30] /P 3 0 R >>',
  23: `<< ${EMPTY} /Rect [0 0 0 0] /AP << /N 26 0 R >> >>`,
  26: stream('empty'),
  50: '<< /Helv 51 0 R >>',
  51: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
  52: stream('<xdp/>'),
  53: '<< /JavaScript 54 0 R >>',
  54: '<< /Names [(a) << /S /JavaScript /JS (x) >>] >>',
  55: '<< /Type /StructTreeRoot /K 56 0 R >>',
  56: '<< /S /Document >>',
  57: '<< /T (group) /Kids [58 0 R] >>',
  58: '<< /FT /Tx /T (inner) /Parent 57 0 R >>',
}
const form = '/Fields [21 0 R 23 0 R 57 0 R 11 0 R] /SigFlags 3 /DR << /Font 50 0 R >>'
const catalog = (entries: string) =>
  `<< /Type /Catalog /Pages 2 0 R /AcroForm << ${entries} >> /Names 53 0 R /StructTreeRoot 55 0 R >>`
const signedWith = (entries: string) =>
  signPdf(writePdf({ ...objects, 1: catalog(entries) }), make, { annotations: [21, 23], objects: { 1: catalog(entries) } })
const signed = await signedWith(form)
const signedInXml = await signedWith(`${form} /XFA 52 0 R`)

test.each<[string, ChangeLevel, PdfObjects]>([
  ['scripts that the catalog leads to', 'CONTENT', { 54: '<< /Names [(a) << /S /JavaScript /JS (y) >>] >>' }],
  ['the tree of what is read aloud', 'UNCLEAR', { 56: '<< /S /Other >>' }],
  ['a font that fields are drawn with', 'FORM', { 51: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>' }],
  ['the appearance of an empty signature field', 'UNCLEAR', { 26: stream('signed') }],
  ['a field that only holds others', 'UNCLEAR', { 57: '<< /T (group) /V (x) /Kids [58 0 R] >>' }],
  ['a field inside another', 'FORM', { 58: '<< /FT /Tx /T (inner) /Parent 57 0 R /V (x) >>' }],
  ['nothing', 'ARCHIVE', {}],
])('%s that changes without the object that names it is told: %s', (_, level, update) => {
  expect(signatureOf(appendRevision(signed, update)).laterChanges).toBe(level)
})

test('a form in XML that changes without the form is told: CONTENT', () => {
  expect(signatureOf(appendRevision(signedInXml, { 52: stream('<other/>') })).laterChanges).toBe('CONTENT')
})

test('a field written directly into the form that is filled in is told: UNCLEAR', async () => {
  const direct = (value: string) => form.replace('/Fields [', `/Fields [<< /FT /Tx /T (direct) ${value} >> `)
  const before = await signedWith(direct(''))
  expect(signatureOf(appendRevision(before, { 60: '(x)' })).laterChanges).toBe('ARCHIVE')
  expect(signatureOf(appendRevision(before, { 1: catalog(direct('/V (x)')) })).laterChanges).toBe('UNCLEAR')
  expect(signatureOf(appendRevision(before, { 1: catalog(form) })).laterChanges).toBe('UNCLEAR')
})

test.each<[string, SignatureOptions, ChangeLevel]>([
  ['holds', {}, 'SIGNATURE'],
  ['has a dictionary that is wrong', { type: 'Page' }, 'ANNOTATION'],
  ['announces another value', { subFilter: 'ETSI.RFC3161' }, 'ANNOTATION'],
])('a further signature that %s (%j) counts for what it is', async (_, options, level) => {
  const twice = await signPdf(signed, detached(rsaSigner), {
    number: 40,
    name: 'Second',
    annotations: [21, 23, 11],
    objects: { 1: catalog(form.replace('11 0 R', '11 0 R 41 0 R')) },
    ...options,
  })
  expect(readPdf(twice).signatures.find(({ field }) => field === 'Signature1')?.laterChanges).toBe(level)
})

test('a further signature that cannot be verified excuses nothing', async () => {
  const withoutCertificate = async (content: Uint8Array) =>
    assemble({
      content: null,
      certificates: [],
      signerInfos: [await signerInfo(content, pki.signer.signer, {})],
    })
  const twice = await signPdf(signed, withoutCertificate, {
    number: 40,
    name: 'Second',
    annotations: [21, 23, 11],
    objects: { 1: catalog(form.replace('11 0 R', '11 0 R 41 0 R')) },
  })
  const [first, second] = ['Signature1', 'Second'].map((name) => readPdf(twice).signatures.find(({ field }) => field === name))
  expect([first?.laterChanges, second && outcomeOf(second, 'SIGNATURE_VALUE')]).toEqual(['ANNOTATION', 'UNKNOWN'])
})

test.each<[string, string, ChangeLevel]>([
  ['nothing else', `${EMPTY} /Rect [0 0 0 0] /AP << /N 26 0 R >>`, 'SIGNATURE'],
  ['its place', `${EMPTY} /Rect [0 0 200 200] /AP << /N 26 0 R >>`, 'UNCLEAR'],
  ['an action', `${EMPTY} /Rect [0 0 0 0] /AP << /N 26 0 R >> /A << /S /JavaScript /JS (x) >>`, 'UNCLEAR'],
  ['its name', `${EMPTY.replace('(empty)', '(other)')} /Rect [0 0 0 0] /AP << /N 26 0 R >>`, 'UNCLEAR'],
])('a field left empty that is signed and changed in %s', async (_, entries, level) => {
  const twice = await signPdf(signed, detached(rsaSigner), {
    number: 40,
    annotations: null,
    objects: { 1: catalog(form), 23: `<< ${entries} /V 40 0 R /F 132 >>`, 41: '(unused)' },
  })
  expect(readPdf(twice).signatures.find(({ field }) => field === 'Signature1')?.laterChanges).toBe(level)
})

test.each<[string, ChangeLevel]>([
  ['[5 5 5 5]', 'SIGNATURE'],
  ['[0 0 9 0]', 'SIGNATURE'],
  ['[0 0 9 9]', 'STAMP'],
  ['[0 0 0 0 9]', 'STAMP'],
  ['[0 0]', 'STAMP'],
  ['[(x) 0 (x) 9]', 'STAMP'],
])('a signature in a new field of extent %s is %s', async (rect, level) => {
  const twice = await signPdf(signed, detached(rsaSigner), {
    number: 40,
    name: 'Second',
    rect,
    annotations: [21, 23, 11],
    objects: { 1: catalog(form.replace('11 0 R', '11 0 R 41 0 R')) },
  })
  expect(readPdf(twice).signatures.find(({ field }) => field === 'Signature1')?.laterChanges).toBe(level)
})
