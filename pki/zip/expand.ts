import { crc32, inflateRawSync } from 'node:zlib'
import { PkiError } from '../error.ts'
import type { ArchiveEntry } from './entry.ts'

const ZLIB_MINIMUM_CHUNK = 64

/**
 * The content of an entry, against its size and checksum; of a stored one a view of the archive. Memory is bounded by the size it
 * states: one byte more and it is refused.
 * @throws PkiError STRUCTURE when it is not what it says, or has bytes behind its end.
 */
export function expand(entry: ArchiveEntry): Uint8Array {
  const content = entry.method === 'STORED' ? entry.data : inflate(entry)
  if (content.length !== entry.size || crc32(content) !== entry.crc32)
    throw new PkiError('STRUCTURE', 'an entry that is not of its stated size and checksum')
  return content
}

/** In one piece, without the streams that zlib is otherwise fed through. */
function inflate({ data, size }: ArchiveEntry): Uint8Array {
  const { buffer, engine } = inflated(data, size)
  if (engine.bytesWritten !== data.length) throw new PkiError('STRUCTURE', 'bytes behind compressed data')
  return buffer
}

function inflated(data: Uint8Array, size: number): Inflated {
  const options = { maxOutputLength: Math.max(size, 1), chunkSize: size + ZLIB_MINIMUM_CHUNK, info: true }
  try {
    const result: unknown = inflateRawSync(data, options)
    if (isInflated(result)) return result
  } catch (cause) {
    throw new PkiError('STRUCTURE', 'compressed data that cannot be expanded', { cause })
  }
  throw new PkiError('STRUCTURE', 'compressed data of which no end was found')
}

/** What zlib gives with `info`: the content, and the engine that knows how many bytes it read for it. */
interface Inflated {
  readonly buffer: Uint8Array
  readonly engine: { readonly bytesWritten: number }
}

function isInflated(result: unknown): result is Inflated {
  return typeof result === 'object' && result !== null && 'buffer' in result && 'engine' in result
}
