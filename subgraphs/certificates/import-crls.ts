import { HubError } from '../../model/error.ts'
import { decodeBase64 } from '../../pki/base64.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import { type CertificateRevocationList, decodeCrl } from '../../pki/x509/crl.ts'
import { EXTENSION } from '../../pki/x509/extension.ts'
import type { ImportPorts } from './import-certificates.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import { admitCrl, headOf } from './revocation/admit-crl.ts'
import type { HeldCrl } from './store/certificate-store.ts'

const MAXIMUM_ROWS = 100

export interface CrlImportRow {
  /** Position in the list handed in, from 0. */
  readonly index: number
  readonly outcome: 'IMPORTED' | 'UNCHANGED' | 'REFUSED'
  /** Null when the bytes could not be read. */
  readonly crl: Omit<HeldCrl, 'series' | 'recordedAt'> | null
  readonly refusal: Refusal | null
}

/** A CRL read as far as its head. */
export interface ReadCrl {
  readonly index: number
  readonly digest: string
  readonly crl: CertificateRevocationList
}

/**
 * Takes CRLs in, row by row, oldest first whatever their order in the list; one that is refused harms no other.
 * The rules are those of `admitCrl`. The rows come back in the order of the list.
 * @param crls DER in base64.
 * @throws HubError TOO_LARGE for over 100 rows.
 */
export async function importCrls(crls: readonly string[], ports: ImportPorts): Promise<readonly CrlImportRow[]> {
  if (crls.length > MAXIMUM_ROWS)
    throw new HubError('TOO_LARGE', `一次最多导入 ${MAXIMUM_ROWS} 个 CRL`, `at most ${MAXIMUM_ROWS} CRLs at once`)
  const read = crls.map(readRow)
  const readable = read.filter((row) => 'digest' in row).sort(oldestFirst)
  const rows = read.filter((row) => 'outcome' in row)
  for (const row of readable) rows.push(await importRow(row, ports))
  for (const { refusal, index, crl } of rows) {
    if (refusal) ports.log.warn({ index, code: refusal.code, issuer: crl?.issuer, digest: crl?.digest }, 'CRL refused')
  }
  return rows.sort((a, b) => a.index - b.index)
}

function readRow(base64: string, index: number): ReadCrl | CrlImportRow {
  try {
    const bytes = decodeBase64(base64)
    return { index, digest: sm3Hex(bytes), crl: decodeCrl(bytes) }
  } catch (error) {
    return { index, outcome: 'REFUSED', crl: null, refusal: refusalOf(error) }
  }
}

async function importRow(row: ReadCrl, ports: ImportPorts): Promise<CrlImportRow> {
  const { index, digest } = row
  try {
    const held = await ports.store.crl(digest)
    if (held) return { index, outcome: 'UNCHANGED', crl: held, refusal: null }
    const admitted = await admitCrl(row, ports)
    if ('code' in admitted)
      return {
        index,
        outcome: 'REFUSED',
        crl: { ...headOf(digest, '', row.crl), entryCount: row.crl.entries.count },
        refusal: admitted,
      }
    ports.log.info({ digest, issuer: admitted.issuer, entries: admitted.entryCount }, 'CRL taken in')
    return { index, outcome: 'IMPORTED', crl: admitted, refusal: null }
  } catch (error) {
    return { index, outcome: 'REFUSED', crl: null, refusal: refusalOf(error) }
  }
}

/** A complete CRL goes before the delta issued with it. */
function oldestFirst(a: ReadCrl, b: ReadCrl): number {
  return a.crl.thisUpdate - b.crl.thisUpdate || Number(isDelta(a)) - Number(isDelta(b))
}

function isDelta({ crl }: ReadCrl): boolean {
  return crl.extensions.all.has(EXTENSION.deltaCrlIndicator)
}
