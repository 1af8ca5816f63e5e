import { type DivisionCode, scopeOf } from '../../model/division-code.ts'
import { HubError } from '../../model/error.ts'
import type { Instant } from '../../model/time.ts'
import { encodeSignedData } from '../../pki/cms/signed-data.ts'
import type { Signer } from '../../pki/signer.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import { fingerprintOf } from '../../pki/x509/certificate.ts'
import type { ListAdmission } from './list-admission.ts'
import type { TrustLists } from './lists.ts'
import { serviceId, type TrustService, type TrustStatement } from './service.ts'
import type { TrustSnapshot } from './snapshot.ts'
import { encodeTrustList } from './trust-list.ts'

/** A list is good for this long; published again after half of it, so that nobody is left with a stale one. */
export const LIST_LIFE_MS = 30 * 24 * 60 * 60_000

export interface Publisher {
  readonly territory: DivisionCode
  readonly signer: Signer
}

/**
 * Publishes what this hub itself says as a signed list with the next sequence; every one ever published stays. A list that says
 * the same and is not half through its life is left as it is.
 * @throws HubError CONFLICT when another publication came in between.
 */
export async function publishTrustList(
  lists: TrustLists,
  { territory, signer }: Publisher,
  now: Instant,
): Promise<ListAdmission> {
  const trust = await lists.snapshot()
  const held = trust.ownList(territory, Number.MAX_SAFE_INTEGER)
  const isYoung = held !== null && now < held.issuedAt + (held.nextUpdate - held.issuedAt) / 2
  if (held && isYoung && !hasNews(trust, held.recordedAt)) return { outcome: 'UNCHANGED', list: held }
  const list = {
    territory,
    operator: `Sealhub ${territory}`,
    sequence: (held?.sequence ?? 0) + 1,
    issuedAt: now,
    nextUpdate: now + LIST_LIFE_MS,
    statements: withinTerritory(ownStatements(trust), territory),
  }
  const bytes = await encodeSignedData(encodeTrustList(list), signer, { signingTime: now })
  const { sequence, issuedAt, nextUpdate } = list
  const recorded = await lists.recordList(
    {
      territory,
      sequence,
      issuedAt,
      nextUpdate,
      digest: sm3Hex(bytes),
      signer: fingerprintOf(signer.certificate),
      own: true,
      bytes,
    },
    [],
    now,
  )
  if (recorded === null) throw new HubError('CONFLICT', '同时另有发布', 'another list was published meanwhile')
  return { outcome: 'IMPORTED', list: recorded }
}

/** What the hub passes on is what it says itself; what others' lists say, others sign. Who may sign lists is nobody else's business. */
function ownStatements(trust: TrustSnapshot): readonly TrustService[] {
  return trust.all(Number.MAX_SAFE_INTEGER).filter((service) => service.list === null && service.role !== 'LIST_OPERATOR')
}

/** A hub's word reaches as far as its territory: what it trusts more widely it publishes for its territory, the rest not at all. */
function withinTerritory(services: readonly TrustService[], territory: DivisionCode): readonly TrustStatement[] {
  const own = scopeOf(territory)
  const published = new Map<string, TrustStatement>()
  const narrowestFirst = [...services].sort((a, b) => b.scope.length - a.scope.length)
  for (const { id: _, recordedAt: __, ...service } of narrowestFirst) {
    if (!service.scope.startsWith(own) && !own.startsWith(service.scope)) continue
    const statement = { ...service, scope: service.scope.startsWith(own) ? service.scope : own, list: territory }
    const key = serviceId(statement)
    if (!published.has(key)) published.set(key, statement)
  }
  return [...published.values()].sort((a, b) => (serviceId(a) < serviceId(b) ? -1 : 1))
}

function hasNews(trust: TrustSnapshot, since: Instant): boolean {
  return ownStatements(trust).some((service) => service.recordedAt > since)
}
