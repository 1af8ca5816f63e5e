import type { XrefEntry, XrefSection } from './xref-section.ts'

interface PlacedEntry {
  /** Index of its section in the chain, 0 the newest. */
  readonly section: number
  readonly entry: XrefEntry
}

/** All entries of a chain by object number, so that any revision's newest is found at once. */
export class XrefIndex {
  readonly #entries = new Map<number, PlacedEntry[]>()

  /** @param sections newest first */
  constructor(sections: readonly XrefSection[]) {
    for (const [section, { entries }] of sections.entries()) {
      for (const [number, entry] of entries) {
        const placed = this.#entries.get(number)
        if (placed) placed.push({ section, entry })
        else this.#entries.set(number, [{ section, entry }])
      }
    }
  }

  /** The newest entry of a number among a section and all older ones; null where none names it. */
  newest(number: number, section: number): XrefEntry | null {
    const placed = this.#entries.get(number)
    if (!placed) return null
    let [low, high] = [0, placed.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((placed[middle]?.section ?? 0) < section) low = middle + 1
      else high = middle
    }
    return placed[low]?.entry ?? null
  }
}
