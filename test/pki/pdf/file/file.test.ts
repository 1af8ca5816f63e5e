import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openPdf } from '../../../../pki/pdf/file/file.ts'
import { ofKind } from '../../../../pki/pdf/syntax/value.ts'
import { codeOf } from '../../../support/code.ts'
import { appendRevision, lastStartXref, onePage, PAGE, writePdf } from '../../../support/pdf.ts'

const plain = writePdf(onePage())
const contentOf = (bytes: Uint8Array) => {
  const stream = ofKind('STREAM', openPdf(bytes).current.load(PAGE.content)?.value)
  return Buffer.from(stream?.data ?? []).toString('latin1')
}
const replaced = (bytes: Uint8Array, from: string, to: string) =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replace(from, to.padEnd(from.length)), 'latin1')
const codeFor = (bytes: Uint8Array) => codeOf(() => openPdf(bytes))

test.each([
  ['a table', {}],
  ['a stream', { form: 'STREAM' }],
  [
    'a stream with a predictor and objects in a stream',
    { form: 'STREAM', predictor: true, packed: { stream: 6, numbers: [1, 2, 3, 5] } },
  ],
] as const)('objects are found by %s', (_, options) => {
  const file = openPdf(writePdf(onePage('found'), options))
  expect(file.revisions).toMatchObject([{ number: 1, section: 0 }])
  expect(file.current.load(PAGE.page)?.value).toMatchObject({ kind: 'DICTIONARY' })
  expect(contentOf(file.bytes)).toContain('(found)')
  expect(file.current.load(99)).toBeNull()
})

test('an update replaces and frees objects, and every revision can still be seen', () => {
  const updated = appendRevision(plain, { 4: { entries: '', data: Buffer.from('new') }, 5: null })
  const file = openPdf(updated)
  expect(file.revisions.map(({ number, section, marker }) => [number, section, marker.endOfLine])).toEqual([
    [1, 1, plain.length],
    [2, 0, updated.length],
  ])
  expect([contentOf(updated), file.current.load(5)]).toEqual(['new', null])
  expect(file.viewFrom(1).load(5)).not.toBeNull()
})

test('an object that no section names does not exist, wherever it stands', () => {
  const stray = Buffer.from('4 0 obj\n<< /Length 3 >>\nstream\nbad\nendstream\nendobj\n')
  const updated = appendRevision(Buffer.concat([plain, stray]), { 9: '(x)' }, { previous: lastStartXref(plain) })
  expect(contentOf(updated)).toContain('(Hello)')
})

test('a reference of another generation leads to nothing', () => {
  const { current } = openPdf(plain)
  expect([current.load(3, 0), current.load(3, 1)]).toMatchObject([{ number: 3 }, null])
})

test('a /Length may be an object of its own', () => {
  const text = '%PDF-1.7\n4 0 obj\n<< /Length 7 0 R >>\nstream\nabc\nendstream\nendobj\n7 0 obj 3 endobj\n'
  const start = text.length
  const rows = [
    [4, text.indexOf('4 0 obj')],
    [7, text.indexOf('7 0 obj')],
  ].map(([n, at]) => `${n} 1\n${String(at).padStart(10, '0')} 00000 n \n`)
  const whole = `${text}xref\n${rows.join('')}trailer\n<< /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`
  expect(contentOf(Buffer.from(whole))).toBe('abc')
})

test('a linearized file is one revision although it has two sections', () => {
  const first = '%PDF-1.7\n1 0 obj << >> endobj\n'
  const table = (number: number, at: number, rest: string) =>
    `xref\n${number} 1\n${String(at).padStart(10, '0')} 00000 n \ntrailer\n<< /Root 1 0 R ${rest} >>\n`
  const firstTable = (previous: string) => table(1, 9, `/Prev ${previous}`)
  const second = first.length + firstTable('0000').length + 'startxref\n0\n%%EOF\n'.length
  const object = '2 0 obj 5 endobj\n'
  const at = second + object.length
  const bytes = `${first}${firstTable(String(at).padStart(4, '0'))}startxref\n0\n%%EOF\n${object}${table(2, second, '')}startxref\n${first.length}\n%%EOF\n`
  const file = openPdf(Buffer.from(bytes))
  expect([file.sections.length, file.revisions.length]).toEqual([2, 1])
  expect(file.current.load(2)?.value).toBe(5)
})

/** A hybrid file: object 7 is hidden from the table and stands in the stream. */
function hybrid(inTable: string): Uint8Array {
  const head = '%PDF-1.7\n1 0 obj << >> endobj\n7 0 obj (hidden) endobj\n'
  const row = Buffer.alloc(7)
  row.writeUInt8(1, 0)
  row.writeUInt32BE(head.indexOf('7 0 obj'), 1)
  const data = deflateSync(row).toString('latin1')
  const stream = `8 0 obj\n<< /Type /XRef /Size 9 /W [1 4 2] /Index [7 1] /Filter /FlateDecode /Length ${data.length} >>\nstream\n${data}\nendstream\nendobj\n`
  const tail = `xref\n1 1\n0000000009 00000 n \n7 1\n${inTable} \ntrailer\n<< /Root 1 0 R /XRefStm ${head.length} >>\nstartxref\n${head.length + stream.length}\n%%EOF\n`
  return Buffer.from(head + stream + tail, 'latin1')
}

test('a hybrid file shows what its table hides, and is refused where table and stream disagree', () => {
  expect(openPdf(hybrid('0000000000 65535 f')).current.load(7)?.value).toMatchObject({ kind: 'STRING' })
  expect(codeFor(hybrid('0000000009 00000 n'))).toBe('STRUCTURE')
})

test('an encrypted document is refused as such', () => {
  expect(codeFor(writePdf(onePage(), { trailer: '/Encrypt 9 0 R' }))).toBe('UNSUPPORTED')
  expect(codeFor(appendRevision(writePdf(onePage(), { trailer: '/Encrypt 9 0 R' }), { 9: '1' }))).toBe('UNSUPPORTED')
})

test('a chain that comes back to itself is refused', () => {
  const loop = appendRevision(plain, { 9: '1' }, { previous: plain.length + '9 0 obj\n1\nendobj\n'.length })
  expect(codeFor(loop)).toBe('STRUCTURE')
})

test('a chain longer than the limit is refused', () => {
  let bytes = plain
  for (let i = 0; i < 256; i++) bytes = appendRevision(bytes, { 9: `${i}` })
  expect(codeFor(bytes)).toBe('TOO_LARGE')
})

test('one section that names an object twice is refused', () => {
  const doubled = replaced(plain, '5 1\n', '4 1\n')
  expect(codeFor(doubled)).toBe('STRUCTURE')
})

test('another object where one should be is refused, not searched for', () => {
  const moved = replaced(plain, '4 0 obj', '6 0 obj')
  expect(codeOf(() => openPdf(moved).current.load(4))).toBe('STRUCTURE')
})

test.each<[string, Uint8Array]>([
  ['no header', replaced(plain, '%PDF-1.7', '%XDF-1.7')],
  ['bytes before the header', Buffer.concat([Buffer.from('\n'), plain])],
  ['no end marker', plain.subarray(0, plain.length - 7)],
  ['no startxref', replaced(plain, 'startxref', 'startxxxx')],
  ['startxref to nowhere', replaced(plain, `startxref\n${lastStartXref(plain)}`, 'startxref\n9999')],
  ['a negative /Prev', writePdf(onePage(), { trailer: '/Prev -5' })],
  ['/Prev past the end', writePdf(onePage(), { trailer: '/Prev 999999' })],
  ['/Prev into an object', writePdf(onePage(), { trailer: '/Prev 20' })],
])('a file with %s is refused', (_, bytes) => {
  expect(codeFor(bytes)).toBe('STRUCTURE')
})

test('a file over 50 MiB is refused before it is read', () => {
  expect(codeFor(new Uint8Array(50 * 1024 * 1024 + 1))).toBe('TOO_LARGE')
})

test('a compressed bomb in an object stream is refused within bounds', () => {
  const data = deflateSync(Buffer.alloc(200 * 1024 * 1024))
  const objects = { ...onePage(), 6: { entries: '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', data } }
  const bytes = writePdf(objects, { form: 'STREAM', packed: { stream: 6, numbers: [9] } })
  expect(bytes.length).toBeLessThan(300_000)
  expect(codeOf(() => openPdf(bytes).current.load(9))).toBe('TOO_LARGE')
})

test('an object stream that is no object of the file, or lies in itself, is refused', () => {
  for (const stream of [9, 77]) {
    const bytes = writePdf({ ...onePage(), 77: '1' }, { form: 'STREAM', packed: { stream, numbers: [9] } })
    expect(codeOf(() => openPdf(bytes).current.load(9))).toBe('STRUCTURE')
  }
})

test('an object of another number at its place in an object stream is refused', () => {
  const data = deflateSync(Buffer.from('8 0 (other)'))
  const stream = { entries: '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', data }
  const holding = (number: number) =>
    openPdf(writePdf({ ...onePage(), 6: stream }, { form: 'STREAM', packed: { stream: 6, numbers: [number] } })).current
  expect(holding(8).load(8)?.value).toMatchObject({ kind: 'STRING' })
  expect(codeOf(() => holding(9).load(9))).toBe('STRUCTURE')
  expect(codeOf(() => holding(9).referencesOf(9))).toBe('STRUCTURE')
})

test('an object in a stream has no other generation than 0', () => {
  const { current } = openPdf(writePdf(onePage(), { form: 'STREAM', packed: { stream: 6, numbers: [5] } }))
  expect([current.load(5, 0), current.load(5, 1)]).toMatchObject([{ number: 5 }, null])
})

/** Only a cross-reference stream, with its rows, for object 4 of a file. */
function withRows(widths: string, row: readonly number[]): Uint8Array {
  const data = deflateSync(Uint8Array.from(row))
  const head = '%PDF-1.7\n4 0 obj (found) endobj\n'
  const entries = `/Type /XRef /Size 5 /Index [4 1] /W [${widths}] /Filter /FlateDecode /Root 1 0 R`
  const stream = `6 0 obj\n<< ${entries} /Length ${data.length} >>\nstream\n${data.toString('latin1')}\nendstream\nendobj\n`
  return Buffer.from(`${head}${stream}startxref\n${head.length}\n%%EOF\n`, 'latin1')
}

test('a row without a type is of one that stands in the file, one of an unknown type is nothing', () => {
  const valueIn = (bytes: Uint8Array) => openPdf(bytes).current.load(4)?.value ?? null
  expect(valueIn(withRows('0 1 1', [9, 0]))).toMatchObject({ kind: 'STRING' })
  expect(valueIn(withRows('1 1 1', [1, 9, 0]))).toMatchObject({ kind: 'STRING' })
  expect([valueIn(withRows('1 1 1', [0, 9, 0])), valueIn(withRows('1 1 1', [3, 9, 0]))]).toEqual([null, null])
})

test.each<[string, readonly number[]]>([
  ['0 0 0', []],
  ['1 1', [1, 9]],
  ['1 1 1 1', [1, 9, 0, 0]],
  ['1 9 1', [1, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0]],
  ['1 1 1', [1, 9]],
  ['1 1 1', [1, 9, 0, 0]],
  ['1 -1 1', [1, 9, 0]],
])('a cross-reference stream of widths %s with the row %j is refused', (widths, row) => {
  expect(codeFor(withRows(widths, row))).toBe('STRUCTURE')
})

test('a cross-reference stream that says more rows than the limit is refused before they are made', () => {
  const stream = {
    entries: '/Type /XRef /Size 600000 /W [1 4 2] /Filter /FlateDecode /Root 1 0 R',
    data: deflateSync(Buffer.alloc(4_200_000)),
  }
  const bytes = writePdf({ 6: stream })
  const text = Buffer.from(bytes).toString('latin1')
  const cut = Buffer.concat([
    bytes.subarray(0, text.indexOf('xref\n')),
    Buffer.from(`startxref\n${text.indexOf('6 0 obj')}\n%%EOF\n`),
  ])
  expect(codeFor(cut)).toBe('TOO_LARGE')
})

test('a stream with another filter, or with its data elsewhere, is not read', () => {
  for (const entries of [
    '/Filter /LZWDecode',
    '/Filter [/FlateDecode /FlateDecode]',
    '/F (x)',
    '/Filter /FlateDecode /DecodeParms << /Predictor 9 >>',
  ]) {
    const stream = { entries: `/Type /XRef /Size 1 /W [1 4 2] /Root 1 0 R ${entries}`, data: deflateSync(Buffer.alloc(7)) }
    const text = Buffer.from(writePdf({ 6: stream })).toString('latin1')
    const cut = `${text.slice(0, text.indexOf('xref\n'))}startxref\n${text.indexOf('6 0 obj')}\n%%EOF\n`
    expect([entries, codeFor(Buffer.from(cut, 'latin1'))]).toEqual([entries, 'UNSUPPORTED'])
  }
})
