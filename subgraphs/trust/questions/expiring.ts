import { HubError } from '../../../model/error.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import type { Instant } from '../../../model/time.ts'
import { listNode } from '../lists/fields.ts'
import { agreementNode } from '../recognition/answer.ts'
import type { TrustRoom } from '../room.ts'
import type { TrustService } from '../service.ts'
import { serviceNode } from '../service-list.ts'

const DAY_MS = 24 * 60 * 60_000
const MAXIMUM_DAYS = 3_650
const MAXIMUM_ROWS = 500
const EVERYTHING = Number.MAX_SAFE_INTEGER

/**
 * `Query.expiring`: what comes to its end within so many days, the next first: newest lists, services, agreements, and certificates
 * on lists by the word of the lists; and every certificate on a list in force, whose own end `certificates` tells where it holds it.
 * @throws HubError BAD_INPUT for a number of days out of 1 to 3,650.
 */
export async function expiring(room: TrustRoom, within: number): Promise<object> {
  if (within < 1 || within > MAXIMUM_DAYS)
    throw new HubError('BAD_INPUT', `within 须为 1 至 ${MAXIMUM_DAYS} 天`, `within is 1 to ${MAXIMUM_DAYS} days`)
  const now = room.now()
  const trust = await room.lists.snapshot()
  const until = now + within * DAY_MS
  const services = trust.all(EVERYTHING).filter(({ span }) => span.from <= until && (span.until === null || span.until >= now))
  const territories = new Map(trust.lists.map((list) => [`${list.own} ${list.territory}`, list]))
  const lists = [...territories.values()]
    .map(({ own, territory }) => (own ? trust.ownList(territory, EVERYTHING) : trust.list(territory, EVERYTHING)))
    .filter((list) => list !== null)
  const ending = services.filter(({ span }) => isBy(span.until, until))
  const agreements = trust.agreements.all(EVERYTHING).filter(({ span }) => isBy(span.until, until) && (span.until ?? now) >= now)
  const fingerprints = [...new Set(services.map(({ fingerprint }) => fingerprint))].sort()
  const ends = certificateEnds(services)
  const runningOut = [...ends.values()].filter(({ notAfter }) => notAfter <= until)
  return {
    until,
    lists: soonest(
      lists.filter(({ nextUpdate }) => nextUpdate <= until),
      (list) => list.nextUpdate,
    ).map((list) => listNode(room, list)),
    services: soonest(ending, ({ span }) => span.until).map(serviceNode),
    agreements: soonest(agreements, ({ span }) => span.until).map(agreementNode),
    certificateEnds: soonest(runningOut, ({ notAfter }) => notAfter),
    endsUnknown: fingerprints.length - ends.size,
    certificates: fingerprints.slice(0, MAXIMUM_ROWS).map((fingerprint) => ({ __typename: 'Certificate', fingerprint })),
    complete: [fingerprints, ending, agreements, runningOut].every(({ length }) => length <= MAXIMUM_ROWS),
  }
}

interface CertificateEnd {
  readonly fingerprint: Fingerprint
  readonly name: string
  readonly notAfter: Instant
}

/** When certificates on lists run out as the lists say; of several words on one the earliest. */
function certificateEnds(services: readonly TrustService[]): ReadonlyMap<Fingerprint, CertificateEnd> {
  const earliest = new Map<Fingerprint, CertificateEnd>()
  for (const { fingerprint, name, notAfter } of services) {
    const told = earliest.get(fingerprint)?.notAfter ?? EVERYTHING
    if (notAfter !== undefined && notAfter < told) earliest.set(fingerprint, { fingerprint, name, notAfter })
  }
  return earliest
}

function isBy(at: Instant | null, until: Instant): boolean {
  return at !== null && at <= until
}

function soonest<Item>(items: readonly Item[], endOf: (item: Item) => Instant | null): readonly Item[] {
  return [...items].sort((a, b) => (endOf(a) ?? EVERYTHING) - (endOf(b) ?? EVERYTHING)).slice(0, MAXIMUM_ROWS)
}
