import { expect, test } from 'vitest'
import { PkiError } from '../../../pki/error.ts'
import { readArchive } from '../../../pki/zip/archive.ts'
import { expand } from '../../../pki/zip/expand.ts'
import { block, type PlannedArchive, type PlannedEntry, u16, u32, zipOf } from '../../support/zip.ts'

const A: PlannedEntry = { name: 'a.xml', content: Buffer.from('<a/>'.repeat(40)) }
const B: PlannedEntry = { name: 'b.bin', content: Uint8Array.of(1, 2, 3), method: 0 }
const PLAIN: PlannedArchive = { entries: [A, B] }
const WIDE: PlannedArchive = { entries: [A, B], zip64: true }
const TOLD_BEHIND: PlannedArchive = { entries: [{ ...A, descriptor: 'signed' }, B] }
const TOLD_BARE: PlannedArchive = { entries: [{ ...A, descriptor: 'bare' }, B] }
const TOLD_WIDE: PlannedArchive = { entries: [{ ...A, descriptor: 'signed', zip64: true }, B] }

const SIGNATURES = { LOCAL: 0x04034b50, DIRECTORY: 0x02014b50, END: 0x06054b50, WIDE_END: 0x06064b50, LOCATOR: 0x07064b50 }
const DESCRIPTOR = 0x08074b50
type RecordName = keyof typeof SIGNATURES

/** The archive with other bytes at a place of the first record of a kind. */
function patched(plan: PlannedArchive, record: RecordName | number, at: number, value: Uint8Array): Uint8Array {
  const archive = Buffer.from(zipOf(plan))
  const start = archive.indexOf(u32(typeof record === 'number' ? record : SIGNATURES[record]))
  expect(start).toBeGreaterThanOrEqual(0)
  archive.set(value, start + at)
  return archive
}

function codeOf(bytes: Uint8Array): string | null {
  try {
    for (const entry of readArchive(bytes, 1_000)) expand(entry)
    return null
  } catch (error) {
    if (error instanceof PkiError) return error.code
    throw error
  }
}

test.each<[string, PlannedArchive, RecordName, number, Uint8Array]>([
  ['an entry without the mark of one', PLAIN, 'LOCAL', 0, u32(0)],
  ['no size before the data and none behind', PLAIN, 'LOCAL', 22, u32(0)],
  ['another size as stored before the data', PLAIN, 'LOCAL', 18, u32(1)],
  ['a name before the data that leads past its end', PLAIN, 'LOCAL', 26, u16(0xffff)],
  ['a name in the directory that leads past its end', PLAIN, 'DIRECTORY', 28, u16(0xffff)],
  ['an entry that lies behind its end', { entries: [A, B], order: [1, 0] }, 'DIRECTORY', 42, u32(0x7fffffff)],
  ['no checksum before the data and none behind', PLAIN, 'LOCAL', 14, u32(0)],
  ['a directory without the mark of one', PLAIN, 'DIRECTORY', 0, u32(0)],
  ['an entry on another disk', PLAIN, 'DIRECTORY', 34, u16(1)],
  ['an end on another disk', PLAIN, 'END', 4, u16(1)],
  ['a directory on another disk', PLAIN, 'END', 6, u16(1)],
  ['fewer entries on this disk than in all', PLAIN, 'END', 8, u16(1)],
  ['a directory that ends before its end record', PLAIN, 'END', 16, u32(1)],
  ['a locator that names another disk', WIDE, 'LOCATOR', 4, u32(1)],
  ['a locator that counts two disks', WIDE, 'LOCATOR', 16, u32(2)],
  ['a locator that leads elsewhere', WIDE, 'LOCATOR', 8, u32(1)],
  ['a wide end record without the mark of one', WIDE, 'WIDE_END', 0, u32(0)],
  ['a wide end record of another length', WIDE, 'WIDE_END', 4, u32(45)],
  ['a wide end record on another disk', WIDE, 'WIDE_END', 16, u32(1)],
  ['a wide end record with its directory on another disk', WIDE, 'WIDE_END', 20, u32(1)],
  ['a wide end record with fewer entries on this disk', WIDE, 'WIDE_END', 24, u32(1)],
  ['two end records that count differently', WIDE, 'END', 8, Buffer.concat([u16(1), u16(1)])],
  ['two end records that state different lengths', WIDE, 'END', 12, u32(1)],
  ['two end records that lead to different directories', WIDE, 'END', 16, u32(1)],
])('an archive with %s is refused', (_, plan, record, at, value) => {
  expect(codeOf(zipOf(plan))).toBeNull()
  expect(codeOf(patched(plan, record, at, value))).toBe('STRUCTURE')
})

test.each<[string, PlannedArchive, number, Uint8Array]>([
  ['another mark', TOLD_BEHIND, 0, u32(0)],
  ['another checksum', TOLD_BEHIND, 4, u32(0)],
  ['another size as stored', TOLD_BEHIND, 8, u32(0)],
  ['another size', TOLD_BEHIND, 12, u32(0)],
  ['another size as stored, of 64 bits', TOLD_WIDE, 12, u32(1)],
  ['another size, of 64 bits', TOLD_WIDE, 20, u32(1)],
])('a descriptor that tells %s than the directory is refused', (_, plan, at, value) => {
  expect(codeOf(zipOf(plan))).toBeNull()
  expect(codeOf(patched(plan, DESCRIPTOR, at, value))).toBe('STRUCTURE')
})

test.each([TOLD_BEHIND, TOLD_BARE])('bytes behind a descriptor are refused, as many as its mark too', (plan) => {
  const [first = A, second = B] = plan.entries
  for (const gap of [1, 4, 8]) {
    expect(codeOf(zipOf({ entries: [{ ...first, gap: new Uint8Array(gap) }, second] }))).toBe('STRUCTURE')
  }
})

test('what stands before data that are told behind is nothing, or the same', () => {
  expect(codeOf(zipOf({ entries: [{ ...A, descriptor: 'signed', local: { size: 3 } }] }))).toBe('STRUCTURE')
  expect(codeOf(zipOf({ entries: [{ ...A, descriptor: 'signed', local: { crc32: 3 } }] }))).toBe('STRUCTURE')
})

/** The archive with bytes put in, and the place or the size of the directory in its end record moved by as many. */
function inserted(
  plan: PlannedArchive,
  before: Uint8Array,
  skip: number,
  bytes: Uint8Array,
  field: 'SIZE' | 'PLACE' | null,
): Uint8Array {
  const archive = Buffer.from(zipOf(plan))
  const at = archive.indexOf(before) + skip
  const whole = Buffer.concat([archive.subarray(0, at), bytes, archive.subarray(at)])
  const moved = whole.indexOf(u32(SIGNATURES.END)) + (field === 'SIZE' ? 12 : 16)
  if (field !== null) whole.writeUInt32LE(whole.readUInt32LE(moved) + bytes.length, moved)
  return whole
}

test('bytes inside a descriptor are refused', () => {
  const plan: PlannedArchive = { entries: [{ ...A, descriptor: 'signed' }] }
  expect(codeOf(inserted(plan, u32(DESCRIPTOR), 4, new Uint8Array(), 'PLACE'))).toBeNull()
  for (const length of [1, 4, 12]) {
    expect(codeOf(inserted(plan, u32(DESCRIPTOR), 4, new Uint8Array(length), 'PLACE'))).toBe('STRUCTURE')
  }
})

test('bytes between a wide end record and its locator are refused', () => {
  expect(codeOf(inserted(WIDE, u32(SIGNATURES.LOCATOR), 0, Uint8Array.of(0), null))).toBe('STRUCTURE')
})

test('a comment of an entry is passed over', () => {
  const commented = Buffer.from(inserted({ entries: [A] }, u32(SIGNATURES.END), 0, Buffer.from('KRC'), 'SIZE'))
  commented.writeUInt16LE(3, commented.indexOf(u32(SIGNATURES.DIRECTORY)) + 32)
  expect(codeOf(commented)).toBeNull()
})

test('a descriptor that is announced and missing is refused', () => {
  expect(codeOf(zipOf({ entries: [{ ...A, flags: 0x0808 }, B] }))).toBe('STRUCTURE')
})

test('a directory that names more than it counts is refused', () => {
  expect(codeOf(zipOf({ entries: [A], order: [0, 0] }))).toBe('STRUCTURE')
})

test('one entry that a directory names and counts twice is refused', () => {
  expect(codeOf(patched({ entries: [A], order: [0, 0] }, 'END', 8, Buffer.concat([u16(2), u16(2)])))).toBe('STRUCTURE')
})

test.each([A, B])('content of the right length with another checksum is refused', (entry) => {
  const archive = Buffer.from(zipOf({ entries: [entry] }))
  archive.set(u32(1), archive.indexOf(u32(SIGNATURES.LOCAL)) + 14)
  archive.set(u32(1), archive.indexOf(u32(SIGNATURES.DIRECTORY)) + 16)
  expect(codeOf(archive)).toBe('STRUCTURE')
})

test('an extra field with a block twice, or a size that it does not hold, is refused', () => {
  const path = block(0x7075, new Uint8Array(5), Buffer.from('a.xml'))
  expect(codeOf(zipOf({ entries: [{ ...A, extra: path }] }))).toBeNull()
  expect(codeOf(zipOf({ entries: [{ ...A, extra: Buffer.concat([path, path]) }] }))).toBe('STRUCTURE')
  const past = Buffer.concat([u16(0x5455), u16(9), new Uint8Array(5)])
  expect(codeOf(zipOf({ entries: [{ ...A, extra: past }] }))).toBe('STRUCTURE')
  expect(codeOf(patched(PLAIN, 'DIRECTORY', 24, u32(0xffffffff)))).toBe('STRUCTURE')
})

test('a second name that is not in UTF-8 is refused', () => {
  const extra = block(0x7075, new Uint8Array(5), Uint8Array.of(0xff))
  expect(codeOf(zipOf({ entries: [{ ...A, extra }] }))).toBe('STRUCTURE')
})

test('a file that says on Unix that it is a folder is refused', () => {
  expect(codeOf(zipOf({ entries: [{ ...A, madeOn: 3, attributes: (0o040755 << 16) >>> 0 }] }))).toBe('STRUCTURE')
  expect(codeOf(zipOf({ entries: [{ ...A, madeOn: 0, attributes: (0o120777 << 16) >>> 0 }] }))).toBeNull()
})

test('an archive cut off anywhere is refused with a code', () => {
  const archive = zipOf(WIDE)
  for (let length = 0; length < archive.length; length++) expect(codeOf(archive.subarray(0, length))).toBe('STRUCTURE')
})

test('a comment as long as there can be is passed over', () => {
  expect(codeOf(zipOf({ ...PLAIN, comment: new Uint8Array(0xffff) }))).toBeNull()
})
