import type { Check } from '../../model/check.ts'
import { describe } from '../../model/checks/catalogue.ts'
import { formatInstant, type Instant } from '../../model/time.ts'
import type { DecodedCertificate } from './decoded-certificate.ts'
import type { FoundPath } from './path-cache.ts'
import type { CertificatesRoom } from './room.ts'

/** `CertificatePath` of the graph. */
export interface PathStatus {
  readonly certificates: readonly DecodedCertificate[]
  readonly validFrom: string
  readonly validUntil: string
  /** Whether all of them are valid at the moment asked about. */
  readonly valid: boolean
  readonly checks: readonly Check[]
}

/** The likeliest path whose certificates are all valid at `at`; null when there is none. Whether its root is trusted is for `trust` to say. */
export async function pathStatus(
  asked: DecodedCertificate,
  at: Instant,
  room: Pick<CertificatesRoom, 'paths'>,
): Promise<PathStatus | null> {
  return (await pathStatuses(asked, at, room)).find(({ valid }) => valid) ?? null
}

/** Every candidate path to a root held, at most eight: those valid at `at` first, then the likeliest. */
export async function pathStatuses(
  asked: DecodedCertificate,
  at: Instant,
  { paths }: Pick<CertificatesRoom, 'paths'>,
): Promise<readonly PathStatus[]> {
  const statuses = (await paths.of(asked)).paths.map((path) => statusOf(path, at))
  return [...statuses.filter(({ valid }) => valid), ...statuses.filter(({ valid }) => !valid)]
}

/** Why there is no candidate path at all; null when there is one. */
export async function noPathReason(asked: DecodedCertificate, { paths }: Pick<CertificatesRoom, 'paths'>) {
  const { noPath } = await paths.of(asked)
  return noPath && { code: noPath.code, reason: noPath.detail }
}

function statusOf({ chain, checks }: FoundPath, at: Instant): PathStatus {
  const validities = chain.map(({ certificate }) => certificate.validity)
  const from = Math.max(...validities.map(({ notBefore }) => notBefore))
  const until = Math.min(...validities.map(({ notAfter }) => notAfter))
  return {
    certificates: chain,
    validFrom: formatInstant(from),
    validUntil: formatInstant(until),
    valid: from <= at && at <= until,
    checks: checks.map(describe),
  }
}
