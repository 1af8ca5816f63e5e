import { PkiError } from '../../error.ts'
import { PDF_LIMITS, PdfBudget } from '../limits.ts'
import { type EndMarker, findEndMarkers } from './end-marker.ts'
import { type Revision, revisionsOf } from './revision.ts'
import { PdfView, type ViewSource } from './view.ts'
import { readXrefChain } from './xref-chain.ts'
import { XrefIndex } from './xref-index.ts'
import type { XrefSection } from './xref-section.ts'

/** A PDF file opened along its cross-reference chain: never by searching for objects. */
export interface PdfFile {
  readonly bytes: Uint8Array
  /** Newest first. */
  readonly sections: readonly XrefSection[]
  readonly markers: readonly EndMarker[]
  /** Oldest first; the last one is what a reader shows. */
  readonly revisions: readonly Revision[]
  readonly budget: PdfBudget
  /** The document as a reader shows it now. */
  readonly current: PdfView
  /** The document as its section of an index, and all older ones, have it: `revision.section` gives it as of that revision. */
  viewFrom(section: number): PdfView
}

const HEADER = /^%PDF-[12]\.\d[\r\n\t ]/
const HEADER_LENGTH = 9

/** Whether bytes begin as a PDF file does. */
export function isPdf(bytes: Uint8Array): boolean {
  return HEADER.test(Buffer.from(bytes.subarray(0, HEADER_LENGTH)).toString('latin1'))
}

/**
 * Opens a PDF file (ISO 32000-2 7.5): its header at the first byte, the last end marker, the cross-reference chain from there.
 * @throws PkiError STRUCTURE for a file without these or with broken ones, UNSUPPORTED for an encrypted one,
 *   TOO_LARGE, TOO_DEEP over a limit of PDF_LIMITS.
 */
export function openPdf(bytes: Uint8Array): PdfFile {
  if (bytes.length > PDF_LIMITS.file) throw new PkiError('TOO_LARGE', `a PDF file over ${PDF_LIMITS.file} bytes`)
  if (!isPdf(bytes)) throw new PkiError('STRUCTURE', 'no PDF header at the first byte')
  const markers = findEndMarkers(bytes)
  const last = markers.at(-1)
  if (!last) throw new PkiError('STRUCTURE', 'no startxref before an end of file')
  const budget = new PdfBudget()
  const sections = readXrefChain(bytes, last.offset, budget)
  const revisions = revisionsOf(sections, markers)
  if (revisions.at(-1)?.marker !== last)
    throw new PkiError('STRUCTURE', 'the cross-reference chain leads past the end of the file')
  const source: ViewSource = {
    bytes,
    sections,
    index: new XrefIndex(sections),
    budget,
    objectStreams: new Map(),
    references: new Map(),
  }
  const views = new Map<number, PdfView>()
  const viewFrom = (section: number) => {
    const view = views.get(section) ?? new PdfView(source, section)
    views.set(section, view)
    return view
  }
  return { bytes, sections, markers, revisions, budget, current: viewFrom(0), viewFrom }
}
