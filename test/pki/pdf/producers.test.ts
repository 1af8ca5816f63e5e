import { deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { readPdf } from '../../../pki/pdf/pdf.ts'
import { lastStartXref, onePage, type PdfObjects, writePdf } from '../../support/pdf.ts'
import { detached, type SignatureOptions, signPdf } from '../../support/pdf-signing.ts'
import { MADE_AT, pki } from '../../support/seals.ts'
import { couldPass, outcomeOf, remarkable, rsaSigner, signatureOf } from './rows.ts'

// How files of common writers are laid out where they differ from what the other tests make. None of it may cost a genuine file its pass.

const make = detached(pki.signer.signer, MADE_AT)
const plain = writePdf(onePage())
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const pad = (value: number, width = 10) => String(value).padStart(width, '0')

/** A file whose table leaves to a stream what older readers need not see, as word processors write it: table, then an empty table. */
function hybrid(): Uint8Array {
  const objects: PdfObjects = { ...onePage(), 7: '(in the stream only)' }
  const whole = text(writePdf(objects))
  const table = whole.indexOf('xref\n')
  const body = whole.slice(0, table)
  const offsets = Object.keys(objects).map((number) => [Number(number), body.indexOf(`${number} 0 obj`)] as const)
  const rows = offsets.map(([number, at]) => {
    const row = Buffer.alloc(8)
    row.writeUInt16BE(number, 0)
    row.writeUInt8(1, 2)
    row.writeUInt32BE(at, 3)
    return row
  })
  const index = offsets.map(([number]) => `${number} 1`).join(' ')
  const data = deflateSync(Buffer.concat(rows.map((row) => row.subarray(2)))).toString('latin1')
  const stream = `8 0 obj\n<< /Type /XRef /Size 9 /W [1 4 1] /Index [${index}] /Root 1 0 R /Filter /FlateDecode /Length ${data.length} >>\nstream\n${data}\nendstream\nendobj\n`
  const inTable = offsets.filter(([number]) => number !== 7)
  const first = `xref\n${inTable.map(([number, at]) => `${number} 1\n${pad(at)} 00000 n \n`).join('')}trailer\n<< /Size 9 /Root 1 0 R >>\n`
  const firstAt = body.length + stream.length
  const start = `${body}${stream}${first}startxref\n${firstAt}\n%%EOF\n`
  const second = `xref\n0 0\ntrailer\n<< /Size 9 /Root 1 0 R /Prev ${firstAt} /XRefStm ${body.length} >>\nstartxref\n${start.length}\n%%EOF`
  return Buffer.from(`${start}${second}`, 'latin1')
}

/** The first page's table stands at the beginning and is the one that the end of the file names (ISO 32000-2 annex F). */
function linearized(): Uint8Array {
  const objects = Object.entries(onePage()).map(([number, source]) => {
    if (typeof source === 'string') return [Number(number), `${number} 0 obj\n${source}\nendobj\n`] as const
    const { data } = source ?? { data: Buffer.from('') }
    return [Number(number), `${number} 0 obj\n<< /Length ${data.length} >>\nstream\n${text(data)}\nendstream\nendobj\n`] as const
  })
  const [late, early] = [objects.slice(0, 2), objects.slice(2)]
  const tableOf = (placed: readonly (readonly [number, number])[], rest: string) =>
    `xref\n${placed.map(([number, at]) => `${number} 1\n${pad(at)} 00000 n \n`).join('')}trailer\n<< /Size 7 /Root 1 0 R ${rest} >>\n`
  const place = (from: number, parts: readonly (readonly [number, string])[]) => {
    let at = from
    return parts.map(([number, part]) => {
      const placed = [number, at] as const
      at += part.length
      return placed
    })
  }
  const head = '%PDF-1.7\n6 0 obj\n<< /Linearized 1 >>\nendobj\n'
  const ending = 'startxref\n0\n%%EOF\n'
  const firstLength = tableOf(
    early.map(([number]) => [number, 0]),
    `/Prev ${pad(0)}`,
  ).length
  const earlyAt = head.length + firstLength + ending.length
  const length = (parts: readonly (readonly [number, string])[]) => parts.reduce((sum, [, part]) => sum + part.length, 0)
  const lateAt = earlyAt + length(early)
  const mainAt = lateAt + length(late)
  const first = tableOf(place(earlyAt, early), `/Prev ${pad(mainAt)}`)
  const main = tableOf(place(lateAt, late), '')
  const parts = [...early, ...late].map(([, part]) => part).join('')
  return Buffer.from(`${head}${first}${ending}${parts}${main}startxref\n${head.length}\n%%EOF\n`, 'latin1')
}

describe.each([
  ['a hybrid file of a word processor', hybrid()],
  ['a linearized file', linearized()],
])('%s', (_, before) => {
  test.each(['TABLE', 'STREAM'] as const)('signed and signed again by %s, it holds', async (form) => {
    expect(readPdf(before)).toMatchObject({ signatures: [], rows: [{ outcome: 'PASSED' }] })
    const signed = await signPdf(before, make, { revision: { form } })
    expect([remarkable(signatureOf(signed)), couldPass(readPdf(signed))]).toEqual([[], true])
    const twice = await signPdf(signed, detached(rsaSigner), { number: 20, name: 'Second', fields: [11], revision: { form } })
    expect(readPdf(twice).signatures.map(({ laterChanges }) => laterChanges)).toEqual(['SIGNATURE', 'NOTHING'])
    expect(couldPass(readPdf(twice))).toBe(true)
  })
})

test.each<[string, SignatureOptions]>([
  ['with zeros before its numbers', { byteRange: (range) => `[ ${range.map((number) => pad(number, 7)).join(' ')} ]` }],
  ['as far apart as it likes', { byteRange: ([a, b, c, d]) => `[${a}\r\n ${b}  ${c} ${d}]` }],
  ['of another writer’s names', { subFilter: 'KGPDF.SM2', entries: '/Prop_Build << /App << /Name /Vendor >> >>' }],
])('a signature with a /ByteRange %s holds', async (_, options) => {
  const { rows } = signatureOf(await signPdf(plain, make, options))
  expect(rows.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNKNOWN')).toEqual([])
})

test('angle brackets that are signed as well are noted; the value between them is as tight as ever', async () => {
  const signed = await signPdf(plain, make, { withBrackets: true })
  expect([remarkable(signatureOf(signed)), couldPass(readPdf(signed))]).toEqual([['PDF_BYTE_RANGE NOTE'], true])
  const without = await signPdf(plain, make, {
    withBrackets: true,
    byteRange: ([a, b, c, d]) => `[${a} ${b - 1} ${c + 1} ${d - 1}]`,
  })
  expect(outcomeOf(signatureOf(without), 'DATA_HASH')).toBe('FAILED')
})

describe('white space at the end of a file', () => {
  let ended: Uint8Array
  beforeAll(async () => {
    const tail = '\r\n \n\n'
    const placeholder = (range: readonly [number, number, number, number]) =>
      `[${range[0]} ${range[1]} ${range[2]} ${range[3] + tail.length}]`
    const grown = (content: Uint8Array) => make(Buffer.concat([content, Buffer.from(tail)]))
    ended = Buffer.concat([await signPdf(plain, grown, { byteRange: placeholder }), Buffer.from(tail)])
  })

  test('may be signed', () => {
    expect([remarkable(signatureOf(ended)), signatureOf(ended).revision]).toEqual([[], 2])
  })

  test('is no place to hide: what is put in its stead, signed or not, is told', () => {
    const at = ended.length - 3
    const changed = Uint8Array.from(ended)
    changed[at] = 0x41
    expect(outcomeOf(signatureOf(changed), 'PDF_REVISION')).toBe('FAILED')
    const appended = Buffer.concat([ended, Buffer.from('4 0 obj (bad) endobj')])
    expect(remarkable(signatureOf(appended))).toEqual(['PDF_LATER_CHANGES UNKNOWN'])
  })

  test('does not keep another signature from following', async () => {
    const twice = await signPdf(ended, detached(rsaSigner), { number: 20, name: 'Second', fields: [11] })
    expect(readPdf(twice).signatures.map(({ laterChanges }) => laterChanges)).toEqual(['SIGNATURE', 'NOTHING'])
  })
})

test('a whole file written anew with its signature in it, without any update, holds', async () => {
  const objects: PdfObjects = {
    ...onePage(),
    1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [11 0 R] /SigFlags 3 >> >>',
  }
  const header = Buffer.from('%PDF-1.4\r\n%\u00e2\u00e3\r\n', 'latin1')
  const signed = await signPdf(header, make, { objects, revision: { previous: null } })
  expect(readPdf(signed)).toMatchObject({ revisions: 1, signatures: [{ revision: 1, laterChanges: 'NOTHING' }] })
  expect([couldPass(readPdf(signed)), lastStartXref(signed) > 0]).toEqual([true, true])
})
