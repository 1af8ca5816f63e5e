import type { Check } from '../../model/check.ts'
import { describe } from '../../model/checks/catalogue.ts'
import { formatInstant, type Instant } from '../../model/time.ts'
import type { DecodedCertificate } from './decoded-certificate.ts'
import type { CertificatesRoom } from './room.ts'

/** `CertificatePath` of the graph. */
export interface PathStatus {
  readonly certificates: readonly DecodedCertificate[]
  readonly validFrom: string
  readonly validUntil: string
  readonly checks: readonly Check[]
}

/** The likeliest path whose certificates are all valid at `at`; null when there is none. Whether its root is trusted is for `trust` to say. */
export async function pathStatus(
  asked: DecodedCertificate,
  at: Instant,
  { paths }: Pick<CertificatesRoom, 'paths'>,
): Promise<PathStatus | null> {
  const found = await paths.of(asked)
  for (const { chain, checks } of found.paths) {
    const validities = chain.map(({ certificate }) => certificate.validity)
    const from = Math.max(...validities.map(({ notBefore }) => notBefore))
    const until = Math.min(...validities.map(({ notAfter }) => notAfter))
    if (from <= at && at <= until)
      return {
        certificates: chain,
        validFrom: formatInstant(from),
        validUntil: formatInstant(until),
        checks: checks.map(describe),
      }
  }
  return null
}
