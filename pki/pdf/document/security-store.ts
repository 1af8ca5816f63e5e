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
  /** CRLs and OCSP responses as stored, the responses first; not decoded, not trusted. At most 32 and 4 MiB. */
  readonly revocations: readonly Uint8Array[]
  /** How many CRLs and OCSP responses these bounds left out. */
  readonly leftOut: number
  /** How many are listed. */
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
  const certificates = items('Certs').flatMap((item) =>
    attempt([], () => [dataOf(current, item, budget, PDF_LIMITS.storedCertificate)]),
  )
  const [responses, crls] = [items('OCSPs'), items('CRLs')]
  const { revocations, leftOut } = readRevocations([...responses, ...crls], { view: current, budget, attempt })
  const byValue = attempt(null, () => ofKind('DICTIONARY', current.resolve(store?.get('VRI'))))
  if (store === null) faults.push('/DSS is no dictionary')
  return {
    certificates,
    revocations,
    leftOut,
    crls: crls.length,
    ocspResponses: responses.length,
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

interface StoreReader {
  readonly view: PdfView
  readonly budget: PdfBudget
  readonly attempt: <Value>(otherwise: Value, read: () => Value) => Value
}

/** A CRL may be as large as its issuer likes: one that is too large is no reason to refuse the document, and is left out. */
function readRevocations(
  items: readonly PdfValue[],
  { view, budget, attempt }: StoreReader,
): Pick<SecurityStore, 'revocations' | 'leftOut'> {
  const looked = items.slice(0, PDF_LIMITS.storedRevocations)
  const revocations: Uint8Array[] = []
  let leftOut = items.length - looked.length
  let left: number = PDF_LIMITS.storedRevocationBytes
  for (const item of looked) {
    const most = Math.min(left, budget.left('inflated'))
    const data = attempt(null, () => dataOrTooLarge(() => dataOf(view, item, budget, most)))
    if (data === 'TOO_LARGE') leftOut++
    else if (data !== null) {
      revocations.push(data)
      left -= data.length
    }
  }
  return { revocations, leftOut }
}

function dataOrTooLarge(read: () => Uint8Array): Uint8Array | 'TOO_LARGE' {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof PkiError && cause.code === 'TOO_LARGE') return 'TOO_LARGE'
    throw cause
  }
}

/** @param most bytes it may expand to. */
function dataOf(view: PdfView, item: PdfValue, budget: PdfBudget, most: number): Uint8Array {
  const stream = ofKind('STREAM', view.resolve(item))
  if (!stream) throw new PkiError('STRUCTURE', 'an entry of /DSS that is no stream')
  return decodeStream(stream, budget, most)
}
