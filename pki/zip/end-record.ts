import { PkiError } from '../error.ts'
import { ELSEWHERE_16, ELSEWHERE_32, type Fields } from './fields.ts'

/** Where the central directory lies. */
export interface DirectoryPlace {
  readonly entries: number
  readonly offset: number
  /** Its length in bytes; the end records follow at once. */
  readonly size: number
}

const END = 0x06054b50
const END_LENGTH = 22
const LONGEST_COMMENT = 0xffff
const ZIP64_END = 0x06064b50
const ZIP64_END_LENGTH = 56
const ZIP64_LOCATOR = 0x07064b50
const ZIP64_LOCATOR_LENGTH = 20

/**
 * Finds the end of central directory record (APPNOTE 4.3.16), with the Zip64 records before it (4.3.14, 4.3.15): one disk, the
 * directory right before, the comment right to the last byte, and no second record that could be taken for it.
 * @throws PkiError STRUCTURE
 */
export function readEndRecord(archive: Fields): DirectoryPlace {
  const at = findEnd(archive)
  const here = {
    disks: [archive.u16(at + 4), archive.u16(at + 6)],
    entriesOnDisk: archive.u16(at + 8),
    entries: archive.u16(at + 10),
    size: archive.u32(at + 12),
    offset: archive.u32(at + 16),
  }
  const locator = at - ZIP64_LOCATOR_LENGTH
  const isZip64 = locator >= 0 && archive.u32(locator) === ZIP64_LOCATOR
  const place = isZip64 ? readZip64(archive, locator, here) : { ...here, end: at }
  if (here.disks.some((disk) => disk !== 0) || here.entriesOnDisk !== here.entries)
    throw new PkiError('STRUCTURE', 'an archive of several parts')
  if (place.offset + place.size !== place.end)
    throw new PkiError('STRUCTURE', 'a central directory that does not end where it says')
  return place
}

/** From the end backwards; what lies behind the record must be its comment, and hold no other record. */
function findEnd(archive: Fields): number {
  const last = archive.length - END_LENGTH
  for (let at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--) {
    if (archive.u32(at) !== END) continue
    if (archive.u16(at + 20) !== last - at) break
    return at
  }
  throw new PkiError('STRUCTURE', 'no ZIP archive, or bytes behind its end')
}

interface Counts {
  readonly entries: number
  readonly size: number
  readonly offset: number
}

function readZip64(archive: Fields, locator: number, short: Counts): DirectoryPlace & { readonly end: number } {
  const at = archive.u64(locator + 8)
  if (archive.u32(locator + 4) !== 0 || archive.u32(locator + 16) > 1)
    throw new PkiError('STRUCTURE', 'an archive of several parts')
  if (at + ZIP64_END_LENGTH !== locator || archive.u32(at) !== ZIP64_END || archive.u64(at + 4) !== ZIP64_END_LENGTH - 12)
    throw new PkiError('STRUCTURE', 'a Zip64 end record out of place')
  const entries = archive.u64(at + 32)
  const size = archive.u64(at + 40)
  const offset = archive.u64(at + 48)
  const agrees =
    archive.u32(at + 16) === 0 &&
    archive.u32(at + 20) === 0 &&
    archive.u64(at + 24) === entries &&
    [entries, ELSEWHERE_16].includes(short.entries) &&
    [size, ELSEWHERE_32].includes(short.size) &&
    [offset, ELSEWHERE_32].includes(short.offset)
  if (!agrees) throw new PkiError('STRUCTURE', 'two end records that disagree')
  return { entries, size, offset, end: at }
}
