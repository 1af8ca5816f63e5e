import { deflateSync } from 'node:zlib'

/** How a revision's cross-reference section is written. */
export type XrefForm = 'TABLE' | 'STREAM'

/** Objects by number: dictionaries and such as text, streams as bytes with their dictionary's text; null frees the number. */
export type PdfObjects = Readonly<Record<number, string | PdfStreamSource | null>>

export interface PdfStreamSource {
  /** What stands in the dictionary beside /Length. */
  readonly entries: string
  readonly data: Uint8Array
}

export interface RevisionOptions {
  readonly form?: XrefForm
  /** More for the trailer, `/Info 9 0 R`. */
  readonly trailer?: string
  /** The catalog; 1 unless told otherwise. */
  readonly root?: number
  /** Objects that go into an object stream of this number, which is made unless it is given; only with cross-reference streams. */
  readonly packed?: { readonly stream: number; readonly numbers: readonly number[] }
  /** /Predictor of the cross-reference stream: none or PNG up. */
  readonly predictor?: boolean
  /** Says where the section before stands, in place of where it does. */
  readonly previous?: number | null
}

/** Object numbers of the page that `onePage` makes. */
export const PAGE = { catalog: 1, pages: 2, page: 3, content: 4, font: 5 } as const

/** The objects of a document of one page that shows a text. */
export function onePage(text = 'Hello'): PdfObjects {
  return {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    4: { entries: '', data: Buffer.from(`BT /F1 24 Tf 20 100 Td (${text}) Tj ET`) },
    5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  }
}

/** A file of one revision. */
export function writePdf(objects: PdfObjects, options: RevisionOptions = {}): Uint8Array {
  return appendRevision(Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'), objects, { previous: null, ...options })
}

/** An incremental update: objects, a cross-reference section that leads back to the one before, an end marker. */
export function appendRevision(before: Uint8Array, objects: PdfObjects, options: RevisionOptions = {}): Uint8Array {
  const { form = 'TABLE', root = PAGE.catalog, trailer = '', packed } = options
  const previous = options.previous === undefined ? lastStartXref(before) : options.previous
  const parts: Buffer[] = [Buffer.from(before)]
  const rows = new Map<number, Row>()
  let position = before.length
  const write = (bytes: Buffer) => {
    parts.push(bytes)
    position += bytes.length
  }
  const inStream = new Set(packed?.numbers ?? [])
  for (const [key, source] of Object.entries(objects)) {
    const number = Number(key)
    if (source === null) rows.set(number, [0, 0, 65_535])
    else if (!inStream.has(number)) {
      rows.set(number, [1, position, 0])
      write(objectBytes(number, source))
    }
  }
  if (packed) {
    const isGiven = objects[packed.stream] !== undefined
    if (!isGiven) rows.set(packed.stream, [1, position, 0])
    packed.numbers.forEach((number, index) => {
      rows.set(number, [2, packed.stream, index])
    })
    if (!isGiven) write(objectBytes(packed.stream, objectStream(packed.numbers, objects)))
  }
  const start = position
  const rest = `/Root ${root} 0 R${previous === null ? '' : ` /Prev ${previous}`} ${trailer}`
  const size = [...rows.keys()].reduce((most, number) => Math.max(most, number + 1), sizeOf(before))
  if (form === 'TABLE') write(Buffer.from(xrefTable(rows, rest, size), 'latin1'))
  else write(xrefStream(rows, rest, start, size, options.predictor ?? false))
  write(Buffer.from(`startxref\n${start}\n%%EOF\n`))
  return Buffer.concat(parts)
}

/** The offset the last end marker names. */
export function lastStartXref(bytes: Uint8Array): number {
  const text = Buffer.from(bytes).toString('latin1')
  return Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text.slice(text.lastIndexOf('startxref')))?.[1])
}

/** One more than the highest number any revision has used. */
function sizeOf(bytes: Uint8Array): number {
  const sizes = Buffer.from(bytes)
    .toString('latin1')
    .matchAll(/\/Size (\d+)/g)
  return Math.max(1, ...[...sizes].map((match) => Number(match[1])))
}

type Row = readonly [type: number, second: number, third: number]

function objectBytes(number: number, source: string | PdfStreamSource): Buffer {
  const head = Buffer.from(`${number} 0 obj\n`)
  if (typeof source === 'string') return Buffer.concat([head, Buffer.from(`${source}\nendobj\n`, 'latin1')])
  const { entries, data } = source
  const dictionary = Buffer.from(`<< ${entries} /Length ${data.length} >>\nstream\n`, 'latin1')
  return Buffer.concat([head, dictionary, data, Buffer.from('\nendstream\nendobj\n')])
}

function objectStream(numbers: readonly number[], objects: PdfObjects): PdfStreamSource {
  const texts = numbers.map((number) => {
    const source = objects[number]
    return typeof source === 'string' ? source : ''
  })
  let offset = 0
  const header = numbers.map((number, i) => {
    const pair = `${number} ${offset}`
    offset += (texts[i]?.length ?? 0) + 1
    return pair
  })
  const first = `${header.join(' ')}\n`
  const data = deflateSync(Buffer.from(`${first}${texts.join(' ')}`, 'latin1'))
  return { entries: `/Type /ObjStm /N ${numbers.length} /First ${first.length} /Filter /FlateDecode`, data }
}

function xrefTable(rows: Map<number, Row>, rest: string, size: number): string {
  if (!rows.has(0)) rows.set(0, [0, 0, 65_535])
  const pad = (value: number, width: number) => String(value).padStart(width, '0')
  const sections = [...rows]
    .sort(([a], [b]) => a - b)
    .map(([number, [type, second, third]]) => `${number} 1\n${pad(second, 10)} ${pad(third, 5)} ${type === 1 ? 'n' : 'f'} \n`)
  return `xref\n${sections.join('')}trailer\n<< /Size ${size} ${rest} >>\n`
}

/** The stream is an object too and takes the first number that no revision has used. */
function xrefStream(rows: Map<number, Row>, rest: string, start: number, number: number, isPredicted: boolean): Buffer {
  rows.set(number, [1, start, 0])
  const sorted = [...rows].sort(([a], [b]) => a - b)
  const index = sorted.map(([n]) => `${n} 1`).join(' ')
  const table = sorted.map(([, [type, second, third]]) => {
    const row = Buffer.alloc(7)
    row.writeUInt8(type, 0)
    row.writeUInt32BE(second, 1)
    row.writeUInt16BE(third, 5)
    return row
  })
  const data = deflateSync(Buffer.concat(isPredicted ? predicted(table) : table))
  const parameters = isPredicted ? ' /DecodeParms << /Predictor 12 /Columns 7 >>' : ''
  const entries = `/Type /XRef /Size ${number + 1} /W [1 4 2] /Index [${index}] /Filter /FlateDecode${parameters} ${rest}`
  return objectBytes(number, { entries, data })
}

/** PNG up: each byte less the one above. */
function predicted(rows: readonly Buffer[]): readonly Buffer[] {
  return rows.map((row, i) => Buffer.from([2, ...row.map((byte, at) => (byte - (rows[i - 1]?.[at] ?? 0)) & 0xff)]))
}
