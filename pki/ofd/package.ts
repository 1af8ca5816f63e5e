import { PkiError } from '../error.ts'
import { readArchive } from '../zip/archive.ts'
import type { ArchiveEntry } from '../zip/entry.ts'
import { expand } from '../zip/expand.ts'

/** The files of an OFD (GB/T 33190-2016: a ZIP archive), by absolute path: `/Doc_0/Document.xml`. */
export type OfdPackage = ReadonlyMap<string, Uint8Array>

/** What an outsider may feed. Expansion is bounded as a whole and, by deflate itself, 1032-fold in each file. */
export const PACKAGE_LIMITS = {
  archive: 50 * 1024 * 1024,
  entries: 20_000,
  expanded: 256 * 1024 * 1024,
  path: 512,
  /** Names in a path: folders and the file. */
  depth: 32,
} as const

/**
 * Opens an archive and expands every file, each against its size and CRC. Everything that two readers could take for different
 * archives is refused: bytes before, between or after, names twice (also but for case, form of characters or code page), headers
 * that disagree, links, paths that leave the package.
 * @throws PkiError STRUCTURE for such and for broken archives, UNSUPPORTED for encrypted ones, TOO_LARGE over a limit of
 *   PACKAGE_LIMITS.
 */
export function openPackage(bytes: Uint8Array): OfdPackage {
  if (bytes.length > PACKAGE_LIMITS.archive) throw new PkiError('TOO_LARGE', `archive over ${PACKAGE_LIMITS.archive} bytes`)
  const entries = readArchive(bytes, PACKAGE_LIMITS.entries)
  const expanded = entries.reduce((sum, { size }) => sum + size, 0)
  if (expanded > PACKAGE_LIMITS.expanded) throw new PkiError('TOO_LARGE', `${expanded} bytes when expanded`)
  refuseTwins(entries)
  const files = entries.map((entry) => ({ ...entry, path: pathOf(entry) })).filter(({ isDirectory }) => !isDirectory)
  return new Map(files.map((file) => [file.path, expand(file)]))
}

/** Names that a file system without case, or a reader with another code page, would take for one file. */
function refuseTwins(entries: readonly ArchiveEntry[]): void {
  const taken = new Set<string>()
  for (const { name, otherReadings } of entries) {
    const folded = new Set([name, ...otherReadings].map((one) => one.normalize('NFC').toLowerCase()))
    for (const one of folded) {
      if (taken.has(one)) throw new PkiError('STRUCTURE', 'two entries of one name')
      taken.add(one)
    }
  }
}

function pathOf({ name, isDirectory }: ArchiveEntry): string {
  const path = isDirectory ? name.slice(0, -1) : name
  const segments = path.split('/')
  const isOrdinary = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..')
  const isTooLong = name.length > PACKAGE_LIMITS.path || segments.length > PACKAGE_LIMITS.depth
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (!isOrdinary || isTooLong || /[\u0000-\u001f\u007f:]/.test(name))
    throw new PkiError('STRUCTURE', 'an entry whose name is no ordinary path')
  return `/${path}`
}
