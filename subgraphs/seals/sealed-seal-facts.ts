import type { Registration } from '../../model/facts.ts'
import { sealFacts } from '../../model/sealed-facts.ts'
import type { Instant } from '../../model/time.ts'
import { type SealReading, type SignatureReading, sealFactsOf } from './facts.ts'
import type { RegisteredSeal } from './ports.ts'
import type { SealsRoom } from './room.ts'

/** The facts about an entity, sealed for the judge: what the bytes tell, and what is registered under the seal's code. */
export function sealedSealFacts(
  entityId: string,
  reading: SealReading | SignatureReading,
  { firstSeenAt, registered }: { readonly firstSeenAt: Instant | null; readonly registered: RegisteredSeal | null },
  { factsKey, now }: Pick<SealsRoom, 'factsKey' | 'now'>,
): string {
  const facts = sealFactsOf(reading, { firstSeenAt, registration: registered && registrationOf(registered) })
  return sealFacts({ producer: 'seals', type: 'SealFacts', entityId, producedAt: now() }, facts, factsKey)
}

function registrationOf({ record, sealDigests, timeline, heardAt, contact }: RegisteredSeal): Registration {
  const { platform, division } = record
  return { platform, division, sealDigests, timeline, heardAt, ...(contact && { contact }) }
}
