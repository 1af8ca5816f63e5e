import type { DivisionScope } from '../../../model/division-code.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import type { Instant } from '../../../model/time.ts'
import type { TrustRoom } from '../room.ts'
import { serviceNode } from '../service-list.ts'

const EVERYTHING = Number.MAX_SAFE_INTEGER

/**
 * `Query.impact`: what would fall here if a certificate were distrusted from a moment: the services it holds then or later, and
 * the divisions they act for. To the same answer `certificates` adds the authorities that fall, and `seals` the seals.
 */
export async function impact(room: TrustRoom, fingerprint: Fingerprint, from: Instant): Promise<object> {
  const trust = await room.lists.snapshot()
  const falling = trust.ofCertificate(fingerprint, EVERYTHING).filter(({ span }) => span.until === null || span.until >= from)
  const scopes: readonly DivisionScope[] = [...new Set(falling.map(({ scope }) => scope))].sort()
  const agreements = trust.agreements
    .all(EVERYTHING)
    .filter(({ span }) => span.until === null || span.until >= from)
    .filter(({ issuedIn }) =>
      scopes.some((scope) => issuedIn.startsWith(scope) || scope.startsWith(issuedIn.replace(/(?:00){1,3}$/, ''))),
    )
  return {
    fingerprint,
    from,
    services: falling.map(serviceNode),
    scopes,
    lists: [...new Set(falling.map(({ list }) => list).filter((list) => list !== null))].sort(),
    agreements: agreements.length,
    certificate: { __typename: 'Certificate', fingerprint },
  }
}
