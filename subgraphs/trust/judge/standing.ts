import { type DivisionCode, isWithin } from '../../../model/division-code.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import { holds, type Instant } from '../../../model/time.ts'
import type { TrustRole, TrustService } from '../service.ts'
import type { Case } from './case.ts'

/** What the lists say of a certificate in a role: the worst over all moments asked about. */
export type ListStanding =
  | { readonly kind: 'ACCEPTED'; readonly service: TrustService }
  | { readonly kind: 'OUT_OF_SCOPE'; readonly service: TrustService }
  | { readonly kind: 'OUT_OF_TIME'; readonly service: TrustService; readonly at: Instant }
  | { readonly kind: 'NOT_LISTED' }

/** For which division a service must be in scope: a code, `null` when it is unknown, `ANY` when the question names none. */
export type AskedDivision = DivisionCode | null | 'ANY'

const RANK = { ACCEPTED: 0, OUT_OF_SCOPE: 1, OUT_OF_TIME: 2, NOT_LISTED: 3 } as const

/**
 * Whether a certificate is listed in a role, in time and in scope, at every one of the moments. At each moment one service must
 * answer for both time and scope; an unknown division is only within the scope of the whole nation.
 */
export function listStanding(
  matter: Case,
  role: TrustRole,
  fingerprint: Fingerprint,
  moments: readonly Instant[],
  division: AskedDivision,
): ListStanding {
  const services = matter.trust.services(role, fingerprint, matter.knownAt)
  const [first] = services
  if (!first) return { kind: 'NOT_LISTED' }
  const standings = moments.map((at): ListStanding => {
    const inTime = services.filter((service) => holds(service.span, at))
    const accepted = inTime.find((service) => isInScope(service, division))
    if (accepted) return { kind: 'ACCEPTED', service: accepted }
    return inTime[0] ? { kind: 'OUT_OF_SCOPE', service: inTime[0] } : { kind: 'OUT_OF_TIME', service: first, at }
  })
  const none: ListStanding = { kind: 'NOT_LISTED' }
  return standings.reduce((worst, standing) => (RANK[standing.kind] > RANK[worst.kind] ? standing : worst), standings[0] ?? none)
}

function isInScope({ scope }: TrustService, division: AskedDivision): boolean {
  if (division === 'ANY' || scope === '') return true
  return division !== null && isWithin(division, scope)
}
