import type { Remark } from './check-row.ts'

/**
 * What was written in another type than the standard's and still means one thing only, as real encoders do it: read, and remarked
 * upon. Signatures are verified over the bytes received, so nothing is repaired by this.
 */
export class Departures {
  readonly #byWords = new Map<string, Remark>()

  /** Notes one, once however often it is met. */
  note(zh: string, en: string): void {
    this.#byWords.set(zh, { zh, en })
  }

  get remarks(): readonly Remark[] {
    return [...this.#byWords.values()]
  }
}
