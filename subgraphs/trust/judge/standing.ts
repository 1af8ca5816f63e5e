import { type DivisionCode, isWithin } from '../../../model/division-code.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import type { SealClass } from '../../../model/seal.ts'
import { holds, type Instant } from '../../../model/time.ts'
import { isInForce, listStateAt } from '../lists/state.ts'
import type { TrustRole, TrustService } from '../service.ts'
import type { Case } from './case.ts'

/** What the lists say of a certificate in a role: the worst over all moments asked about. */
export type ListStanding =
  | { readonly kind: 'ACCEPTED'; readonly service: TrustService }
  /** `since` null: the list is not past its next update, but its signer is no operator of its territory any more. */
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
 * @param sealClass the class of seal it is asked for; left out where the question names none.
 */
export function listStanding(
  matter: Case,
  role: TrustRole,
  fingerprint: Fingerprint,
  moments: readonly Instant[],
  division: AskedDivision,
  sealClass?: SealClass,
): ListStanding {
  const services = matter.trust.services(role, fingerprint, matter.knownAt)
  const [first] = services
  if (!first) return { kind: 'NOT_LISTED' }
  let worst: ListStanding | null = null
  for (const at of moments) {
    const standing = standingAt(matter, services, first, at, { division, sealClass })
    if (worst === null || RANK[standing.kind] > RANK[worst.kind]) worst = standing
  }
  return worst ?? { kind: 'NOT_LISTED' }
}

function standingAt(
  matter: Case,
  services: readonly TrustService[],
  first: TrustService,
  at: Instant,
  asked: AskedScope,
): ListStanding {
  let inTime: TrustService | null = null
  let inScope: TrustService | null = null
  for (const service of services) {
    if (!holds(service.span, at)) continue
    inTime ??= service
    if (!isInScope(service, asked)) continue
    if (isCurrent(matter, service)) return { kind: 'ACCEPTED', service }
    inScope ??= service
  }
  if (inScope) return { kind: 'LIST_STALE', service: inScope, since: overdueSince(matter, inScope) }
  return inTime ? { kind: 'OUT_OF_SCOPE', service: inTime } : { kind: 'OUT_OF_TIME', service: first, at }
}

/**
 * What a list says counts until its next update is due, then nobody knows what its operator would say now; and as long as who
 * signed it is its operator.
 */
export function isCurrent({ trust, present, knownAt }: Case, { list: territory }: TrustService): boolean {
  if (territory === null) return true
  const list = trust.list(territory, knownAt)
  return list !== null && isInForce(listStateAt(trust, list, present, knownAt))
}

function overdueSince({ trust, present, knownAt }: Case, { list }: TrustService): Instant | null {
  const nextUpdate = list === null ? null : (trust.list(list, knownAt)?.nextUpdate ?? null)
  return nextUpdate !== null && nextUpdate < present ? nextUpdate : null
}

interface AskedScope {
  readonly division: AskedDivision
  readonly sealClass: SealClass | undefined
}

function isInScope({ scope, classes }: TrustService, { division, sealClass }: AskedScope): boolean {
  if (classes !== undefined && sealClass !== undefined && !classes.includes(sealClass)) return false
  if (division === 'ANY' || scope === '') return true
  return division !== null && isWithin(division, scope)
}
