import { PDF_LIMITS } from '../limits.ts'

/** A set of object numbers, one bit each: most walks go through most of a document. Numbers that no object can have are not in it. */
export class ObjectNumbers {
  readonly #bits = new Uint32Array((PDF_LIMITS.objectNumber >> 5) + 1)

  /** Adds a number; false when it is in already, or none that an object can have. */
  add(number: number): boolean {
    if (number > PDF_LIMITS.objectNumber || this.has(number)) return false
    const index = number >> 5
    this.#bits[index] = (this.#bits[index] ?? 0) | (1 << (number & 31))
    return true
  }

  has(number: number): boolean {
    return number <= PDF_LIMITS.objectNumber && ((this.#bits[number >> 5] ?? 0) & (1 << (number & 31))) !== 0
  }
}
