import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PkiError } from '../../../pki/error.ts'
import { openPdf } from '../../../pki/pdf/file/file.ts'
import { type PdfReading, readPdf } from '../../../pki/pdf/pdf.ts'
import { coveredBytes } from '../../../pki/pdf/signature/byte-range.ts'
import type { PdfValue } from '../../../pki/pdf/syntax/value.ts'
import { makeSignature } from '../../../pki/ses/make-signature.ts'
import { appendRevision, onePage, type PdfObjects, writePdf } from '../../support/pdf.ts'
import { detached, PAGE_ENTRIES, signPdf } from '../../support/pdf-signing.ts'
import { MADE_AT, pki, sealOf } from '../../support/seals.ts'
import { couldPass, rsaSigner } from './rows.ts'

const packed = { stream: 6, numbers: [1, 2, 3, 5] }
const room = 1400
const byTable = await signPdf(writePdf(onePage()), detached(rsaSigner, MADE_AT), { room })
const byStream = await signPdf(
  writePdf(onePage(), { form: 'STREAM', packed, predictor: true }),
  detached(pki.signer.signer, MADE_AT),
  {
    room,
    revision: { form: 'STREAM' },
  },
)
const seal = await sealOf('SES_V4')
const sealed = await signPdf(
  writePdf(onePage()),
  (content) => makeSignature({ seal, content, protects: 'PDF', signedAt: MADE_AT }, pki.signer.signer),
  { room: 4096 },
)
const twice = await signPdf(byTable, detached(pki.signer.signer), { number: 20, name: 'Second', fields: [11], room })
const archived = appendRevision(byStream, { 40: '(x)' }, { form: 'STREAM' })
const stored = appendRevision(byTable, {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R] /SigFlags 3 >> /DSS << /Certs [61 0 R] /VRI << /A << >> >> >> >>',
  61: { entries: '', data: pki.ca.certificate },
})
const documents: readonly Uint8Array[] = [byTable, byStream, sealed, twice, archived, stored]

/** The reading, or null for what is refused with a code; anything else thrown fails the test. */
function readOrNull(bytes: Uint8Array): PdfReading | null {
  try {
    return readPdf(bytes)
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}

function passes(bytes: Uint8Array): boolean {
  const reading = readOrNull(bytes)
  return reading !== null && couldPass(reading)
}

const document = fc.constantFrom(...documents)
const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('no changed byte under a signature leaves it holding', () => {
  for (const bytes of documents) expect(passes(bytes)).toBe(true)
  fc.assert(
    fc.property(document, fc.nat(1), position, fc.integer({ min: 1, max: 255 }), (original, which, at, by) => {
      const { signatures } = readPdf(original)
      const range = signatures[which % signatures.length]?.range
      if (!range) expect.unreachable('every signature has its range')
      const index = Math.floor(at * (range.end - range.valueEnd + range.valueStart))
      const offset = index < range.valueStart ? index : index - range.valueStart + range.valueEnd
      const bytes = Uint8Array.from(original)
      bytes[offset] = (bytes[offset] ?? 0) ^ by
      expect(passes(bytes)).toBe(false)
    }),
    { numRuns: 1500 },
  )
})

type Edit = readonly [at: number, kind: string, value: number, text: string]
const tokens = fc.constantFrom(
  'endobj',
  'obj',
  'stream',
  'xref',
  'startxref',
  '%%EOF',
  '/Prev 0',
  '<<',
  '>>',
  '[',
  ']',
  '0 R',
  '(',
  ')',
  '<',
  '>',
  '9999999999',
  '-1',
  '4 0 obj',
  'trailer',
  '/Contents',
  '/Kids',
  '\n',
  ' ',
)
const edits = fc.array(
  fc.tuple(position, fc.constantFrom('SET', 'CUT', 'INSERT', 'DOUBLE', 'MOVE', 'TOKEN'), fc.nat(255), tokens),
  { minLength: 1, maxLength: 6 },
)

function mutate(bytes: Uint8Array, all: readonly Edit[]): Uint8Array {
  return all.reduce((current, [position, kind, value, token]) => {
    const at = Math.floor(position * current.length)
    const [before, after] = [current.subarray(0, at), current.subarray(at)]
    if (kind === 'CUT') return Buffer.concat([before, after.subarray(value)])
    if (kind === 'INSERT') return Buffer.concat([before, Uint8Array.of(value), after])
    if (kind === 'DOUBLE') return Buffer.concat([before, after.subarray(0, value * 4), after])
    if (kind === 'MOVE') return Buffer.concat([before, after.subarray(value), after.subarray(0, value)])
    if (kind === 'TOKEN') return Buffer.concat([before, Buffer.from(token), after.subarray(token.length)])
    return Buffer.concat([before, Uint8Array.of(value), after.subarray(1)])
  }, bytes)
}

const signedContents = new Set(
  documents.flatMap((bytes) =>
    readPdf(bytes).signatures.flatMap(({ range }) => (range ? textOf(coveredBytes(bytes, range)) : [])),
  ),
)

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

test('mutated files are refused with a code or read, and what passes covers what was signed', () => {
  fc.assert(
    fc.property(document, edits, (original, all) => {
      const bytes = mutate(original, all)
      const reading = readOrNull(bytes)
      if (!reading || !couldPass(reading)) return
      for (const { range } of reading.signatures)
        expect(range && signedContents.has(textOf(coveredBytes(bytes, range)))).toBe(true)
    }),
    { numRuns: 4000 },
  )
})

test('arbitrary bytes after a header are refused with a code', () => {
  const word = fc.oneof(
    tokens,
    fc.string({ maxLength: 6 }),
    fc.constantFrom('/Type /XRef', '/W [1 1 1]', '/Root 1 0 R', '9', '10', '1 0'),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      expect(passes(Buffer.from(`%PDF-1.7\n${words.join(' ')}\nstartxref\n9\n%%EOF`))).toBe(false)
    }),
    { numRuns: 1500 },
  )
})

/** Everything that is shown, by a walk of its own: from the catalog on, but for form, annotations and archive data. */
function shown(bytes: Uint8Array): string {
  const { current } = openPdf(bytes)
  const seen = new Set<number>()
  const write = (value: PdfValue): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (value.kind === 'ARRAY') return value.items.map(write)
    if (value.kind === 'NAME') return value.name
    if (value.kind === 'STRING') return textOf(value.bytes)
    if (value.kind === 'REFERENCE') {
      if (seen.has(value.number)) return `→${value.number}`
      seen.add(value.number)
      return write(current.load(value.number, value.generation)?.value ?? null)
    }
    const entries = [...value.entries].filter(([key]) => !['AcroForm', 'DSS', 'Metadata', 'Extensions', 'Annots'].includes(key))
    const data = value.kind === 'STREAM' ? textOf(value.data) : null
    return [data, entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, write(item)])]
  }
  return JSON.stringify(write(current.trailer.get('Root') ?? null))
}

const catalog = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R] /SigFlags 3 >>'
const body = fc.constantFrom<PdfObjects[number]>(
  null,
  '(x)',
  `${catalog} >>`,
  `${catalog} /DSS 40 0 R >>`,
  `${catalog} /OpenAction 40 0 R >>`,
  `${catalog} /Pages 41 0 R >>`.replace('/Pages 2 0 R ', ''),
  `<< ${PAGE_ENTRIES} /Annots [11 0 R] >>`,
  `<< ${PAGE_ENTRIES} /Annots [11 0 R 40 0 R] >>`,
  `<< ${PAGE_ENTRIES.replace('4 0 R', '40 0 R')} /Annots [11 0 R] >>`,
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Pages /Kids [40 0 R] /Count 1 >>',
  '<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V 10 0 R /Rect [0 0 0 0] /F 132 /P 3 0 R >>',
  '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  { entries: '', data: Buffer.from('BT ET') },
)
const number = fc.constantFrom(1, 2, 3, 4, 5, 10, 11, 40, 41)
const update = fc.record({
  objects: fc.array(fc.tuple(number, body), { maxLength: 4 }),
  form: fc.constantFrom('TABLE' as const, 'STREAM' as const),
  root: fc.constantFrom(1, 1, 1, 40),
  stray: fc.constantFrom('', '', '\n\n', '% comment\n', '4 0 obj (x) endobj\n'),
})

test('whatever updates follow, a file that still passes shows what was signed', () => {
  const original = shown(byTable)
  let passed = 0
  fc.assert(
    fc.property(fc.array(update, { minLength: 1, maxLength: 3 }), (updates) => {
      const bytes = updates.reduce<Uint8Array>((before, { objects, form, root, stray }) => {
        const after = appendRevision(before, Object.fromEntries(objects), { form, root })
        return Buffer.concat([after, Buffer.from(stray)])
      }, byTable)
      if (!passes(bytes)) return
      passed++
      expect(shown(bytes)).toBe(original)
    }),
    { numRuns: 1500 },
  )
  expect(passed).toBeGreaterThan(20)
})
