import { PkiError } from '../error.ts'

/** The little-endian numbers of a ZIP archive, each read within its bounds. */
export class Fields {
  readonly bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  get length(): number {
    return this.bytes.length
  }

  /** @throws PkiError STRUCTURE, as the others do, beyond the end. */
  u16(at: number): number {
    return this.#view.getUint16(this.#within(at, 2), true)
  }

  u32(at: number): number {
    return this.#view.getUint32(this.#within(at, 4), true)
  }

  /** A number no larger than an archive here can be. */
  u64(at: number): number {
    const value = this.#view.getBigUint64(this.#within(at, 8), true)
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new PkiError('STRUCTURE', 'a size or position beyond any archive')
    return Number(value)
  }

  /** A view of bytes, not a copy. */
  slice(at: number, length: number): Uint8Array {
    return this.bytes.subarray(this.#within(at, length), at + length)
  }

  #within(at: number, length: number): number {
    if (at < 0 || at + length > this.bytes.length) throw new PkiError('STRUCTURE', 'an archive that is cut off')
    return at
  }
}

/** What a 16-bit or 32-bit field holds when its value stands in a Zip64 record instead. */
export const ELSEWHERE_16 = 0xffff
export const ELSEWHERE_32 = 0xffffffff
