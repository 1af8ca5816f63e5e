import { HubError } from '../../model/error.ts'
import { formatCursor, noSuchCursor, type Page, type PageQuestion, pageOf, pageSize, parseCursor } from '../../model/page.ts'
import { type DecodedCertificate, decodedCertificate } from './decoded-certificate.ts'
import type { CertificatesRoom } from './room.ts'
import type { ExpiryPosition, HeldCertificate } from './store/certificate-store.ts'

const DAY_MS = 86_400_000
const MAXIMUM_DAYS = 36_500

export interface ExpiringQuestion extends PageQuestion {
  /** Days from now. */
  readonly within: number
}

/**
 * Certificates held that expire within so many days from now, the first to expire first.
 * @throws HubError BAD_INPUT for a number of days out of 0 to 36,500, a page size out of 1 to 500, or an unknown cursor.
 */
export async function expiringCertificates(
  { within, first, after }: ExpiringQuestion,
  { store, now }: Pick<CertificatesRoom, 'store' | 'now'>,
): Promise<Page<DecodedCertificate>> {
  if (within < 0 || within > MAXIMUM_DAYS)
    throw new HubError('BAD_INPUT', `within 须为 0 至 ${MAXIMUM_DAYS} 天`, `within is 0 to ${MAXIMUM_DAYS} days`)
  const size = pageSize(first)
  const start: ExpiryPosition = after ? positionOf(after) : { notAfter: now(), fingerprint: '' }
  const page = pageOf(await store.expiring(start, now() + within * DAY_MS, size + 1), size, cursorOf)
  return { ...page, nodes: page.nodes.map(({ der }) => decodedCertificate(der)) }
}

function cursorOf({ notAfter, fingerprint }: HeldCertificate): string {
  return formatCursor(notAfter, fingerprint)
}

function positionOf(cursor: string): ExpiryPosition {
  const [notAfter, fingerprint] = parseCursor(cursor) ?? []
  if (!/^-?\d{1,16}$/.test(notAfter ?? '') || !/^[0-9a-f]{64}$/.test(fingerprint ?? '')) throw noSuchCursor()
  return { notAfter: Number(notAfter), fingerprint: fingerprint ?? '' }
}
