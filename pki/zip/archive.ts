import { PkiError } from '../error.ts'
import { type DirectoryHeader, readDirectoryHeader } from './directory-header.ts'
import { readEndRecord } from './end-record.ts'
import type { ArchiveEntry } from './entry.ts'
import { Fields } from './fields.ts'
import { readEntryData } from './local-header.ts'

/**
 * The entries of a ZIP archive (PKWARE APPNOTE 6.3.10), in the order of its central directory; nothing is expanded. An archive that two
 * readers could take for different ones is refused: entries, directory and end records fill it from the first byte to the last
 * without gap or overlap, and what the header before the data says is what the directory says. A comment of the archive is passed
 * over.
 * @param bytes the whole archive; the entries' data are views of them.
 * @throws PkiError STRUCTURE for such and for broken archives, UNSUPPORTED for encryption and compression other than deflate,
 *   TOO_LARGE over so many entries.
 */
export function readArchive(bytes: Uint8Array, maximumEntries: number): readonly ArchiveEntry[] {
  const archive = new Fields(bytes)
  const place = readEndRecord(archive)
  if (place.entries > maximumEntries) throw new PkiError('TOO_LARGE', `over ${maximumEntries} files`)
  const headers = readDirectory(archive, place)
  const ends = endsOf(headers, place.offset)
  return headers.map((header) => {
    const { name, otherReadings, isDirectory, crc32, compressedSize, size, position } = header
    const data = readEntryData(archive, header, ends.get(position) ?? place.offset)
    return { name, otherReadings, isDirectory, crc32, compressedSize, size, ...data }
  })
}

function readDirectory(archive: Fields, { entries, offset, size }: ReturnType<typeof readEndRecord>): readonly DirectoryHeader[] {
  const headers: DirectoryHeader[] = []
  let at = offset
  for (let i = 0; i < entries; i++) {
    const { header, next } = readDirectoryHeader(archive, at)
    headers.push(header)
    at = next
  }
  if (at !== offset + size) throw new PkiError('STRUCTURE', 'a central directory of another length than it says')
  return headers
}

/** Where each entry ends, by where it begins: at the next one, the last at the directory; the first begins with the archive. */
function endsOf(headers: readonly DirectoryHeader[], directory: number): ReadonlyMap<number, number> {
  const starts = headers.map(({ position }) => position).sort((one, other) => one - other)
  if ((starts[0] ?? directory) !== 0) throw new PkiError('STRUCTURE', 'bytes before the first entry')
  const ends = new Map(starts.map((start, i) => [start, starts[i + 1] ?? directory]))
  if (ends.size !== starts.length) throw new PkiError('STRUCTURE', 'two entries at one place')
  return ends
}
