import type { Bilingual } from '../model/text.ts'
import type { FileItem } from './certificate-files.ts'
import { dataOf, type Graph } from './graph.ts'

export interface CrlRow {
  readonly file: string
  readonly outcome: 'IMPORTED' | 'UNCHANGED' | 'REFUSED'
  readonly issuer: string | null
  readonly number: string | null
  readonly nextUpdate: string | null
  readonly entries: number | null
  readonly refusal: { readonly code: string; readonly reason: Bilingual } | null
}

const IMPORT = `mutation ImportCrls($crls: [Base64!]!) {
  importCrls(crls: $crls) { rows { index outcome issuer number thisUpdate nextUpdate entries refusal { code reason { zh en } } } }
}`

/** Hands CRLs in one by one, so that one large list never shares a request with another. */
export async function importCrls(graph: Graph, files: readonly FileItem[]): Promise<readonly CrlRow[]> {
  const rows: CrlRow[] = []
  for (const { file, der, refusal } of files) rows.push(der ? await importOne(graph, file, der) : refusedRow(file, refusal))
  return rows
}

async function importOne(graph: Graph, file: string, der: Uint8Array): Promise<CrlRow> {
  type Data = { importCrls: { rows: Omit<CrlRow, 'file'>[] } }
  const { importCrls } = dataOf<Data>(await graph.ask(IMPORT, { crls: [Buffer.from(der).toString('base64')] }))
  const [row] = importCrls.rows
  return row ? { ...row, file } : refusedRow(file, null)
}

function refusedRow(file: string, refusal: FileItem['refusal']): CrlRow {
  return {
    file,
    outcome: 'REFUSED',
    issuer: null,
    number: null,
    nextUpdate: null,
    entries: null,
    refusal: refusal && { code: refusal.code, reason: refusal },
  }
}
