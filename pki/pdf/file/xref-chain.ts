import { PkiError } from '../../error.ts'
import { type PdfBudget, withinPdf } from '../limits.ts'
import { integerIn, type PdfValue } from '../syntax/value.ts'
import type { XrefEntry, XrefSection } from './xref-section.ts'
import { readXrefStream } from './xref-stream.ts'
import { isXrefTable, readXrefTable } from './xref-table.ts'

/**
 * Every cross-reference section from the one at `offset` back along /Prev, the newest first (ISO 32000-2 7.5.5, 7.5.8.4).
 * @throws PkiError STRUCTURE for a broken section or a chain that comes back to itself, UNSUPPORTED for an encrypted document,
 *   TOO_LARGE over 256 sections or 500,000 entries.
 */
export function readXrefChain(bytes: Uint8Array, offset: number, budget: PdfBudget): readonly XrefSection[] {
  const sections: XrefSection[] = []
  const seen = new Set<number>()
  let entries = 0
  for (let next: number | null = offset; next !== null; ) {
    visit(seen, next)
    const section = readSection(bytes, next, seen, budget)
    if (section.trailer.has('Encrypt')) throw new PkiError('UNSUPPORTED', 'the document is encrypted')
    entries += section.entries.size
    withinPdf('entries', entries)
    sections.push(section)
    next = offsetIn(section.trailer, 'Prev')
  }
  return sections
}

function visit(seen: Set<number>, offset: number): void {
  if (seen.has(offset)) throw new PkiError('STRUCTURE', 'a chain of cross-reference sections that comes back to itself')
  seen.add(offset)
  withinPdf('sections', seen.size)
}

function readSection(bytes: Uint8Array, offset: number, seen: Set<number>, budget: PdfBudget): XrefSection {
  if (offset >= bytes.length) throw new PkiError('STRUCTURE', `no cross-reference section at ${offset}`)
  if (!isXrefTable(bytes, offset)) return readXrefStream(bytes, offset, budget)
  const table = readXrefTable(bytes, offset)
  const hidden = offsetIn(table.trailer, 'XRefStm')
  if (hidden === null) return table
  visit(seen, hidden)
  return hybrid(table, readXrefStream(bytes, hidden, budget))
}

/**
 * ISO 32000-2 7.5.8.4: what the table hides as free or leaves out stands in the stream. An object that both name, at different
 * places, would be two objects to two readers.
 */
function hybrid(table: XrefSection, stream: XrefSection): XrefSection {
  const entries = new Map<number, XrefEntry>(table.entries)
  for (const [number, entry] of stream.entries) {
    const inTable = entries.get(number)
    if (inTable && inTable.kind !== 'FREE' && !sameEntry(inTable, entry))
      throw new PkiError('STRUCTURE', `object ${number} stands at two places for a hybrid file`)
    entries.set(number, entry)
  }
  return { ...table, pieces: [...table.pieces, ...stream.pieces], entries }
}

/** Whether two entries lead to the same place. */
export function sameEntry(a: XrefEntry, b: XrefEntry): boolean {
  if (a.kind === 'IN_FILE' && b.kind === 'IN_FILE') return a.offset === b.offset && a.generation === b.generation
  if (a.kind === 'IN_STREAM' && b.kind === 'IN_STREAM') return a.stream === b.stream && a.index === b.index
  return a.kind === b.kind
}

function offsetIn(trailer: ReadonlyMap<string, PdfValue>, key: string): number | null {
  if (!trailer.has(key)) return null
  const offset = integerIn(trailer.get(key))
  if (offset === null || offset <= 0) throw new PkiError('STRUCTURE', `/${key} leads nowhere`)
  return offset
}
