import { HubError } from '../../model/error.ts'
import { decodeOcspResponse } from '../../pki/ocsp/response.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import { type FileReference, importBytes } from './import-bytes.ts'
import type { ImportPorts } from './import-certificates.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import { admitOcsp } from './revocation/admit-ocsp.ts'
import type { NewOcspResponse } from './store/ocsp-store.ts'

const MAXIMUM_ROWS = 500

export interface OcspImportRow {
  /** Position in the list handed in, from 0. */
  readonly index: number
  readonly outcome: 'IMPORTED' | 'UNCHANGED' | 'REFUSED'
  readonly response: NewOcspResponse | null
  readonly refusal: Refusal | null
}

/**
 * Takes OCSP responses in, row by row, by the rules of `admitOcsp`; one that is refused harms no other.
 * @throws HubError TOO_LARGE for over 500 rows.
 */
export async function importOcspResponses(
  references: readonly FileReference[],
  ports: ImportPorts,
): Promise<readonly OcspImportRow[]> {
  if (references.length > MAXIMUM_ROWS)
    throw new HubError('TOO_LARGE', `一次最多导入 ${MAXIMUM_ROWS} 个应答`, `at most ${MAXIMUM_ROWS} responses at once`)
  const rows: OcspImportRow[] = []
  for (const [index, bytes] of (await importBytes(references, ports.files)).entries()) {
    const row = { index, ...('code' in bytes ? refused(bytes) : await takeInOcsp(bytes, ports)) }
    if (row.refusal) ports.log.warn({ index, code: row.refusal.code }, 'OCSP response refused')
    rows.push(row)
  }
  return rows
}

/** Takes one response in. @param nonce the one that was sent, where we asked ourselves. */
export async function takeInOcsp(
  bytes: Uint8Array,
  ports: Pick<ImportPorts, 'store' | 'now' | 'log'>,
  nonce?: Uint8Array,
): Promise<Omit<OcspImportRow, 'index'>> {
  try {
    const digest = sm3Hex(bytes)
    if (await ports.store.hasOcsp(digest)) return { outcome: 'UNCHANGED', response: null, refusal: null }
    const asked = { digest, bytes, response: decodeOcspResponse(bytes), ...(nonce ? { nonce } : {}) }
    const admitted = await admitOcsp(asked, ports)
    if ('code' in admitted) return refused(admitted)
    ports.log.info({ digest, responder: admitted.responder, answers: admitted.sayings.length }, 'OCSP response taken in')
    return { outcome: 'IMPORTED', response: admitted, refusal: null }
  } catch (error) {
    return refused(refusalOf(error))
  }
}

function refused(refusal: Refusal): Omit<OcspImportRow, 'index'> {
  return { outcome: 'REFUSED', response: null, refusal }
}
