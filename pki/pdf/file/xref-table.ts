import { PkiError } from '../../error.ts'
import { PDF_LIMITS } from '../limits.ts'
import { PdfParser } from '../syntax/parser.ts'
import { ofKind } from '../syntax/value.ts'
import { addEntry, FREE, type XrefEntry, type XrefSection } from './xref-section.ts'

/** Whether a cross-reference table begins here; if not it may be a stream. */
export function isXrefTable(bytes: Uint8Array, offset: number): boolean {
  return new PdfParser(bytes, offset).accept('xref')
}

/**
 * Reads a cross-reference table with its trailer (ISO 32000-2 7.5.4, 7.5.5). Line ends are taken as they come; numbers are not.
 * @throws PkiError STRUCTURE, TOO_LARGE
 */
export function readXrefTable(bytes: Uint8Array, offset: number): XrefSection {
  const parser = new PdfParser(bytes, offset)
  const entries = new Map<number, XrefEntry>()
  parser.expect('xref')
  while (!parser.accept('trailer')) {
    const first = parser.natural()
    const count = parser.natural()
    if (count > PDF_LIMITS.entries) throw new PkiError('TOO_LARGE', `over ${PDF_LIMITS.entries} cross-reference entries`)
    for (let i = 0; i < count; i++) addEntry(entries, first + i, readEntry(parser))
  }
  const trailer = ofKind('DICTIONARY', parser.value())
  if (!trailer) throw new PkiError('STRUCTURE', 'a trailer that is no dictionary')
  return { offset, pieces: [{ start: offset, end: parser.position }], entries, trailer: trailer.entries }
}

function readEntry(parser: PdfParser): XrefEntry {
  const offset = parser.natural()
  const generation = parser.natural()
  if (parser.accept('n')) return offset === 0 ? FREE : { kind: 'IN_FILE', offset, generation }
  parser.expect('f')
  return FREE
}
