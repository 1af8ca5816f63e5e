import { expect, test } from 'vitest'
import { readPdf } from '../../../pki/pdf/pdf.ts'
import { codeOf } from '../../support/code.ts'
import { appendRevision, lastStartXref, onePage, PAGE, type PdfObjects, writePdf } from '../../support/pdf.ts'
import { PAGE_ENTRIES, signPdf } from '../../support/pdf-signing.ts'
import { evil, make, plain, signed, text } from './attacked.ts'
import { couldPass, outcomeOf, remarkable, signatureOf } from './rows.ts'

// Universal forgery, incremental saving and signature wrapping: Mladenov et al., CCS 2019.

const replaced = (bytes: Uint8Array, from: string | RegExp, to: string) => Buffer.from(text(bytes).replace(from, to), 'latin1')
const sameLength = (bytes: Uint8Array, from: string, to: string) => replaced(bytes, from, to.padEnd(from.length))

test('the file that is attacked passes', () => {
  expect(couldPass(readPdf(signed))).toBe(true)
})

type Range = readonly [number, number, number, number]

test.each<[string, (range: Range) => string]>([
  ['is missing', () => 'null'],
  ['is empty', () => '[]'],
  ['is no array', () => '0'],
  ['is a reference', () => '99 0 R'],
  ['has three numbers', ([a, b, c]) => `[${a} ${b} ${c}]`],
  ['has three ranges', ([a, b, c, d]) => `[${a} ${b} ${c} 1 ${c + 1} ${d - 1}]`],
  ['has zeros only', () => '[0 0 0 0]'],
  ['has negative numbers', ([a, b, c]) => `[${a} ${b} ${c} -1]`],
  ['has a negative start', ([, b, c, d]) => `[-1 ${b} ${c} ${d}]`],
  ['has numbers too large', ([a, b, c]) => `[${a} ${b} ${c} 99999999999]`],
  ['has numbers that overflow', ([a, b, c]) => `[${a} ${b} ${c} 4294967296]`],
  ['has fractions', ([a, b, c, d]) => `[${a} ${b} ${c} ${d - 1}.5]`],
  ['does not begin at the first byte', ([, b, c, d]) => `[1 ${b - 1} ${c} ${d}]`],
  ['overlaps', ([a, b, c, d]) => `[${a} ${c} ${b} ${d + c - b}]`],
  ['leaves a gap before the value', ([a, b, c, d]) => `[${a} ${b - 1} ${c} ${d}]`],
  ['leaves a gap behind the value', ([a, b, c, d]) => `[${a} ${b} ${c + 1} ${d - 1}]`],
  ['signs one angle bracket of the two', ([a, b, c, d]) => `[${a} ${b + 1} ${c} ${d}]`],
  ['covers the value', ([a, b, c, d]) => `[${a} ${b} ${b} ${d + c - b}]`],
])('universal forgery: a byte range that %s fails', async (_, byteRange) => {
  const bytes = await signPdf(plain, make, { byteRange })
  expect([outcomeOf(signatureOf(bytes), 'PDF_BYTE_RANGE'), couldPass(readPdf(bytes))]).toEqual(['FAILED', false])
})

test('a byte range that stops short of the end of its revision fails', async () => {
  const bytes = await signPdf(plain, make, { byteRange: ([a, b, c, d]) => `[${a} ${b} ${c} ${d - 20}]` })
  expect(outcomeOf(signatureOf(bytes), 'PDF_REVISION')).toBe('FAILED')
})

test.each([
  ['/Contents', '/Xontents'],
  ['/ByteRange', '/XyteRange'],
  ['/Filter /Adobe.PPKLite', '/Xilter /Adobe.PPKLite'],
  ['/Type /Sig', '/Type /Xig'],
])('universal forgery: a dictionary with %s taken away fails', (from, to) => {
  expect(couldPass(readPdf(sameLength(signed, from, to)))).toBe(false)
})

test.each(['(', '<<', 'null', '99 0 R'])('universal forgery: /Contents that is “%s…” fails', (start) => {
  const at = text(signed).indexOf('/Contents <') + '/Contents '.length
  const end = text(signed).indexOf('>', at) + 1
  const filler = start === '(' ? `(${'0'.repeat(end - at - 2)})` : start === '<<' ? '<< >>' : start
  const bytes = Buffer.from(text(signed).slice(0, at) + filler.padEnd(end - at) + text(signed).slice(end), 'latin1')
  expect(couldPass(readPdf(bytes))).toBe(false)
  expect(remarkable(signatureOf(bytes))).toContain('PDF_BYTE_RANGE FAILED')
})

test('a dictionary with two /Contents or two /ByteRange is no dictionary', async () => {
  for (const entries of ['/Contents <00>', '/#43ontents <00>', '/ByteRange [0 1 2 3]']) {
    const bytes = await signPdf(plain, make, { entries })
    expect(remarkable(signatureOf(bytes))).toEqual(['PDF_SIGNATURE_DICTIONARY FAILED', 'SIGNATURE_FORMAT FAILED'])
  }
})

test('bytes other than zeros behind the value are found', () => {
  const at = text(signed).indexOf('>', text(signed).indexOf('/Contents <'))
  const bytes = Buffer.from(signed)
  bytes.write('41', at - 2)
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_SIGNATURE_DICTIONARY FAILED'])
})

test('a signature dictionary in an object stream, where its bytes cannot be told, fails', async () => {
  const dictionary = text(signed).slice(
    text(signed).indexOf('10 0 obj') + 9,
    text(signed).indexOf('endobj', text(signed).indexOf('10 0 obj')),
  )
  const objects = {
    ...onePage(),
    10: dictionary,
    11: '<< /FT /Sig /T (S) /V 10 0 R >>',
    1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R] >> >>',
  }
  const bytes = writePdf(objects, { form: 'STREAM', packed: { stream: 20, numbers: [10] } })
  expect(remarkable(signatureOf(bytes))).toEqual(
    expect.arrayContaining(['PDF_SIGNATURE_DICTIONARY FAILED', 'PDF_BYTE_RANGE FAILED']),
  )
})

test('incremental saving: an update that replaces the page’s content fails, however it is written', () => {
  for (const form of ['TABLE', 'STREAM'] as const) {
    const bytes = appendRevision(signed, { [PAGE.content]: evil }, { form })
    expect([remarkable(signatureOf(bytes)), signatureOf(bytes).laterChanges]).toEqual([['PDF_LATER_CHANGES FAILED'], 'CONTENT'])
  }
})

test('incremental saving: an object that is appended without cross-reference is shown by no strict reader and still told', () => {
  const stray = Buffer.from('4 0 obj\n<< /Length 3 >>\nstream\nbad\nendstream\nendobj\n')
  for (const tail of ['', 'startxref\n0\n%%EOF\n', 'trailer\n<< /Root 1 0 R >>\n']) {
    const bytes = Buffer.concat([signed, stray, Buffer.from(tail)])
    if (tail.startsWith('startxref')) expect(codeOf(() => readPdf(bytes))).toBe('STRUCTURE')
    else expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES UNKNOWN'])
  }
})

test('incremental saving: an unreferenced object beside a harmless update is told', () => {
  const stray = Buffer.from('4 0 obj\n<< /Length 3 >>\nstream\nbad\nendstream\nendobj\n')
  const bytes = appendRevision(Buffer.concat([signed, stray]), { 30: '(x)' }, { previous: lastStartXref(signed) })
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES UNKNOWN'])
})

test('incremental saving: an object in a comment for readers that search is told', () => {
  const bytes = appendRevision(
    Buffer.concat([signed, Buffer.from('% 4 0 obj (bad) endobj\n')]),
    { 30: '(x)' },
    { previous: lastStartXref(signed) },
  )
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES UNKNOWN'])
})

test('incremental saving: one number for two appended objects is told', () => {
  const first = Buffer.from('30 0 obj\n(bad)\nendobj\n')
  const bytes = appendRevision(Buffer.concat([signed, first]), { 30: '(x)' }, { previous: lastStartXref(signed) })
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES UNKNOWN'])
})

test('incremental saving: a chain that passes by the signed revision fails', () => {
  const bytes = appendRevision(signed, { [PAGE.content]: evil }, { previous: lastStartXref(plain) })
  expect(readPdf(bytes).signatures).toEqual([])
  const field = { 1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R] >> >>', 11: '<< /FT /Sig /T (S) /V 10 0 R >>' }
  const at = text(signed).indexOf('10 0 obj')
  const withField = text(appendRevision(signed, { ...field, 10: '(here)' }, { previous: lastStartXref(plain) }))
  const entry = /10 1\n\d{10}/
  const table = withField.lastIndexOf('xref\n', withField.lastIndexOf('startxref') - 1)
  const pointed = withField.slice(0, table) + withField.slice(table).replace(entry, `10 1\n${String(at).padStart(10, '0')}`)
  expect(outcomeOf(signatureOf(Buffer.from(pointed, 'latin1')), 'PDF_REVISION')).toBe('FAILED')
})

test('a cross-reference chain that loops through the signed revision is refused', () => {
  const update = appendRevision(signed, {})
  const bytes = sameLength(update, `/Prev ${lastStartXref(signed)}`, `/Prev ${lastStartXref(update)}`)
  expect(codeOf(() => readPdf(bytes))).toBe('STRUCTURE')
})

test('signature wrapping: signed bytes moved behind new ones fail', () => {
  const original = text(signed)
  const at = original.indexOf('/Contents <') + '/Contents '.length
  const end = original.indexOf('>', at) + 1
  const tail = original.slice(end)
  const inserted = `/X (${'x'.repeat(200)}) >>\nendobj\n4 0 obj\n<< /Length 3 >>\nstream\nbad\nendstream\nendobj\n40 0 obj\n<< /Y 1`
  const moved = end + inserted.length
  const range = `/ByteRange [0 ${at} ${moved} ${tail.length}]`
  const wrapped = (original.slice(0, end) + inserted + tail).replace(/\/ByteRange \[0 \d+ \d+ \d+\] */, (found) =>
    range.padEnd(found.length),
  )
  const shifted = wrapped
    .replace(/11 1\n(\d{10})/, (_, offset) => `11 1\n${String(Number(offset) + inserted.length).padStart(10, '0')}`)
    .replace(/startxref\n\d+\n%%EOF\n$/, `startxref\n${lastStartXref(signed) + inserted.length}\n%%EOF\n`)
  expect(remarkable(signatureOf(Buffer.from(shifted, 'latin1')))).toContain('PDF_BYTE_RANGE FAILED')
})

test('signature wrapping: a copy of the dictionary in a later update is not the signature', () => {
  const original = text(signed)
  const start = original.indexOf('10 0 obj') + '10 0 obj\n'.length
  const dictionary = original.slice(start, original.indexOf('endobj', start))
  const bytes = appendRevision(signed, { 10: dictionary.trimEnd(), [PAGE.content]: evil })
  expect(remarkable(signatureOf(bytes))).toContain('PDF_BYTE_RANGE FAILED')
  const other = appendRevision(signed, { 10: `${dictionary.trimEnd()} ` })
  expect(remarkable(signatureOf(other))).toContain('PDF_BYTE_RANGE FAILED')
})

test('one signature under two fields covers for neither the second field nor its appearance', () => {
  const objects: PdfObjects = {
    1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R 31 0 R] /SigFlags 3 >> >>',
    3: `<< ${PAGE_ENTRIES} /Annots [11 0 R 31 0 R] >>`,
    31: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Copy) /V 10 0 R /Rect [0 0 200 200] /AP << /N 32 0 R >> /P 3 0 R >>',
    32: { entries: '/Type /XObject /Subtype /Form /BBox [0 0 200 200]', data: Buffer.from('0 0 200 200 re f') },
  }
  const reading = readPdf(appendRevision(signed, objects))
  expect(reading.signatures.map(({ laterChanges }) => laterChanges)).toEqual(['ANNOTATION', 'ANNOTATION'])
  expect(couldPass(reading)).toBe(false)
})

test('the signature is taken out of the form: what is left is unsigned or in doubt, never passed', () => {
  const bytes = appendRevision(signed, { 1: '<< /Type /Catalog /Pages 2 0 R >>' })
  expect(remarkable(signatureOf(bytes))).toContain('PDF_SIGNATURE_FIELD UNKNOWN')
  const gone = appendRevision(signed, { 1: '<< /Type /Catalog /Pages 2 0 R >>', 3: `<< ${PAGE_ENTRIES} >>` })
  expect(readPdf(gone).signatures).toEqual([])
})
