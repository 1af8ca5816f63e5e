import { isAscii, isUtf8 } from 'node:buffer'
import { PkiError } from '../error.ts'

/** How a name can be read; folders are parted by `/`. */
export interface EntryName {
  readonly name: string
  /** What readers that take names without the UTF-8 flag for Chinese code pages see instead; none when all agree. */
  readonly otherReadings: readonly string[]
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const GB_18030 = new TextDecoder('gb18030', { fatal: true })

/**
 * The name of an entry. Without the UTF-8 flag (APPNOTE appendix D) names are in UTF-8 all the same, as most writers have it, or else
 * in GB 18030, as older Chinese ones do. Folders parted by `\\`, as some writers on Windows have it, are parted by `/` (4.4.17.1).
 * @param unicodePath the name as the extra field repeats it; null: it does not.
 * @throws PkiError STRUCTURE for bytes of neither, and where the two disagree.
 */
export function readEntryName(bytes: Uint8Array, isFlaggedUtf8: boolean, unicodePath: Uint8Array | null): EntryName {
  const { name, otherReadings } = readingsOf(bytes, isFlaggedUtf8)
  if (unicodePath !== null && !(isUtf8(unicodePath) && UTF_8.decode(unicodePath) === name))
    throw new PkiError('STRUCTURE', 'an entry with two names')
  return { name: withSlashes(name), otherReadings: otherReadings.map(withSlashes) }
}

function withSlashes(name: string): string {
  return name.replaceAll('\\', '/')
}

function readingsOf(bytes: Uint8Array, isFlaggedUtf8: boolean): EntryName {
  if (isAscii(bytes))
    return { name: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'), otherReadings: [] }
  const chinese = isFlaggedUtf8 ? null : readChinese(bytes)
  if (isUtf8(bytes)) return { name: UTF_8.decode(bytes), otherReadings: chinese === null ? [] : [chinese] }
  if (chinese === null) throw new PkiError('STRUCTURE', 'an entry whose name is in no known encoding')
  return { name: chinese, otherReadings: [] }
}

function readChinese(bytes: Uint8Array): string | null {
  try {
    return GB_18030.decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) return null
    throw cause
  }
}
