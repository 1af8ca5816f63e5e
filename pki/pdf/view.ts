import { PkiError } from '../error.ts'
import { type IndirectObject, type LengthOf, readIndirectObject } from './indirect-object.ts'
import type { PdfBudget } from './limits.ts'
import { type ObjectStream, openObjectStream } from './object-stream.ts'
import { integerIn, ofKind, type PdfReference, type PdfValue } from './value.ts'
import type { XrefEntry, XrefSection } from './xref-section.ts'

/** An object with where it was found. */
export interface FoundObject {
  readonly number: number
  readonly value: PdfValue
  /** Null for an object inside an object stream, whose positions are not the file's. */
  readonly inFile: IndirectObject | null
}

const LONGEST_REFERENCE_CHAIN = 8

/** A document as one revision shows it: for every object number the newest entry of its sections. */
export class PdfView {
  readonly #bytes: Uint8Array
  readonly #sections: readonly XrefSection[]
  readonly #budget: PdfBudget
  readonly #objectStreams = new Map<number, ObjectStream>()

  /** @param sections of the cross-reference chain, newest first, at least one */
  constructor(bytes: Uint8Array, sections: readonly XrefSection[], budget: PdfBudget) {
    this.#bytes = bytes
    this.#sections = sections
    this.#budget = budget
  }

  /** The trailer of the newest section (ISO 32000-2 7.5.5). */
  get trailer(): ReadonlyMap<string, PdfValue> {
    return this.#sections[0]?.trailer ?? new Map()
  }

  /** The newest entry of a number; null where no section names it. */
  entryOf(number: number): XrefEntry | null {
    for (const { entries } of this.#sections) {
      const entry = entries.get(number)
      if (entry) return entry
    }
    return null
  }

  /**
   * The object of a number; null where there is none, which is not an error (7.3.10).
   * @throws PkiError STRUCTURE when something else stands where the entry says it is; TOO_DEEP, TOO_LARGE, UNSUPPORTED.
   */
  load(number: number, generation?: number): FoundObject | null {
    const entry = this.entryOf(number)
    if (entry === null || entry.kind === 'FREE') return null
    if (entry.kind === 'IN_FILE')
      return generation === undefined || generation === entry.generation
        ? this.#loadFromFile(number, entry.offset, entry.generation)
        : null
    if (generation !== undefined && generation !== 0) return null
    return { number, value: this.#objectStream(entry.stream).valueAt(entry.index, number, this.#budget), inFile: null }
  }

  /** The value behind a reference, or the value itself; null for a reference to nothing. @throws as `load` */
  resolve(value: PdfValue | undefined): PdfValue {
    let current: PdfValue = value ?? null
    for (let i = 0; i < LONGEST_REFERENCE_CHAIN; i++) {
      const reference = ofKind('REFERENCE', current)
      if (!reference) return current
      current = this.load(reference.number, reference.generation)?.value ?? null
    }
    throw new PkiError('STRUCTURE', 'a reference to a reference to a reference')
  }

  #loadFromFile(number: number, offset: number, generation: number): FoundObject {
    const object = this.#readAt(offset, (reference) => this.#lengthOf(reference))
    if (object.number !== number || object.generation !== generation)
      throw new PkiError('STRUCTURE', `another object stands where object ${number} should be`)
    return { number, value: object.value, inFile: object }
  }

  #readAt(offset: number, lengthOf: LengthOf): IndirectObject {
    const object = this.#budget.chargeFailure(this.#bytes.length - offset, () =>
      readIndirectObject(this.#bytes, offset, lengthOf),
    )
    const data = ofKind('STREAM', object.value)?.data.length ?? 0
    this.#budget.spend('parsed', object.end - object.start - data)
    return object
  }

  /** The integer a /Length refers to: an object of the file itself, no stream. */
  #lengthOf({ number, generation }: PdfReference): number | null {
    const entry = this.entryOf(number)
    if (entry?.kind !== 'IN_FILE' || entry.generation !== generation) return null
    const object = this.#readAt(entry.offset, () => null)
    return object.number === number && object.generation === generation ? integerIn(object.value) : null
  }

  #objectStream(number: number): ObjectStream {
    const entry = this.entryOf(number)
    if (entry?.kind !== 'IN_FILE') throw new PkiError('STRUCTURE', `object stream ${number} is not there`)
    const held = this.#objectStreams.get(entry.offset)
    if (held) return held
    const stream = ofKind('STREAM', this.#loadFromFile(number, entry.offset, entry.generation).value)
    if (!stream) throw new PkiError('STRUCTURE', `object stream ${number} is no stream`)
    const opened = openObjectStream(stream, this.#budget)
    this.#objectStreams.set(entry.offset, opened)
    return opened
  }
}
