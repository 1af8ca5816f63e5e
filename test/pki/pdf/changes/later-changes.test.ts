import { expect, test } from 'vitest'
import type { ChangeLevel } from '../../../../pki/pdf/changes/change-list.ts'
import { readPdf } from '../../../../pki/pdf/pdf.ts'
import { appendRevision, onePage, PAGE, type PdfObjects, writePdf } from '../../../support/pdf.ts'
import { detached, PAGE_ENTRIES, type SignatureOptions, signPdf } from '../../../support/pdf-signing.ts'
import { MADE_AT, pki } from '../../../support/seals.ts'
import { testTimeStampToken } from '../../../support/signed-time-stamp.ts'
import { couldPass, outcomeOf, remarkable, rsaSigner, signatureOf } from '../rows.ts'

const make = detached(pki.signer.signer, MADE_AT)
const FORM = { fields: [21, 23] }
/** A page with a text field, an empty signature field, an annotation, and Info. */
const objects: PdfObjects = {
  ...onePage(),
  21: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (text) /Rect [10 10 90 30] /AP << /N 22 0 R >> /P 3 0 R >>',
  22: { entries: '/Type /XObject /Subtype /Form /BBox [0 0 80 20]', data: Buffer.from('') },
  23: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (empty) /Rect [0 0 0 0] /P 3 0 R >>',
  24: '<< /Type /Annot /Subtype /Text /Rect [100 100 120 120] /Contents (note) >>',
  25: '<< /Title (old) >>',
}
const docMdp = (level: number | null, more = '') =>
  level === null
    ? ''
    : `/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /P ${level} /V /1.2 >> >> ${more}]`

/** Signed with DocMDP of a level, or without. */
function signedAt(level: number | null, more?: string): Promise<Uint8Array> {
  const options: SignatureOptions = {
    ...FORM,
    annotations: [21, 23, 24],
    entries: docMdp(level, more),
    revision: { trailer: '/Info 25 0 R' },
  }
  return signPdf(writePdf(objects, { trailer: '/Info 25 0 R' }), make, options)
}

const catalog = (fields: string, more = '') =>
  `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [21 0 R 23 0 R 11 0 R ${fields}] /SigFlags 3 >> ${more} >>`
const page = (annotations: string) => `<< ${PAGE_ENTRIES} /Annots [21 0 R 23 0 R 24 0 R 11 0 R ${annotations}] >>`
const INFO = { trailer: '/Info 25 0 R' }

const text = objects[21] as string
const signedField = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V 10 0 R /Rect [0 0 0 0] /F 132 /P 3 0 R'

type Outcomes = readonly [none: string, p1: string, p2: string, p3: string]
const NOTE_ALWAYS: Outcomes = ['NOTE', 'NOTE', 'NOTE', 'NOTE']
const FAILED_ALWAYS: Outcomes = ['FAILED', 'FAILED', 'FAILED', 'FAILED']
const UNKNOWN_ALWAYS: Outcomes = ['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN']
const FORM_FILLED: Outcomes = ['UNKNOWN', 'FAILED', 'NOTE', 'NOTE']
const ANNOTATED: Outcomes = ['UNKNOWN', 'FAILED', 'FAILED', 'UNKNOWN']

// biome-ignore format: a table
const CHANGES: readonly (readonly [string, PdfObjects, ChangeLevel, Outcomes])[] = [
  ['nothing',                             {},                                                        'ARCHIVE',    NOTE_ALWAYS],
  ['objects written again as they were',  { 3: page(''), 5: onePage()[5] ?? '' },                    'ARCHIVE',    NOTE_ALWAYS],
  ['an object that nothing refers to',    { 60: '(x)' },                                             'ARCHIVE',    NOTE_ALWAYS],
  ['a security store',                    { 1: catalog('', '/DSS << /Certs [60 0 R] >>'), 60: '1' }, 'ARCHIVE',    NOTE_ALWAYS],
  ['document information',                { 25: '<< /Title (new) >>' },                              'ARCHIVE',    NOTE_ALWAYS],
  ['a later version of the format',       { 1: catalog('', '/Version /2.0') },                       'ARCHIVE',    NOTE_ALWAYS],
  ['the order of going through fields',   { 3: page('').replace('/Parent', '/Tabs /S /Parent') },    'ARCHIVE',    NOTE_ALWAYS],
  ['metadata',                            { 1: catalog('', '/Metadata 60 0 R'), 60: '1' },           'ARCHIVE',    NOTE_ALWAYS],
  ['a field filled in',                   { 21: text.replace('/T', '/V (x) /T') },                   'FORM',       FORM_FILLED],
  ['the appearance of a field',           { 22: { entries: '', data: Buffer.from('x') } },           'FORM',       FORM_FILLED],
  ['resources of the form',               { 1: catalog('').replace('/SigFlags 3', '/SigFlags 3 /DR << >>') }, 'FORM', FORM_FILLED],
  ['an annotation',                       { 3: page('60 0 R'), 60: objects[24] ?? '' },              'ANNOTATION', ANNOTATED],
  ['an annotation in the page itself',    { 3: page('<< /Subtype /Text >>') },                       'ANNOTATION', ANNOTATED],
  ['an annotation changed',               { 24: '<< /Subtype /Stamp >>' },                           'ANNOTATION', ANNOTATED],
  ['an annotation removed',               { 3: `<< ${PAGE_ENTRIES} /Annots [21 0 R 23 0 R 11 0 R] >>` }, 'ANNOTATION', ANNOTATED],
  ['an annotation freed',                 { 24: null },                                              'ANNOTATION', ANNOTATED],
  ['a new text field',                    { 1: catalog('60 0 R'), 60: '<< /FT /Tx /T (new) >>' },    'ANNOTATION', ANNOTATED],
  ['a new empty signature field',         { 1: catalog('60 0 R'), 60: '<< /FT /Sig /T (new) >>' },   'ANNOTATION', ANNOTATED],
  ['a field moved',                       { 21: text.replace('10 10 90 30', '0 0 200 200') },        'UNCLEAR',    UNKNOWN_ALWAYS],
  ['an empty signature field changed',    { 23: (objects[23] as string).replace('/T', '/AP << >> /T') }, 'UNCLEAR', UNKNOWN_ALWAYS],
  ['a field removed',                     { 1: catalog('').replace('21 0 R', '') },                  'UNCLEAR',    UNKNOWN_ALWAYS],
  ['the form told to draw anew',          { 1: catalog('').replace('/SigFlags 3', '/SigFlags 3 /NeedAppearances true') }, 'UNCLEAR', UNKNOWN_ALWAYS],
  ['a form in XML',                       { 1: catalog('').replace('/SigFlags 3', '/SigFlags 3 /XFA 60 0 R'), 60: '1' }, 'CONTENT', FAILED_ALWAYS],
  ['the signed field changed',            { 11: `${signedField} /AP << /N 22 0 R >> >>` },           'CONTENT',    FAILED_ALWAYS],
  ['the page’s content',                  { 4: { entries: '', data: Buffer.from('x') } },            'CONTENT',    FAILED_ALWAYS],
  ['the page’s content freed',            { 4: null },                                               'CONTENT',    FAILED_ALWAYS],
  ['the page’s resources',                { 3: page('').replace('/F1 5 0 R', '/F1 6 0 R') },         'CONTENT',    FAILED_ALWAYS],
  ['the page turned',                     { 3: page('').replace('/Parent', '/Rotate 180 /Parent') }, 'CONTENT',    FAILED_ALWAYS],
  ['the page freed',                      { 3: null },                                               'CONTENT',    FAILED_ALWAYS],
  ['another page',                        { 2: '<< /Type /Pages /Kids [3 0 R 60 0 R] /Count 2 >>', 60: `<< ${PAGE_ENTRIES} >>` }, 'CONTENT', FAILED_ALWAYS],
  ['layers',                              { 1: catalog('', '/OCProperties << >>') },                 'CONTENT',    FAILED_ALWAYS],
  ['an action on opening',                { 1: catalog('', '/OpenAction << /S /JavaScript /JS (x) >>') }, 'CONTENT', FAILED_ALWAYS],
  ['embedded files and scripts',          { 1: catalog('', '/Names << >>') },                        'CONTENT',    FAILED_ALWAYS],
]

const LEVELS = [null, 1, 2, 3] as const
const documents = new Map<number | null, Uint8Array>()
for (const level of LEVELS) documents.set(level, await signedAt(level))

test.each(CHANGES)(
  '%s, added after signing, is told for what it is and weighed by what the signer allows',
  (_, update, level, outcomes) => {
    for (const form of ['TABLE', 'STREAM'] as const) {
      const told = LEVELS.map((allowed) => {
        const bytes = appendRevision(documents.get(allowed) ?? new Uint8Array(), update, { ...INFO, form })
        const reading = signatureOf(bytes)
        expect(reading.laterChanges).toBe(level)
        expect(couldPass(readPdf(bytes))).toBe(outcomeOf(reading, 'PDF_LATER_CHANGES') === 'NOTE')
        return outcomeOf(reading, 'PDF_LATER_CHANGES')
      })
      expect(told).toEqual(outcomes)
    }
  },
)

test('white space after the last end marker is nothing', async () => {
  const signed = await signedAt(null)
  for (const tail of ['\n', '\r\n\r\n', ' \0\0\0'])
    expect(remarkable(signatureOf(Buffer.concat([signed, Buffer.from(tail)])))).toEqual([])
})

test('several updates count for the worst of them', async () => {
  const first = appendRevision(await signedAt(2), { 4: { entries: '', data: Buffer.from('x') } }, INFO)
  const last = appendRevision(first, { 25: '<< >>' }, INFO)
  expect([signatureOf(last).laterChanges, readPdf(last).revisions]).toEqual(['CONTENT', 4])
})

test('content that was changed and changed back is as it was signed', async () => {
  const changed = appendRevision(await signedAt(null), { 4: { entries: '', data: Buffer.from('x') } }, INFO)
  const back = appendRevision(changed, { 4: onePage()[4] ?? '' }, INFO)
  expect(signatureOf(back).laterChanges).toBe('ARCHIVE')
})

test.each<[string, string, string]>([
  ['all', '/Action /All', 'FAILED'],
  ['the one', '/Action /Include /Fields [(text)]', 'FAILED'],
  ['the one among others', '/Action /Include /Fields [(te) (text)]', 'FAILED'],
  ['another', '/Action /Include /Fields [(te) (other)]', 'NOTE'],
  ['all but the one', '/Action /Exclude /Fields [(text)]', 'NOTE'],
  ['all but another', '/Action /Exclude /Fields [(other)]', 'FAILED'],
  ['something that cannot be read', '/Action /Include /Fields [5]', 'FAILED'],
  ['in a way nobody knows', '/Action /Some', 'FAILED'],
])('where a signer locks %s of the fields, filling one in weighs by that', async (_, parameters, outcome) => {
  const signed = await signedAt(2, `<< /TransformMethod /FieldMDP /TransformParams << ${parameters} >> >>`)
  const filled = appendRevision(signed, { 21: text.replace('/T', '/V (x) /T') }, INFO)
  expect(outcomeOf(signatureOf(filled), 'PDF_LATER_CHANGES')).toBe(outcome)
  const drawn = appendRevision(signed, { 22: { entries: '', data: Buffer.from('x') } }, INFO)
  expect(outcomeOf(signatureOf(drawn), 'PDF_LATER_CHANGES')).toBe(outcome)
})

test('a lock on the field permits no more than it says', async () => {
  const locked = (lock: string) =>
    signPdf(writePdf(objects), make, { ...FORM, annotations: [21, 23, 24], fieldEntries: `/Lock << ${lock} >>` })
  const levels = await Promise.all(['/Action /All /P 1', '/Action /All /P 2', '/Action /All', '/P (x)'].map(locked))
  expect(levels.map((bytes) => signatureOf(bytes).permissions.level)).toEqual([1, 2, null, 1])
})

test('permissions that cannot be read allow nothing, those left out are the standard’s', async () => {
  const levelOf = async (reference: string) => {
    const signed = await signPdf(writePdf(objects), make, { ...FORM, entries: `/Reference ${reference}` })
    return signatureOf(signed).permissions.level
  }
  expect(await levelOf('[<< /TransformMethod /DocMDP >>]')).toBe(2)
  expect(await levelOf('[<< /TransformMethod /DocMDP /TransformParams << >> >>]')).toBe(2)
  for (const odd of [
    '5',
    '[5]',
    '[<< /TransformMethod /DocMDP /TransformParams 5 >>]',
    '[<< /TransformMethod /DocMDP /TransformParams << /P 9 >> >>]',
  ])
    expect([odd, await levelOf(odd)]).toEqual([odd, 1])
  expect(await levelOf('[]')).toBeNull()
})

const second = { number: 30, name: 'Second', fields: [21, 23, 11], annotations: [21, 23, 24, 11], revision: INFO }

test('a further signature is noted on the first, and forbidden where the first allows nothing', async () => {
  for (const [level, outcome] of [
    [null, 'NOTE'],
    [1, 'FAILED'],
    [2, 'NOTE'],
    [3, 'NOTE'],
  ] as const) {
    const twice = await signPdf(await signedAt(level), detached(rsaSigner), second)
    const [first, last] = [signatureOf(twice, 0), signatureOf(twice, 1)]
    const [a, b] = first.field === 'Second' ? [last, first] : [first, last]
    expect([a.laterChanges, outcomeOf(a, 'PDF_LATER_CHANGES'), b.laterChanges]).toEqual(['SIGNATURE', outcome, 'NOTHING'])
    expect([a.revision, b.revision]).toEqual([2, 3])
  }
})

test('signing a field that was left empty for it is a further signature', async () => {
  const filled = await signPdf(await signedAt(null), detached(rsaSigner), {
    number: 40,
    annotations: null,
    revision: INFO,
    objects: {
      1: catalog(''),
      23: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (empty) /Rect [0 0 0 0] /P 3 0 R /V 40 0 R /F 132 >>',
      41: '(unused)',
    },
  })
  const readings = readPdf(filled).signatures
  expect(readings.map((reading) => [reading.field, reading.laterChanges])).toEqual([
    ['empty', 'NOTHING'],
    ['Signature1', 'SIGNATURE'],
  ])
})

test('a further signature that does not hold excuses nothing', async () => {
  const broken = await signPdf(await signedAt(null), async () => new Uint8Array(8), second)
  expect(
    readPdf(broken)
      .signatures.map(({ laterChanges }) => laterChanges)
      .sort(),
  ).toEqual(['ANNOTATION', 'NOTHING'])
})

test('the appearance of a further signature, changed after that signature, counts against both', async () => {
  const twice = await signPdf(await signedAt(null), detached(rsaSigner), {
    ...second,
    fieldEntries: '/AP << /N 32 0 R >>',
    objects: { 32: { entries: '', data: Buffer.from('a') } },
  })
  expect(couldPass(readPdf(twice))).toBe(true)
  const covered = appendRevision(twice, { 32: { entries: '', data: Buffer.from('b') } }, INFO)
  expect(
    readPdf(covered)
      .signatures.map(({ laterChanges }) => laterChanges)
      .sort(),
  ).toEqual(['ANNOTATION', 'CONTENT'])
})

test('content changed between two signatures counts against the first alone', async () => {
  const changed = appendRevision(await signedAt(null), { 4: { entries: '', data: Buffer.from('x') } }, INFO)
  const twice = await signPdf(changed, detached(rsaSigner), second)
  const byField = Object.fromEntries(readPdf(twice).signatures.map(({ field, laterChanges }) => [field, laterChanges]))
  expect(byField).toEqual({ Signature1: 'CONTENT', Second: 'NOTHING' })
})

test('a document time-stamp that is added later is allowed even where nothing is', async () => {
  const authority = pki.issue('时间戳机构', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] })
  const stamp = async (content: Uint8Array) => testTimeStampToken({ stamped: content, authority, genTime: MADE_AT })
  const stamped = await signPdf(await signedAt(1), stamp, { ...second, subFilter: 'ETSI.RFC3161', type: 'DocTimeStamp' })
  const first = readPdf(stamped).signatures.find(({ field }) => field === 'Signature1')
  expect([first?.laterChanges, first && outcomeOf(first, 'PDF_LATER_CHANGES')]).toEqual(['ARCHIVE', 'NOTE'])
})

const authority = pki.issue('时间戳机构', { extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] })
const stamp = async (content: Uint8Array) => testTimeStampToken({ stamped: content, authority, genTime: MADE_AT })
const APPEARANCE = { fieldEntries: '/AP << /N 32 0 R >>', objects: { 32: { entries: '/BBox [0 0 0 0]', data: Buffer.from('') } } }

test('a document time-stamp with an appearance that takes up no room shows nothing', async () => {
  const options = { ...second, ...APPEARANCE, subFilter: 'ETSI.RFC3161', type: 'DocTimeStamp' }
  const first = readPdf(await signPdf(await signedAt(1), stamp, options)).signatures.find(({ field }) => field === 'Signature1')
  expect([first?.laterChanges, first && outcomeOf(first, 'PDF_LATER_CHANGES')]).toEqual(['ARCHIVE', 'NOTE'])
})

test('a further signature that shows brings resources for its form, which nothing else there is drawn with', async () => {
  const plain = await signPdf(writePdf(onePage()), make)
  const form = '/AcroForm << /Fields [11 0 R 31 0 R] /SigFlags 3 /DA (/Helv 0 Tf) /DR << /Font << /Helv 5 0 R >> >> >>'
  const twice = await signPdf(plain, detached(rsaSigner), {
    number: 30,
    name: 'Second',
    fields: [11],
    rect: '[10 10 90 50]',
    objects: { 1: `<< /Type /Catalog /Pages 2 0 R ${form} >>` },
  })
  expect([signatureOf(twice).laterChanges, couldPass(readPdf(twice))]).toEqual(['STAMP', true])
})

test('the logical structure is not what is seen: changed, it is a doubt', async () => {
  const tagged: PdfObjects = {
    ...objects,
    1: '<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 70 0 R >>',
    70: '<< /Type /StructTreeRoot /K 71 0 R >>',
    71: '<< /S /Document /P 70 0 R >>',
  }
  const signed = await signPdf(writePdf(tagged), make, { ...FORM, catalogEntries: '/StructTreeRoot 70 0 R' })
  const retold = appendRevision(signed, { 71: '<< /S /Document /P 70 0 R /ActualText (other) >>' })
  expect(remarkable(signatureOf(retold))).toEqual(['PDF_LATER_CHANGES UNKNOWN'])
})

test('a later update that cannot be read is a doubt, never nothing', async () => {
  const bytes = appendRevision(await signedAt(null), { 60: '<< /A 1 /A 2 >>' }, INFO)
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES UNKNOWN'])
})

test('the page is looked at whatever the page is called', async () => {
  expect(PAGE.page).toBe(3)
  const nested: PdfObjects = {
    ...objects,
    2: '<< /Type /Pages /Kids [50 0 R] /Count 1 >>',
    50: '<< /Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1 >>',
  }
  const signed = await signPdf(writePdf(nested), make, { ...FORM, page: PAGE_ENTRIES.replace('2 0 R', '50 0 R') })
  expect(signatureOf(appendRevision(signed, { 50: '<< /Kids [3 0 R] /Rotate 90 >>' })).laterChanges).toBe('CONTENT')
})
