import type { EntryName } from './entry-name.ts'

/** One entry of an archive, as the central directory and the header before its data agree on it. */
export interface ArchiveEntry extends EntryName {
  readonly isDirectory: boolean
  readonly method: CompressionMethod
  readonly crc32: number
  /** Bytes as stored. */
  readonly compressedSize: number
  /** Bytes when expanded. */
  readonly size: number
  /** Its data as stored: a view of the archive. */
  readonly data: Uint8Array
}

export type CompressionMethod = 'STORED' | 'DEFLATED'
