import { type DivisionCode, isWithin } from '../../../model/division-code.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import { holds, type Instant } from '../../../model/time.ts'
import type { TrustRole, TrustService } from '../service.ts'
import type { Case } from './case.ts'

/** What the lists say of a certificate in a role: the worst over all moments asked about. */
export type ListStanding =
  | { readonly kind: 'ACCEPTED'; readonly service: TrustService }
  | { readonly kind: 'LIST_STALE'; readonly service: TrustService; readonly since: Instant | null }
  | { readonly kind: 'OUT_OF_SCOPE'; readonly service: TrustService }
  | { readonly kind: 'OUT_OF_TIME'; readonly service: TrustService; readonly at: Instant }
  | { readonly kind: 'NOT_LISTED' }

/** For which division a service must be in scope: a code, `null` when it is unknown, `ANY` when the question names none. */
export type AskedDivision = DivisionCode | null | 'ANY'

const RANK = { ACCEPTED: 0, LIST_STALE: 1, OUT_OF_SCOPE: 2, OUT_OF_TIME: 3, NOT_LISTED: 4 } as const

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
  let worst: ListStanding | null = null
  for (const at of moments) {
    const standing = standingAt(matter, services, first, at, division)
    if (worst === null || RANK[standing.kind] > RANK[worst.kind]) worst = standing
  }
  return worst ?? { kind: 'NOT_LISTED' }
}

function standingAt(
  matter: Case,
  services: readonly TrustService[],
  first: TrustService,
  at: Instant,
  division: AskedDivision,
): ListStanding {
  let inTime: TrustService | null = null
  let inScope: TrustService | null = null
  for (const service of services) {
    if (!holds(service.span, at)) continue
    inTime ??= service
    if (!isInScope(service, division)) continue
    if (isCurrent(matter, service)) return { kind: 'ACCEPTED', service }
    inScope ??= service
  }
  if (inScope) return { kind: 'LIST_STALE', service: inScope, since: nextUpdateOf(matter, inScope) }
  return inTime ? { kind: 'OUT_OF_SCOPE', service: inTime } : { kind: 'OUT_OF_TIME', service: first, at }
}

/** What a list says counts until its next update is due; then nobody knows what its operator would say now. */
export function isCurrent(matter: Case, service: TrustService): boolean {
  if (service.list === null) return true
  const nextUpdate = nextUpdateOf(matter, service)
  return nextUpdate !== null && matter.present <= nextUpdate
}

function nextUpdateOf({ trust, knownAt }: Case, { list }: TrustService): Instant | null {
  return list === null ? null : (trust.list(list, knownAt)?.nextUpdate ?? null)
}

function isInScope({ scope }: TrustService, division: AskedDivision): boolean {
  if (division === 'ANY' || scope === '') return true
  return division !== null && isWithin(division, scope)
}
