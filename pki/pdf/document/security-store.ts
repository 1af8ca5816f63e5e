import { PkiError } from '../../error.ts'
import type { PdfFile } from '../file/file.ts'
import type { PdfView } from '../file/view.ts'
import { isRefusedForSize, PDF_LIMITS, type PdfBudget } from '../limits.ts'
import { decodeStream } from '../syntax/stream-data.ts'
import { ofKind, type PdfValue } from '../syntax/value.ts'
import { catalogOf, itemsAt } from './catalog.ts'

/** The document security store (ISO 32000-2 12.8.4.3, ETSI EN 319 142-1 5.4.2): what was brought along for validating later. */
export interface SecurityStore {
  /** DER as stored; not decoded, not trusted. */
  readonly certificates: readonly Uint8Array[]
  readonly crls: number
  readonly ocspResponses: number
  /** How many signatures have entries of their own (/VRI); what these name stands above too. */
  readonly signatures: number
  /** Why some of it could not be read; null when all could. */
  readonly fault: string | null
}

/**
 * Reads the store of the document as it is shown now. It is written after the signatures and covered by none of them, so it
 * proves nothing: it only offers candidates.
 * @returns null where there is none. What cannot be read of it is left out and told, for no signature hangs on it.
 * @throws PkiError TOO_LARGE over 1,024 of a kind or the budget, TOO_DEEP
 */
export function readSecurityStore({ current, budget }: PdfFile): SecurityStore | null {
  if (!catalogOf(current).has('DSS')) return null
  const faults: string[] = []
  const attempt = <Value>(otherwise: Value, read: () => Value): Value => readOr(otherwise, faults, read)
  const store = attempt(null, () => ofKind('DICTIONARY', current.resolve(catalogOf(current).get('DSS')))?.entries ?? null)
  const items = (key: string) => attempt([], () => within(itemsAt(current, store?.get(key), `/${key} of /DSS`)))
  const certificates = items('Certs').flatMap((item) => attempt([], () => [dataOf(current, item, budget)]))
  const byValue = attempt(null, () => ofKind('DICTIONARY', current.resolve(store?.get('VRI'))))
  if (store === null) faults.push('/DSS is no dictionary')
  return {
    certificates,
    crls: items('CRLs').length,
    ocspResponses: items('OCSPs').length,
    signatures: byValue?.entries.size ?? 0,
    fault: faults[0] ?? null,
  }
}

function readOr<Value>(otherwise: Value, faults: string[], read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof PkiError) || isRefusedForSize(cause)) throw cause
    faults.push(cause.message)
    return otherwise
  }
}

function within(items: readonly PdfValue[]): readonly PdfValue[] {
  if (items.length > PDF_LIMITS.stored) throw new PkiError('TOO_LARGE', `over ${PDF_LIMITS.stored} entries of one kind in /DSS`)
  return items
}

function dataOf(view: PdfView, item: PdfValue, budget: PdfBudget): Uint8Array {
  const stream = ofKind('STREAM', view.resolve(item))
  if (!stream) throw new PkiError('STRUCTURE', 'an entry of /DSS that is no stream')
  return decodeStream(stream, budget, PDF_LIMITS.storedCertificate)
}
