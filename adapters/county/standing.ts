import type { Ask } from '../../model/ask.ts'
import { HubError } from '../../model/error.ts'
import type { Clock, Instant } from '../../model/time.ts'
import { BoundedCache } from '../../runtime/bounded-cache.ts'
import { askMemberFacts } from './questions.ts'

/** Facts live ten minutes; half of that leaves time for the way, and ends a withdrawn membership sooner. */
const KEPT_MS = 300_000
const PLATFORMS_KEPT = 2_000

/** The standing of senders, asked once and kept for five minutes. */
export interface Standings {
  /** @throws HubError NOT_A_MEMBER when the platform has no standing under that certificate. */
  readonly of: (platform: string, fingerprint: string) => Promise<{ readonly facts: string; readonly fresh: boolean }>
  /** Forgets what was kept, after the hub refused it. */
  readonly forget: (platform: string, fingerprint: string) => void
}

/** Asks `trust` through the hub, once for each sender and five minutes. Refusals are never kept. */
export function standings(ask: Ask, now: Clock): Standings {
  const kept = new BoundedCache<{ readonly facts: string; readonly until: Instant }>(PLATFORMS_KEPT)
  const keyOf = (platform: string, fingerprint: string) => `${fingerprint} ${platform}`
  return {
    of: async (platform, fingerprint) => {
      const known = kept.get(keyOf(platform, fingerprint))
      if (known && now() < known.until) return { facts: known.facts, fresh: false }
      const facts = await askMemberFacts(ask, platform, fingerprint)
      if (facts === null)
        throw new HubError('NOT_A_MEMBER', `${platform} 当前不是成员平台`, `${platform} has no standing as a member platform now`)
      kept.set(keyOf(platform, fingerprint), { facts, until: now() + KEPT_MS })
      return { facts, fresh: true }
    },
    forget: (platform, fingerprint) => kept.delete(keyOf(platform, fingerprint)),
  }
}
