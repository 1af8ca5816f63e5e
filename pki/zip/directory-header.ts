import { PkiError } from '../error.ts'
import { type EntryName, readEntryName } from './entry-name.ts'
import { readExtraField, widened } from './extra-field.ts'
import { ELSEWHERE_16, ELSEWHERE_32, type Fields } from './fields.ts'

/** What the central directory says of an entry (APPNOTE 4.3.12). */
export interface DirectoryHeader extends EntryName {
  readonly rawName: Uint8Array
  readonly isDirectory: boolean
  readonly flags: number
  /** As coded there. */
  readonly method: number
  readonly crc32: number
  readonly compressedSize: number
  readonly size: number
  /** Where the header before the data lies. */
  readonly position: number
}

const SIGNATURE = 0x02014b50
const LENGTH = 46
const FLAG_UTF_8 = 0x0800
const MADE_ON_UNIX: readonly number[] = [3, 19]
const FILE_TYPE = 0o170000
const ORDINARY_TYPES: readonly number[] = [0, 0o100000, 0o040000]
const DOS_DIRECTORY = 0x10

/**
 * Reads one header of the central directory.
 * @returns the header and where the next one begins.
 * @throws PkiError STRUCTURE for what is no header, for links and devices, and for a directory with content.
 */
export function readDirectoryHeader(archive: Fields, at: number): { readonly header: DirectoryHeader; readonly next: number } {
  if (archive.u32(at) !== SIGNATURE) throw new PkiError('STRUCTURE', 'a central directory with something else in it')
  const nameLength = archive.u16(at + 28)
  const extraLength = archive.u16(at + 30)
  const nameStart = at + LENGTH
  const rawName = archive.slice(nameStart, nameLength)
  const extra = readExtraField(archive.slice(nameStart + nameLength, extraLength))
  const [size = 0, compressedSize = 0, position = 0] = widened(
    [archive.u32(at + 24), archive.u32(at + 20), archive.u32(at + 42)],
    ELSEWHERE_32,
    extra,
  )
  if (![0, ELSEWHERE_16].includes(archive.u16(at + 34))) throw new PkiError('STRUCTURE', 'an archive of several parts')
  const flags = archive.u16(at + 8)
  const name = readEntryName(rawName, (flags & FLAG_UTF_8) !== 0, extra.unicodePath)
  const isDirectory = name.name.endsWith('/')
  refuseOddKinds(archive.u16(at + 4) >> 8, archive.u32(at + 38), isDirectory, size)
  const header = { ...name, rawName, isDirectory, flags, method: archive.u16(at + 10), crc32: archive.u32(at + 16) }
  const next = nameStart + nameLength + extraLength + archive.u16(at + 32)
  return { header: { ...header, compressedSize, size, position }, next }
}

function refuseOddKinds(madeOn: number, attributes: number, isDirectory: boolean, size: number): void {
  const type = MADE_ON_UNIX.includes(madeOn) ? (attributes >>> 16) & FILE_TYPE : 0
  if (!ORDINARY_TYPES.includes(type)) throw new PkiError('STRUCTURE', 'an entry that is a link or a device')
  if (isDirectory && size > 0) throw new PkiError('STRUCTURE', 'a directory with content')
  const saysDirectory = type === 0o040000 || (attributes & DOS_DIRECTORY) !== 0
  if (saysDirectory && !isDirectory) throw new PkiError('STRUCTURE', 'a file that says it is a directory')
}
