import type { Registration } from '../../../model/facts.ts'
import { holds } from '../../../model/time.ts'
import type { TrustService } from '../service.ts'
import type { Case } from './case.ts'
import { type Finding, found, saidBy } from './finding.ts'
import { isCurrent } from './standing.ts'
import { plain } from './words.ts'

/**
 * Whether the platform whose word the status is may publish it. Where lists name who publishes the status of a division's seals
 * (福建 13 and 14: through the public system), nobody else's word makes a seal valid; where they name nobody, any member platform's
 * does. That a seal is lost, suspended or at its end counts whoever says so.
 */
export function statusPublisher(matter: Case, { platform, division }: Registration, object: string): readonly Finding[] {
  const { trust, knownAt, present } = matter
  const named = trust.publishers(division, knownAt).filter(({ span }) => holds(span, present))
  if (named.length === 0) return []
  const certificates = trust.platforms(platform, knownAt).filter(({ span }) => holds(span, present))
  const own = named.filter(({ fingerprint }) => certificates.some((one) => one.fingerprint === fingerprint))
  const current = own.find((service) => isCurrent(matter, service))
  if (current) return [told(current, 'PASSED', object, platform)]
  const [first] = own.length > 0 ? own : named
  return first ? [told(first, 'UNKNOWN', object, platform)] : []
}

function told(service: TrustService, outcome: 'PASSED' | 'UNKNOWN', object: string, platform: string): Finding {
  return saidBy(
    service,
    found('STATUS_PUBLISHER', object, outcome, () => plain(outcome === 'PASSED' ? platform : `${platform} ≠ ${service.name}`)),
  )
}
