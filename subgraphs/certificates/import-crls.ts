import { setImmediate } from 'node:timers/promises'
import { HubError } from '../../model/error.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import { type CertificateRevocationList, decodeCrl } from '../../pki/x509/crl.ts'
import { EXTENSION } from '../../pki/x509/extension.ts'
import { type FileReference, importBytes } from './import-bytes.ts'
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
 * @throws HubError TOO_LARGE for over 100 rows.
 */
export async function importCrls(references: readonly FileReference[], ports: ImportPorts): Promise<readonly CrlImportRow[]> {
  if (references.length > MAXIMUM_ROWS)
    throw new HubError('TOO_LARGE', `一次最多导入 ${MAXIMUM_ROWS} 个 CRL`, `at most ${MAXIMUM_ROWS} CRLs at once`)
  const read = (await importBytes(references, ports.files)).map(readCrl)
  const readable = read.filter((row) => 'digest' in row).sort(oldestFirst)
  const rows = read.filter((row) => 'outcome' in row)
  for (const row of readable) rows.push(await takeInCrl(row, ports))
  for (const row of rows) if (row.refusal) logRefusal(row, ports)
  return rows.sort((a, b) => a.index - b.index)
}

/** Reads one CRL as far as its head, or says why it cannot be. */
export function readCrl(bytes: Uint8Array | Refusal, index: number): ReadCrl | CrlImportRow {
  try {
    if ('code' in bytes) return { index, outcome: 'REFUSED', crl: null, refusal: bytes }
    return { index, digest: sm3Hex(bytes), crl: decodeCrl(bytes) }
  } catch (error) {
    return { index, outcome: 'REFUSED', crl: null, refusal: refusalOf(error) }
  }
}

/** Takes one CRL in by the rules of `admitCrl`. */
export async function takeInCrl(row: ReadCrl, ports: Omit<ImportPorts, 'files'>): Promise<CrlImportRow> {
  const { index, digest, crl } = row
  try {
    const held = await ports.store.crl(digest)
    if (held) return { index, outcome: 'UNCHANGED', crl: held, refusal: null }
    for (const _ of crl.entries.walk()) await setImmediate() // a large list must not keep others from their turn
    const admitted = await admitCrl(row, ports)
    if ('code' in admitted) {
      const refused = { ...headOf(digest, '', crl), entryCount: crl.entries.count }
      return { index, outcome: 'REFUSED', crl: refused, refusal: admitted }
    }
    ports.log.info({ digest, issuer: admitted.issuer, entries: admitted.entryCount }, 'CRL taken in')
    return { index, outcome: 'IMPORTED', crl: admitted, refusal: null }
  } catch (error) {
    return { index, outcome: 'REFUSED', crl: null, refusal: refusalOf(error) }
  }
}

function logRefusal({ index, crl, refusal }: CrlImportRow, { log }: ImportPorts): void {
  log.warn({ index, code: refusal?.code, issuer: crl?.issuer, digest: crl?.digest }, 'CRL refused')
}

/** A complete CRL goes before the delta issued with it. */
function oldestFirst(a: ReadCrl, b: ReadCrl): number {
  return a.crl.thisUpdate - b.crl.thisUpdate || Number(isDelta(a)) - Number(isDelta(b))
}

function isDelta({ crl }: ReadCrl): boolean {
  return crl.extensions.all.has(EXTENSION.deltaCrlIndicator)
}
