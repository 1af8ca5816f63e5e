import { expect, test } from 'vitest'
import { readPdf } from '../../../pki/pdf/pdf.ts'
import { codeOf } from '../../support/code.ts'
import { appendRevision, lastStartXref, onePage } from '../../support/pdf.ts'
import { PAGE_ENTRIES, signPdf } from '../../support/pdf-signing.ts'
import { evil, make, signed } from './attacked.ts'
import { couldPass, remarkable, signatureOf } from './rows.ts'

// Bytes that two readers take for two documents.

const rewritten = (options: { readonly entry: string; readonly before?: Uint8Array }) => {
  const before = options.before ?? signed
  const update = `xref\n${options.entry}trailer\n<< /Root 1 0 R /Prev ${lastStartXref(before)} >>\nstartxref\n${before.length}\n%%EOF\n`
  return Buffer.concat([before, Buffer.from(update)])
}
const entryFor = (number: number, at: number, generation = 0) =>
  `${number} 1\n${String(at).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`

test('parser differentials: an object that waits in a comment of what is signed fails when a table points at it', async () => {
  const waiting = '%4 0 obj\n<< /Length 3 >>\nstream\nbad\nendstream\nendobj\n'
  const header = Buffer.from(`%PDF-1.7\n${waiting}`)
  const document = await signPdf(appendRevision(header, onePage('Pay 100'), { previous: null }), make)
  expect(couldPass(readPdf(document))).toBe(true)
  const bytes = rewritten({ entry: entryFor(4, header.indexOf('%4 0 obj') + 1), before: document })
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES FAILED'])
  const beforeComment = rewritten({ entry: entryFor(4, header.indexOf('%4 0 obj')), before: document })
  expect(couldPass(readPdf(beforeComment))).toBe(false)
})

test('parser differentials: an object that an update moves into an object stream is the one that is looked at', () => {
  const page = `<< ${PAGE_ENTRIES.replace('4 0 R', '30 0 R')} /Annots [11 0 R] >>`
  const packed = { stream: 31, numbers: [3] }
  const bytes = appendRevision(signed, { 3: page, 30: evil }, { form: 'STREAM', packed })
  expect([remarkable(signatureOf(bytes)), signatureOf(bytes).laterChanges]).toEqual([['PDF_LATER_CHANGES FAILED'], 'CONTENT'])
})

test('parser differentials: an object of a new generation under an old number fails', () => {
  const at = signed.length
  const object = Buffer.from('4 1 obj\n<< /Length 3 >>\nstream\nbad\nendstream\nendobj\n')
  const tail = `xref\n${entryFor(4, at, 1)}trailer\n<< /Root 1 0 R /Prev ${lastStartXref(signed)} >>\nstartxref\n${at + object.length}\n%%EOF\n`
  const bytes = Buffer.concat([signed, object, Buffer.from(tail)])
  expect(remarkable(signatureOf(bytes))).toEqual(['PDF_LATER_CHANGES FAILED'])
})

test('parser differentials: a trailer, a table or another end behind the last end of the file never passes', () => {
  const table = `xref\n${entryFor(4, 9)}trailer\n<< /Root 9 0 R >>\n`
  for (const tail of [table, `${table}startxref\n`, `trailer\n<< /Root 9 0 R >>\n`, `startxref\n${signed.length}\n%%EOF\n`]) {
    const bytes = Buffer.concat([signed, Buffer.from(tail)])
    expect([tail, codeOf(() => readPdf(bytes)) ?? couldPass(readPdf(bytes))]).toEqual([
      tail,
      expect.toSatisfy((told) => told !== true),
    ])
  }
})

test('parser differentials: a dictionary with a key twice, wherever it stands in an update, never passes', () => {
  for (const objects of [
    { 1: '<< /Type /Catalog /Pages 2 0 R /Pages 9 0 R /AcroForm << /Fields [11 0 R] >> >>' },
    { 3: `<< ${PAGE_ENTRIES} /Annots [11 0 R] /Contents 9 0 R >>` },
    { 30: '<< /A 1 /A 2 >>' },
  ]) {
    const bytes = appendRevision(signed, objects)
    expect(codeOf(() => readPdf(bytes)) ?? couldPass(readPdf(bytes))).not.toBe(true)
  }
})
