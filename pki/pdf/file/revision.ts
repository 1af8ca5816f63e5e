import { afterSpace } from '../syntax/characters.ts'
import type { EndMarker } from './end-marker.ts'
import type { XrefSection } from './xref-section.ts'

/** The file as it stood after one of its updates (ISO 32000-2 7.5.6): all of its bytes up to an end marker. */
export interface Revision {
  /** 1 for the first. */
  readonly number: number
  /** Index in the chain of its newest cross-reference section; the later ones have smaller indexes. */
  readonly section: number
  readonly marker: EndMarker
}

/**
 * The revisions of a file, the oldest first: each end marker that leads to a section of the chain, all whose predecessors lie
 * before it. A linearized file is one revision although it has two sections.
 */
export function revisionsOf(sections: readonly XrefSection[], markers: readonly EndMarker[]): readonly Revision[] {
  const reach = reachOf(sections)
  const indexes = new Map(sections.map(({ offset }, index) => [offset, index]))
  const revisions: Revision[] = []
  for (const marker of markers) {
    const section = indexes.get(marker.offset)
    if (section === undefined || (reach[section] ?? Number.POSITIVE_INFINITY) > marker.start) continue
    revisions.push({ number: revisions.length + 1, section, marker })
  }
  return revisions
}

/** For each section, where the last byte of it and all older ones ends. */
function reachOf(sections: readonly XrefSection[]): readonly number[] {
  const reach = sections.map(({ pieces }) => Math.max(...pieces.map(({ end }) => end)))
  for (let i = reach.length - 2; i >= 0; i--) reach[i] = Math.max(reach[i] ?? 0, reach[i + 1] ?? 0)
  return reach
}

/** The revision that ends where a signed range ends: with its `%%EOF`, or with the white space that follows. */
export function revisionEndingAt(bytes: Uint8Array, revisions: readonly Revision[], end: number): Revision | null {
  const revision = revisions.findLast(({ marker }) => marker.end <= end)
  return revision && afterSpace(bytes, revision.marker.end, end) === end ? revision : null
}
