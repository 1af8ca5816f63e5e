import { PkiError } from '../../error.ts'
import { COST_OF_LOADING, type PdfBudget } from '../limits.ts'
import { type IndirectObject, type LengthOf, readIndirectObject } from '../syntax/indirect-object.ts'
import { integerIn, ofKind, type PdfReference, type PdfValue, referencesIn } from '../syntax/value.ts'
import { type ObjectStream, openObjectStream } from './object-stream.ts'
import type { XrefIndex } from './xref-index.ts'
import type { XrefEntry, XrefSection } from './xref-section.ts'

/** An object with where it was found. */
export interface FoundObject {
  readonly number: number
  readonly value: PdfValue
  /** Null for an object inside an object stream, whose positions are not the file's. */
  readonly inFile: IndirectObject | null
}

const LONGEST_REFERENCE_CHAIN = 8
const NO_REFERENCES = new Int32Array()

/** What all views of one file share. */
export interface ViewSource {
  readonly bytes: Uint8Array
  /** Newest first. */
  readonly sections: readonly XrefSection[]
  readonly index: XrefIndex
  readonly budget: PdfBudget
  /** Expanded object streams, by where and how long they are. */
  readonly objectStreams: Map<string, ObjectStream>
  /** What objects of the file refer to, by offset, with the number they were found under. */
  readonly references: Map<number, { readonly number: number; readonly found: Int32Array }>
}

/** A document as one revision shows it: for every object number the newest entry of its sections. */
export class PdfView {
  readonly #source: ViewSource
  readonly #section: number
  readonly #objectStreams = new Map<number, ObjectStream>()

  /** @param section index of the newest section this view knows */
  constructor(source: ViewSource, section: number) {
    this.#source = source
    this.#section = section
  }

  /** The trailer of the newest section (ISO 32000-2 7.5.5). */
  get trailer(): ReadonlyMap<string, PdfValue> {
    return this.#source.sections[this.#section]?.trailer ?? new Map()
  }

  /** The newest entry of a number; null where no section names it. */
  entryOf(number: number): XrefEntry | null {
    return this.#source.index.newest(number, this.#section)
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
    return { number, value: this.#objectStream(entry.stream).valueAt(entry.index, number), inFile: null }
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

  /** The numbers an object refers to; none for one that does not exist. Read once for all views. @throws as `load` */
  referencesOf(number: number): Int32Array {
    const { budget, references } = this.#source
    const entry = this.entryOf(number)
    if (entry === null || entry.kind === 'FREE') return NO_REFERENCES
    const held = entry.kind === 'IN_FILE' ? references.get(entry.offset) : undefined
    const found = held?.number === number ? held.found : this.#readReferences(number, entry)
    if (held === undefined && entry.kind === 'IN_FILE') references.set(entry.offset, { number, found })
    budget.spend('followed', 4 * found.length + 4)
    return found
  }

  #readReferences(number: number, entry: XrefEntry): Int32Array {
    if (entry.kind === 'IN_STREAM') return this.#objectStream(entry.stream).referencesAt(entry.index, number)
    return referencesIn(this.load(number)?.value ?? null)
  }

  #loadFromFile(number: number, offset: number, generation: number): FoundObject {
    const object = this.#readAt(offset, (reference) => this.#lengthOf(reference))
    if (object.number !== number || object.generation !== generation)
      throw new PkiError('STRUCTURE', `another object stands where object ${number} should be`)
    return { number, value: object.value, inFile: object }
  }

  #readAt(offset: number, lengthOf: LengthOf): IndirectObject {
    const { bytes, budget } = this.#source
    budget.spend('parsed', COST_OF_LOADING)
    const object = budget.chargeFailure(bytes.length - offset, () => readIndirectObject(bytes, offset, lengthOf))
    const data = ofKind('STREAM', object.value)?.data.length ?? 0
    budget.spend('parsed', object.end - object.start - data)
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
    const { budget, objectStreams } = this.#source
    const key = `${entry.offset} ${stream.data.length}`
    const opened = objectStreams.get(key) ?? openObjectStream(stream, budget)
    objectStreams.set(key, opened)
    this.#objectStreams.set(entry.offset, opened)
    return opened
  }
}
