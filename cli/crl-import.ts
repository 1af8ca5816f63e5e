import type { Bilingual } from '../model/text.ts'
import type { FileItem } from './certificate-files.ts'
import { dataOf, type FileReference, type Graph } from './graph.ts'

export interface CrlRow {
  readonly file: string
  readonly kind: 'CRL' | 'OCSP'
  readonly outcome: 'IMPORTED' | 'UNCHANGED' | 'REFUSED'
  /** Issuer of the CRL, or the responder. */
  readonly issuer: string | null
  readonly number: string | null
  readonly nextUpdate: string | null
  /** Entries of a CRL, answers of a response. */
  readonly entries: number | null
  readonly refusal: { readonly code: string; readonly reason: Bilingual } | null
}

const IMPORT_CRL = `mutation ImportCrl($file: FileReference!) {
  imported: importCrls(files: [$file]) { rows { outcome issuer number nextUpdate entries refusal { code reason { zh en } } } }
}`
const IMPORT_OCSP = `mutation ImportOcspResponse($file: FileReference!) {
  imported: importOcspResponses(files: [$file]) { rows { outcome issuer: responder entries: answers refusal { code reason { zh en } } } }
}`

/** What still fits into a request beside the query; anything larger is uploaded first. */
const MAXIMUM_INLINE_BYTES = 512 * 1024
const ENUMERATED = 0x0a

/** Hands CRLs and OCSP responses in one by one, so that one large list never shares a request with another. */
export async function importCrls(graph: Graph, files: readonly FileItem[]): Promise<readonly CrlRow[]> {
  const rows: CrlRow[] = []
  for (const { file, der, refusal } of files)
    rows.push(der ? await importOne(graph, file, der) : refusedRow(file, 'CRL', refusal))
  return rows
}

async function importOne(graph: Graph, file: string, der: Uint8Array): Promise<CrlRow> {
  type Data = { imported: { rows: Partial<Omit<CrlRow, 'file' | 'kind'>>[] } }
  const kind = isOcspResponse(der) ? 'OCSP' : 'CRL'
  const reference = await referenceTo(graph, der)
  const { imported } = dataOf<Data>(await graph.ask(kind === 'OCSP' ? IMPORT_OCSP : IMPORT_CRL, { file: reference }))
  const [row] = imported.rows
  return { ...refusedRow(file, kind, null), ...row }
}

async function referenceTo(graph: Graph, bytes: Uint8Array): Promise<FileReference> {
  return bytes.length > MAXIMUM_INLINE_BYTES ? graph.put(bytes) : { base64: Buffer.from(bytes).toString('base64') }
}

/** An OCSPResponse begins with its status (RFC 6960 §4.2.1), a CRL never does. */
function isOcspResponse(der: Uint8Array): boolean {
  const first = der[1] ?? 0
  return der[first < 0x80 ? 2 : 2 + (first & 0x7f)] === ENUMERATED
}

function refusedRow(file: string, kind: CrlRow['kind'], refusal: FileItem['refusal']): CrlRow {
  return {
    file,
    kind,
    outcome: 'REFUSED',
    issuer: null,
    number: null,
    nextUpdate: null,
    entries: null,
    refusal: refusal && { code: refusal.code, reason: refusal },
  }
}
