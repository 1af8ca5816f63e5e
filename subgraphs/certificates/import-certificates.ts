import { HubError } from '../../model/error.ts'
import type { FileReader } from '../../model/files.ts'
import type { Clock } from '../../model/time.ts'
import { decodeBase64 } from '../../pki/base64.ts'
import type { Log } from '../../runtime/log.ts'
import { type DecodedCertificate, decodedCertificate } from './decoded-certificate.ts'
import { heldForm } from './held-form.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import type { CertificateStore } from './store/certificate-store.ts'

const MAXIMUM_ROWS = 500

export interface CertificateImportRow {
  /** Position in the list handed in, from 0. */
  readonly index: number
  readonly outcome: 'IMPORTED' | 'UNCHANGED' | 'REFUSED'
  readonly certificate: DecodedCertificate | null
  readonly refusal: Refusal | null
}

export interface ImportPorts {
  readonly store: CertificateStore
  /** Where files sent to `POST /files` are read. */
  readonly files: FileReader
  readonly now: Clock
  readonly log: Log
}

/**
 * Takes certificates in, row by row: one that cannot be read is refused with its code and harms no other.
 * Nothing is said here about trust, so nothing is asked but that every byte and every known extension can be read.
 * @param certificates DER in base64.
 * @throws HubError TOO_LARGE for over 500 rows.
 */
export async function importCertificates(
  certificates: readonly string[],
  ports: Omit<ImportPorts, 'files'>,
): Promise<readonly CertificateImportRow[]> {
  if (certificates.length > MAXIMUM_ROWS)
    throw new HubError('TOO_LARGE', `一次最多导入 ${MAXIMUM_ROWS} 张证书`, `at most ${MAXIMUM_ROWS} certificates at once`)
  const rows: CertificateImportRow[] = []
  for (const [index, base64] of certificates.entries()) rows.push(await importRow(index, base64, ports))
  return rows
}

async function importRow(
  index: number,
  base64: string,
  { store, now, log }: Omit<ImportPorts, 'files'>,
): Promise<CertificateImportRow> {
  const read = readRow(base64)
  if ('code' in read) {
    log.warn({ index, code: read.code }, 'certificate refused')
    return { index, outcome: 'REFUSED', certificate: null, refusal: read }
  }
  const added = await store.add(heldForm(read), now())
  if (added) log.info({ fingerprint: read.fingerprint }, 'certificate taken in')
  return { index, outcome: added ? 'IMPORTED' : 'UNCHANGED', certificate: read, refusal: null }
}

function readRow(base64: string): DecodedCertificate | Refusal {
  try {
    return decodedCertificate(decodeBase64(base64))
  } catch (error) {
    return refusalOf(error)
  }
}
