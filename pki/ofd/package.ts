import { crc32, inflateRawSync } from 'node:zlib'
import { type Entry, type FileEntry, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { PkiError } from '../error.ts'

/** The files of an OFD (GB/T 33190-2016: a ZIP archive), by absolute path: `/Doc_0/Document.xml`. */
export type OfdPackage = ReadonlyMap<string, Uint8Array>

/** What an outsider may feed. Expansion is bounded as a whole and, by deflate itself, 1032-fold in each file. */
export const PACKAGE_LIMITS = {
  archive: 50 * 1024 * 1024,
  files: 20_000,
  expanded: 256 * 1024 * 1024,
  path: 512,
} as const

const STORED = 0
const DEFLATED = 8
const ZLIB_MINIMUM_CHUNK = 64

/**
 * Opens an archive and expands every file, each against its size and CRC. Everything that two readers could take for different
 * archives is refused: bytes before or after, names twice (also but for case), overlaps, local headers that disagree,
 * encryption, links, paths that leave the package.
 * @throws PkiError STRUCTURE for such and for broken archives, TOO_LARGE over a limit of PACKAGE_LIMITS.
 */
export async function openPackage(bytes: Uint8Array): Promise<OfdPackage> {
  if (bytes.length > PACKAGE_LIMITS.archive) throw new PkiError('TOO_LARGE', `archive over ${PACKAGE_LIMITS.archive} bytes`)
  const reader = new ZipReader(new Uint8ArrayReader(bytes), {
    strictness: 'strict',
    checkSignature: true,
    checkOverlappingEntry: true,
    useWebWorkers: false,
  })
  try {
    return await expandAll(bytes, await reader.getEntries())
  } catch (cause) {
    if (cause instanceof PkiError) throw cause
    throw new PkiError('STRUCTURE', `archive refused: ${cause instanceof Error ? cause.message : 'unknown'}`, { cause })
  } finally {
    await reader.close()
  }
}

async function expandAll(archive: Uint8Array, entries: readonly Entry[]): Promise<OfdPackage> {
  const files = entries.filter((entry) => entry.directory === false)
  if (files.length > PACKAGE_LIMITS.files) throw new PkiError('TOO_LARGE', `over ${PACKAGE_LIMITS.files} files`)
  const expanded = files.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (expanded > PACKAGE_LIMITS.expanded) throw new PkiError('TOO_LARGE', `${expanded} bytes when expanded`)
  refuseTwins(entries.map(({ filename }) => filename))
  const contents = new Map<string, Uint8Array>()
  for (const file of files) contents.set(pathOf(file), await expand(archive, file))
  return contents
}

/** Names that a file system without case would take for one file. */
function refuseTwins(names: readonly string[]): void {
  const folded = new Set(names.map((name) => name.normalize('NFC').toLowerCase()))
  if (folded.size !== names.length) throw new PkiError('STRUCTURE', 'two entries of one name')
}

function pathOf({ filename, encrypted, symlink }: FileEntry): string {
  const segments = filename.split('/')
  const isOrdinary = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (!isOrdinary || /[\\\u0000-\u001f\u007f:]/.test(filename) || filename.length > PACKAGE_LIMITS.path)
    throw new PkiError('STRUCTURE', 'an entry whose name is no ordinary path')
  if (encrypted || symlink) throw new PkiError('STRUCTURE', 'an entry that is encrypted or a link')
  return `/${filename}`
}

/** The library compares the headers and looks for overlaps; the bytes are taken from where they lie, without its streams. */
async function expand(archive: Uint8Array, file: FileEntry): Promise<Uint8Array> {
  const { compressionMethod, compressedSize, uncompressedSize, signature } = file
  await file.getData(new Uint8ArrayWriter(), { checkOverlappingEntryOnly: true })
  const start = file.localDirectory?.dataOffset
  if (start === undefined) throw new PkiError('STRUCTURE', 'an entry without a local header')
  const stored = archive.subarray(start, start + compressedSize)
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    throw new PkiError('STRUCTURE', `compression method ${compressionMethod}`)
  const content = compressionMethod === STORED ? stored : inflate(stored, uncompressedSize)
  if (content.length !== uncompressedSize || crc32(content) !== signature)
    throw new PkiError('STRUCTURE', 'an entry that is not of its stated size and checksum')
  return content
}

/** Inflates in one piece to no more than the stated size: one byte more and it is refused. */
function inflate(stored: Uint8Array, size: number): Uint8Array {
  return inflateRawSync(stored, { maxOutputLength: Math.max(size, 1), chunkSize: size + ZLIB_MINIMUM_CHUNK })
}
