import type { DivisionCode } from '../../model/division-code.ts'
import type { Fingerprint, MemberFacts } from '../../model/facts.ts'
import { sealFacts } from '../../model/sealed-facts.ts'
import { holds, type Instant } from '../../model/time.ts'
import { isInForce, listStateAt } from './lists/state.ts'
import type { TrustSnapshot } from './snapshot.ts'

/** A standing is good for this long, or until it ends. */
export const STANDING_MS = 10 * 60_000

/** The standing of a platform at a moment: listed under its identifier, with this certificate, in time. Null when it has none. */
export function memberFactsOf(
  trust: TrustSnapshot,
  platform: string,
  fingerprint: Fingerprint,
  now: Instant,
): MemberFacts | null {
  const knownAt = Math.max(now, trust.recordedAt)
  const [service] = trust
    .services('PLATFORM', fingerprint.toLowerCase(), knownAt)
    .filter(({ name, span }) => name === platform && holds(span, now))
    .filter(({ list }) => list === null || isCurrent(trust, list, now))
  if (!service) return null
  const { scope, span } = service
  const standingUntil = Math.min(now + STANDING_MS, span.until ?? Number.MAX_SAFE_INTEGER)
  return { platform, certificate: service.fingerprint, scope, span, standingUntil }
}

/** Standing by a list that is not in force is no standing. */
function isCurrent(trust: TrustSnapshot, territory: DivisionCode, now: Instant): boolean {
  const list = trust.list(territory, Number.MAX_SAFE_INTEGER)
  return list !== null && isInForce(listStateAt(trust, list, now, Number.MAX_SAFE_INTEGER))
}

/** The same, sealed for the way to `seals` by a guest that can neither read nor forge it. */
export function sealedMemberFacts(facts: MemberFacts, now: Instant, key: Uint8Array): string {
  return sealFacts({ producer: 'trust', type: 'MemberFacts', entityId: facts.platform, producedAt: now }, facts, key)
}
