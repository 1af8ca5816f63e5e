import type { PdfFile } from '../file/file.ts'
import type { Piece } from '../file/xref-section.ts'
import { isLineEnd, isSpace } from '../syntax/characters.ts'

const PERCENT = 0x25

/**
 * Where the first byte after a position stands that is no part of the updates made there: neither an object that their
 * cross-reference sections name, nor such a section, nor an end marker. Readers that search for objects would find what stands
 * there. Null when every byte is accounted for.
 * @param newer how many sections, the newest first, belong to these updates
 * @throws PkiError STRUCTURE when an object that is named is not there; TOO_LARGE, TOO_DEEP
 */
export function firstUnexplained(file: PdfFile, position: number, newer: number): number | null {
  const pieces = [...sectionPieces(file, newer), ...objectPieces(file, position, newer), ...markerPieces(file, position)]
  pieces.sort((a, b) => a.start - b.start || a.end - b.end)
  let at = position
  let last: Piece | null = null
  for (const piece of pieces) {
    if (last && piece.start === last.start && piece.end === last.end) continue
    if (piece.start < at) return piece.start
    const stray = strayByte(file.bytes, at, piece.start)
    if (stray !== null) return stray
    at = piece.end
    last = piece
  }
  return strayByte(file.bytes, at, file.bytes.length)
}

function sectionPieces({ sections }: PdfFile, newer: number): readonly Piece[] {
  return sections.slice(0, newer).flatMap(({ pieces }) => pieces)
}

/** Of objects that stand before the position, which an update may name again, nothing was appended. */
function objectPieces(file: PdfFile, position: number, newer: number): readonly Piece[] {
  return file.sections.slice(0, newer).flatMap(({ entries }, index) => {
    const view = file.viewFrom(index)
    return [...entries].flatMap(([number, entry]) => {
      if (entry.kind !== 'IN_FILE' || entry.offset < position) return []
      return view.load(number)?.inFile ?? []
    })
  })
}

function markerPieces({ markers, sections }: PdfFile, position: number): readonly Piece[] {
  const offsets = new Set(sections.map(({ offset }) => offset))
  return markers.filter(({ start, offset }) => start >= position && offsets.has(offset))
}

/** What readers that search for objects when a table fails them look for: no comment may hold it. */
const SEARCHED_FOR = ['obj', 'trailer', 'xref', 'stream']

/** The first byte of a stretch that is neither white space nor part of a harmless comment. */
function strayByte(bytes: Uint8Array, from: number, to: number): number | null {
  let at = from
  while (at < to) {
    if (isSpace(bytes[at])) at++
    else if (bytes[at] !== PERCENT) return at
    else {
      const start = at
      while (at < to && !isLineEnd(bytes[at])) at++
      const comment = Buffer.from(bytes.buffer, bytes.byteOffset + start, at - start)
      if (SEARCHED_FOR.some((word) => comment.includes(word))) return start
    }
  }
  return null
}
