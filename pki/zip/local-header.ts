import { PkiError } from '../error.ts'
import type { DirectoryHeader } from './directory-header.ts'
import type { CompressionMethod } from './entry.ts'
import { type ExtraField, readExtraField, widened } from './extra-field.ts'
import { ELSEWHERE_32, type Fields } from './fields.ts'

const SIGNATURE = 0x04034b50
const LENGTH = 30
const DESCRIPTOR_SIGNATURE = 0x08074b50

const FLAG_DESCRIPTOR = 0x0008
/** How hard deflate tried, a descriptor behind the data, a name in UTF-8: nothing else is read. */
const READABLE_FLAGS = 0x0006 | FLAG_DESCRIPTOR | 0x0800
const METHODS: ReadonlyMap<number, CompressionMethod> = new Map([
  [0, 'STORED'],
  [8, 'DEFLATED'],
])

/** Where the data of an entry lies and how it is compressed. */
export interface EntryData {
  readonly method: CompressionMethod
  readonly data: Uint8Array
}

/**
 * Reads the header before an entry's data (APPNOTE 4.3.7) and the descriptor behind it (4.3.9). Readers that go through an archive
 * from its beginning must see what those see that begin with the central directory: whatever both tell has to agree.
 * @param end where the next entry, or the directory, begins: all between belongs to this entry.
 * @throws PkiError STRUCTURE where they disagree or something is between, UNSUPPORTED for encryption and other compression.
 */
export function readEntryData(archive: Fields, header: DirectoryHeader, end: number): EntryData {
  const at = header.position
  if (archive.u32(at) !== SIGNATURE) throw new PkiError('STRUCTURE', 'an entry without a header')
  const flags = archive.u16(at + 6)
  const nameLength = archive.u16(at + 26)
  const extraLength = archive.u16(at + 28)
  const isSame =
    flags === header.flags &&
    archive.u16(at + 8) === header.method &&
    Buffer.compare(archive.slice(at + LENGTH, nameLength), header.rawName) === 0
  if (!isSame) throw new PkiError('STRUCTURE', 'an entry that its two headers describe differently')
  const method = methodOf(header)
  const extra = readExtraField(archive.slice(at + LENGTH + nameLength, extraLength))
  const start = at + LENGTH + nameLength + extraLength
  const hasDescriptor = (flags & FLAG_DESCRIPTOR) !== 0
  mustAgree([archive.u32(at + 14), archive.u32(at + 22), archive.u32(at + 18)], extra, header, hasDescriptor)
  const dataEnd = start + header.compressedSize
  if (!(hasDescriptor ? isDescriptor(archive, dataEnd, end, header, extra) : dataEnd === end))
    throw new PkiError('STRUCTURE', 'bytes between two entries')
  return { method, data: archive.slice(start, header.compressedSize) }
}

function methodOf({ flags, method }: DirectoryHeader): CompressionMethod {
  if ((flags & 0x0001) !== 0) throw new PkiError('UNSUPPORTED', 'an encrypted entry')
  const known = METHODS.get(method)
  if (known === undefined || (flags & ~READABLE_FLAGS) !== 0) throw new PkiError('UNSUPPORTED', `compression method ${method}`)
  return known
}

/** With a descriptor to come, writers leave checksum and sizes here at zero. */
function mustAgree(
  [crc32 = 0, ...short]: readonly number[],
  extra: ExtraField,
  header: DirectoryHeader,
  hasDescriptor: boolean,
): void {
  const [size, compressedSize] = widened(short, ELSEWHERE_32, extra)
  const stated = [
    [crc32, header.crc32],
    [size, header.size],
    [compressedSize, header.compressedSize],
  ]
  if (!stated.every(([here, there]) => here === there || (hasDescriptor && here === 0)))
    throw new PkiError('STRUCTURE', 'an entry whose two headers state different sizes or checksums')
}

/** The descriptor's own signature is optional; its sizes are of 64 bits where the header has a Zip64 block. */
function isDescriptor(archive: Fields, at: number, end: number, header: DirectoryHeader, { zip64 }: ExtraField): boolean {
  const width = zip64 === null ? 4 : 8
  const bare = 4 + 2 * width
  const length = end - at
  if (length !== bare && length !== bare + 4) return false
  const start = end - bare
  if (length > bare && archive.u32(at) !== DESCRIPTOR_SIGNATURE) return false
  const sizeAt = (position: number) => (width === 4 ? archive.u32(position) : archive.u64(position))
  return (
    archive.u32(start) === header.crc32 &&
    sizeAt(start + 4) === header.compressedSize &&
    sizeAt(start + 4 + width) === header.size
  )
}
