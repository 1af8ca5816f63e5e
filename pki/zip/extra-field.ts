import { PkiError } from '../error.ts'
import { Fields } from './fields.ts'

const ZIP64 = 0x0001
const UNICODE_PATH = 0x7075
/** Version and checksum of the header's name, before the name in UTF-8. */
const UNICODE_PATH_HEAD = 5
const HEADER = 4

/** What the extra field of a header holds that decides how an entry is read; all else, such as times, is passed over. */
export interface ExtraField {
  /** Null: none there. */
  readonly zip64: Fields | null
  /** The name in UTF-8 (APPNOTE 4.6.9); null: none there. */
  readonly unicodePath: Uint8Array | null
}

const NOTHING: ExtraField = { zip64: null, unicodePath: null }

/**
 * Reads an extra field (APPNOTE 4.5). Up to three bytes of zero at its end are padding, as alignment tools leave them.
 * @throws PkiError STRUCTURE when blocks do not fill it, or one that counts is there twice.
 */
export function readExtraField(bytes: Uint8Array): ExtraField {
  if (bytes.length === 0) return NOTHING
  const fields = new Fields(bytes)
  const found = new Map<number, Uint8Array>()
  let at = 0
  while (fields.length - at >= HEADER) {
    const id = fields.u16(at)
    const length = fields.u16(at + 2)
    if (found.has(id)) throw new PkiError('STRUCTURE', 'an extra field with a block twice')
    if (id === ZIP64 || id === UNICODE_PATH) found.set(id, fields.slice(at + HEADER, length))
    at += HEADER + length
  }
  if (at > fields.length || bytes.subarray(at).some((byte) => byte !== 0))
    throw new PkiError('STRUCTURE', 'an extra field that its blocks do not fill')
  const zip64 = found.get(ZIP64)
  return { zip64: zip64 ? new Fields(zip64) : null, unicodePath: found.get(UNICODE_PATH)?.subarray(UNICODE_PATH_HEAD) ?? null }
}

/**
 * Sizes of a header whose 32-bit fields may say that they stand in the Zip64 block instead, in the order of APPNOTE 4.5.3.
 * @param short what the 32-bit fields hold, in that order.
 * @throws PkiError STRUCTURE when the block is too short.
 */
export function widened(short: readonly number[], elsewhere: number, { zip64 }: ExtraField): readonly number[] {
  if (!short.includes(elsewhere)) return short
  if (zip64 === null) throw new PkiError('STRUCTURE', 'a size that is nowhere')
  let at = 0
  return short.map((value) => {
    if (value !== elsewhere) return value
    at += 8
    return zip64.u64(at - 8)
  })
}
