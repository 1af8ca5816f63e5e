import { expect, test } from 'vitest'
import { PkiError } from '../../../pki/error.ts'
import { readArchive } from '../../../pki/zip/archive.ts'
import { expand } from '../../../pki/zip/expand.ts'
import { block, type PlannedArchive, type PlannedEntry, zipOf } from '../../support/zip.ts'

const A: PlannedEntry = { name: 'a.xml', content: Buffer.from('<a/>'.repeat(40)) }
const B: PlannedEntry = { name: 'b/b.bin', content: Uint8Array.of(1, 2, 3), method: 0 }
const LINK = (0o120777 << 16) >>> 0
const FOLDER = (0o040755 << 16) >>> 0

const read = (bytes: Uint8Array) =>
  readArchive(bytes, 1_000).map((entry) => [entry.name, Buffer.from(expand(entry)).toString('latin1')])
const contentsOf = (archive: PlannedArchive) =>
  archive.entries.map(({ name, content }) => [name.toString(), Buffer.from(content ?? []).toString('latin1')])

function codeOf(bytes: Uint8Array): string | null {
  try {
    read(bytes)
    return null
  } catch (error) {
    if (error instanceof PkiError) return error.code
    throw error
  }
}

test.each<[string, PlannedArchive]>([
  ['is empty', { entries: [] }],
  ['stores one file and deflates another', { entries: [A, B] }],
  ['tells sizes behind the data', { entries: [{ ...A, descriptor: 'signed' }, B] }],
  ['tells sizes behind the data without a signature', { entries: [A, { ...B, descriptor: 'bare' }] }],
  ['holds sizes of 64 bits', { entries: [{ ...A, zip64: true }, B], zip64: true }],
  [
    'tells sizes of 64 bits behind the data',
    {
      entries: [
        { ...A, zip64: true, descriptor: 'signed' },
        { ...B, zip64: true, descriptor: 'bare' },
      ],
    },
  ],
  ['has a comment', { entries: [A, B], comment: Buffer.from('KRC') }],
  [
    'has times and padding in its extra fields',
    { entries: [{ ...A, extra: block(0x5455, new Uint8Array(5)), localExtra: Uint8Array.of(0, 0, 0) }, B] },
  ],
  [
    'was made on Unix with folders of their own',
    {
      entries: [
        { name: 'b/', method: 0, madeOn: 3, attributes: FOLDER },
        { ...B, madeOn: 3 },
      ],
    },
  ],
  ['deflates a folder to nothing', { entries: [{ name: 'b/', descriptor: 'signed' }, B] }],
])('an archive that %s reads as it was written', (_, archive) => {
  expect(read(zipOf(archive))).toEqual(contentsOf(archive))
})

test('entries come in the order of the directory, wherever their data lies', () => {
  expect(read(zipOf({ entries: [A, B], order: [1, 0] })).map(([name]) => name)).toEqual([B.name, A.name])
})

test.each<[string, PlannedArchive]>([
  ['bytes before it', { entries: [A], before: Buffer.from('MZ') }],
  ['bytes behind it', { entries: [A], behind: Uint8Array.of(0) }],
  ['bytes between two entries', { entries: [{ ...A, gap: Uint8Array.of(0) }, B] }],
  ['bytes between the entries and the directory', { entries: [A, { ...B, gap: Uint8Array.of(0) }] }],
  ['bytes behind compressed data', { entries: [{ ...A, padding: Uint8Array.of(0) }] }],
  ['a whole entry that the directory does not name', { entries: [A, B], order: [0] }],
  ['one entry named twice in the directory', { entries: [A, B], order: [0, 0] }],
  ['an archive in its comment', { entries: [A], comment: zipOf({ entries: [B] }) }],
  ['an end record in its comment', { entries: [A], comment: zipOf({ entries: [] }) }],
  ['a name that its headers write differently', { entries: [{ ...A, local: { name: 'c.xml' } }] }],
  ['a method that its headers state differently', { entries: [{ ...A, local: { method: 0 } }] }],
  ['flags that its headers state differently', { entries: [{ ...A, local: { flags: 0 } }] }],
  ['a size that its headers state differently', { entries: [{ ...A, local: { size: 3 } }] }],
  ['a checksum that its headers state differently', { entries: [{ ...A, local: { crc32: 3 } }] }],
  ['a descriptor it does not announce', { entries: [{ ...A, descriptor: 'signed', local: { flags: 0x0800 } }] }],
  ['a link', { entries: [{ ...A, madeOn: 3, attributes: LINK }] }],
  ['a folder with content', { entries: [{ ...A, name: 'a/' }] }],
  ['a file that says it is a folder', { entries: [{ ...A, attributes: 0x10 }] }],
  ['an extra field that its blocks do not fill', { entries: [{ ...A, extra: Uint8Array.of(1, 2, 3) }] }],
  [
    'a second name for readers of Unicode',
    { entries: [{ ...A, extra: block(0x7075, new Uint8Array(5), Buffer.from('c.xml')) }] },
  ],
  ['a name in no known encoding', { entries: [{ ...A, name: Uint8Array.of(0xff, 0xff), flags: 0 }] }],
  ['a name that is not in the UTF-8 it announces', { entries: [{ ...A, name: Uint8Array.of(0xd3, 0xa1, 0xd5, 0xc2) }] }],
])('an archive with %s is refused', (_, archive) => {
  expect(codeOf(zipOf(archive))).toBe('STRUCTURE')
})

test.each<[string, PlannedEntry]>([
  ['encrypted', { ...A, flags: 0x0801 }],
  ['strongly encrypted', { ...A, flags: 0x0840 }],
  ['patched', { ...A, flags: 0x0820 }],
  ['compressed otherwise than by deflate', { ...A, method: 14 }],
])('an entry that is %s is UNSUPPORTED', (_, entry) => {
  expect(codeOf(zipOf({ entries: [entry] }))).toBe('UNSUPPORTED')
})

test('an archive of more entries than wanted is TOO_LARGE before its directory is read', () => {
  expect(() => readArchive(zipOf({ entries: [A, B] }), 1)).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }))
})

test.each([10, 99_999, 100_001])('data of 100,000 bytes that states %i is refused', (claims) => {
  expect(codeOf(zipOf({ entries: [{ ...A, content: new Uint8Array(100_000), claims }] }))).toBe('STRUCTURE')
})

test('a Chinese name without the UTF-8 flag is read as UTF-8, and as GB 18030 where it is none', () => {
  const names = [Buffer.from('印章.xml'), Buffer.from('d3a1d5c22e786d6c', 'hex')]
  for (const name of names) expect(read(zipOf({ entries: [{ ...A, name, flags: 0 }] }))[0]?.[0]).toBe('印章.xml')
})
