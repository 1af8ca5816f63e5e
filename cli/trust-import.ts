import type { Bilingual } from '../model/text.ts'
import type { FileItem } from './certificate-files.ts'
import type { Graph } from './graph.ts'
import { dataOf } from './graph.ts'

export const ROLES = ['ANCHOR', 'CA', 'MAKER', 'STATUS_PUBLISHER', 'TIME_STAMP_AUTHORITY', 'PLATFORM', 'LIST_OPERATOR'] as const

/** What every certificate of one import is listed as; null takes it from the certificate. */
export interface ServiceTemplate {
  readonly role: (typeof ROLES)[number]
  readonly scope: string
  readonly name: string | null
  readonly from: string | null
  readonly until: string | null
  readonly evidence: string | null
  /** SM3 of the document behind that. */
  readonly evidenceDigest?: string | null
  /** One of `SERVICE_END_REASONS`. */
  readonly endCode?: string | null
  readonly endReason?: string | null
  /** Of makers. */
  readonly classes?: readonly string[] | null
  /** Of CAs. */
  readonly caKind?: string | null
  /** Of operators of lists. */
  readonly location?: string | null
}

export interface TrustRow {
  readonly file: string
  readonly outcome: 'IMPORTED' | 'UNCHANGED' | 'PROPOSED' | 'REFUSED'
  /** Where another administrator has to approve: the proposal it is part of. */
  readonly proposal?: string | null
  readonly subject: string | null
  readonly refusal: { readonly code: string; readonly reason: Bilingual } | null
}

export interface TrustService {
  readonly role: string
  readonly fingerprint: string
  readonly name: string
  readonly scope: string
  readonly from: string
  readonly until: string | null
  readonly endCode: string | null
  readonly endReason: string | null
  readonly classes: readonly string[] | null
  readonly caKind: string | null
  readonly location: string | null
  readonly notAfter: string | null
  /** Territory of the signed list that says so. */
  readonly list: string | null
}

interface ImportRow<Imported> {
  readonly index: number
  readonly outcome: TrustRow['outcome']
  readonly refusal: TrustRow['refusal']
  readonly imported: Imported | null
}

interface ImportedCertificate {
  readonly fingerprint: string
  readonly subject: string
  readonly notBefore: string
  readonly notAfter: string
}

const BATCH = 200

const IMPORT_CERTIFICATES = `mutation ImportCertificates($certificates: [Base64!]!) {
  importCertificates(certificates: $certificates) {
    rows { index outcome imported: certificate { fingerprint subject notBefore notAfter } refusal { code reason { zh en } } }
  }
}`

const IMPORT_SERVICES = `mutation ImportTrustServices($services: [TrustServiceInput!]!) {
  importTrustServices(services: $services) { rows { index outcome refusal { code reason { zh en } } } proposal { id } }
}`

const PROPOSE_SERVICES = `mutation ProposeTrustServices($services: [TrustServiceInput!]!, $why: String!) {
  proposeTrustServices(services: $services, why: $why) { id }
}`

const LIST = `query ListTrust($role: TrustRole, $at: DateTime, $after: String) {
  trustServices(role: $role, at: $at, first: 100, after: $after) {
    nodes { role fingerprint name scope from until endCode endReason classes caKind location notAfter list }
    pageInfo { endCursor hasNextPage }
  }
}`

/** Takes certificates into `certificates` and lists them in `trust`: two mutations, one summary, row by row. */
export async function importTrust(
  graph: Graph,
  files: readonly FileItem[],
  template: ServiceTemplate,
  how: 'IMPORT' | 'PROPOSE' = 'IMPORT',
): Promise<readonly TrustRow[]> {
  const rows: TrustRow[] = []
  for (let start = 0; start < files.length; start += BATCH)
    rows.push(...(await importBatch(graph, files.slice(start, start + BATCH), template, how)))
  return rows
}

async function importBatch(
  graph: Graph,
  files: readonly FileItem[],
  template: ServiceTemplate,
  how: 'IMPORT' | 'PROPOSE',
): Promise<readonly TrustRow[]> {
  const readable = files.filter((item) => item.der !== null)
  const certificates = readable.map(({ der }) => Buffer.from(der ?? []).toString('base64'))
  const taken = certificates.length === 0 ? [] : await importCertificates(graph, certificates)
  const listable = taken.filter((row) => row.imported !== null)
  const listed =
    listable.length === 0
      ? []
      : await HAND_IN[how](
          graph,
          listable.map(({ imported }) => serviceOf(imported as ImportedCertificate, template)),
          template.evidence ?? '',
        )

  return files.map((item) => {
    if (item.refusal)
      return { file: item.file, outcome: 'REFUSED', subject: null, refusal: { code: item.refusal.code, reason: item.refusal } }
    const row = taken[readable.indexOf(item)]
    if (!row?.imported) return { file: item.file, outcome: 'REFUSED', subject: null, refusal: row?.refusal ?? null }
    const service = listed[listable.indexOf(row)]
    return {
      file: item.file,
      outcome: service?.outcome ?? 'REFUSED',
      proposal: service?.proposal ?? null,
      subject: row.imported.subject,
      refusal: service?.refusal ?? null,
    }
  })
}

async function importCertificates(
  graph: Graph,
  certificates: readonly string[],
): Promise<readonly ImportRow<ImportedCertificate>[]> {
  type Data = { importCertificates: { rows: ImportRow<ImportedCertificate>[] } }
  return dataOf<Data>(await graph.ask(IMPORT_CERTIFICATES, { certificates })).importCertificates.rows
}

async function importServices(graph: Graph, services: readonly object[]): Promise<readonly ListedRow[]> {
  type Data = { importTrustServices: { rows: ImportRow<never>[]; proposal: { id: string } | null } }
  const { rows, proposal } = dataOf<Data>(await graph.ask(IMPORT_SERVICES, { services })).importTrustServices
  return rows.map((row) => ({ ...row, proposal: row.outcome === 'PROPOSED' ? (proposal?.id ?? null) : null }))
}

async function proposeServices(graph: Graph, services: readonly object[], why: string): Promise<readonly ListedRow[]> {
  type Data = { proposeTrustServices: { id: string } }
  const { id } = dataOf<Data>(await graph.ask(PROPOSE_SERVICES, { services, why })).proposeTrustServices
  return services.map((_, index) => ({ index, outcome: 'PROPOSED', refusal: null, imported: null, proposal: id }))
}

const HAND_IN = { IMPORT: importServices, PROPOSE: proposeServices } as const

type ListedRow = ImportRow<never> & { readonly proposal: string | null }

function serviceOf(
  { fingerprint, subject, notBefore, notAfter }: ImportedCertificate,
  { name, from, ...template }: ServiceTemplate,
): object {
  return { ...template, fingerprint, name: name ?? subject, from: from ?? notBefore, notAfter }
}

/** Everything listed, page after page. */
export async function listTrust(graph: Graph, role: string | null, at: string | null): Promise<readonly TrustService[]> {
  const services: TrustService[] = []
  for (let after: string | null = null; ; ) {
    type Page = { trustServices: { nodes: TrustService[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } } }
    const { nodes, pageInfo }: Page['trustServices'] = dataOf<Page>(await graph.ask(LIST, { role, at, after })).trustServices
    services.push(...nodes)
    if (!pageInfo.hasNextPage || nodes.length === 0) return services
    after = pageInfo.endCursor
  }
}
