import { type DivisionCode, scopeOf } from '../../../model/division-code.ts'
import { HubError } from '../../../model/error.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import { holds, type Instant } from '../../../model/time.ts'
import { encodeSignedData } from '../../../pki/cms/signed-data.ts'
import type { Signer } from '../../../pki/signer.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import { fingerprintOf } from '../../../pki/x509/certificate.ts'
import type { TrustLists, TrustWriter } from '../lists.ts'
import { serviceId, type TrustService, type TrustStatement } from '../service.ts'
import type { TrustSnapshot } from '../snapshot.ts'
import type { HeldList } from '../store/trust-store.ts'
import { encodeTrustList } from '../trust-list.ts'
import type { ListAdmission } from './admission.ts'
import { halfLifeOf } from './state.ts'

/** A list is good for this long; published again after half of it, so that nobody is left with a stale one. */
export const LIST_LIFE_MS = 30 * 24 * 60 * 60_000

export interface Publisher {
  readonly territory: DivisionCode
  readonly signer: Signer
}

/**
 * Publishes what this hub itself says as a signed list with the next sequence; every one ever published stays. A list that says
 * the same and is not half through its life is left as it is. A key may follow another once the hub itself lists it as operator of
 * its territory: the last list of the old key then names the new one, and every later list leads back to that.
 * @throws HubError CONFLICT when another publication came in between, or when the key changed and nobody listed the new one.
 */
export function publishTrustList(lists: TrustLists, publisher: Publisher, now: Instant): Promise<ListAdmission> {
  return lists.inTurn((write) => publish(lists, write, publisher, now))
}

async function publish(
  lists: TrustLists,
  write: TrustWriter,
  { territory, signer }: Publisher,
  now: Instant,
): Promise<ListAdmission> {
  const trust = await lists.snapshot()
  const held = trust.ownList(territory, Number.MAX_SAFE_INTEGER)
  const key = fingerprintOf(signer.certificate)
  const isNewKey = held !== null && held.signer !== null && held.signer !== key
  if (isNewKey && !isNamed(trust, territory, key, now)) throw unannouncedKey(territory)
  const isYoung = held !== null && !isNewKey && now < halfLifeOf(held)
  if (held && isYoung && !hasNews(trust, territory, held.recordedAt)) return { outcome: 'UNCHANGED', list: held }
  const list = {
    territory,
    operator: `Sealhub ${territory}`,
    sequence: (held?.sequence ?? 0) + 1,
    issuedAt: now,
    nextUpdate: now + LIST_LIFE_MS,
    statements: withinTerritory(ownStatements(trust, territory), territory),
    pivots: pivotsOf(trust, territory, key),
  }
  const bytes = await encodeSignedData(encodeTrustList(list), signer, { signingTime: now })
  const { sequence, issuedAt, nextUpdate } = list
  const head = { territory, sequence, issuedAt, nextUpdate, digest: sm3Hex(bytes), signer: key, own: true }
  const recorded = await write.recordList({ ...head, bytes }, [], now)
  if (recorded === null) throw new HubError('CONFLICT', '同时另有发布', 'another list was published meanwhile')
  return { outcome: 'IMPORTED', list: recorded }
}

/**
 * What the hub passes on is what it says itself; what others' lists say, others sign. Who signs lists is passed on for lists whose
 * place is known, and for its own.
 */
function ownStatements(trust: TrustSnapshot, territory: DivisionCode): readonly TrustService[] {
  return trust
    .own(Number.MAX_SAFE_INTEGER)
    .filter(({ role, name, location }) => role !== 'LIST_OPERATOR' || name === territory || location !== undefined)
}

/** A hub's word reaches as far as its territory: what it trusts more widely it publishes for its territory, the rest not at all. */
function withinTerritory(services: readonly TrustService[], territory: DivisionCode): readonly TrustStatement[] {
  const published = new Map<string, TrustStatement>()
  const narrowestFirst = [...services].sort((a, b) => b.scope.length - a.scope.length)
  for (const { id: _, recordedAt: __, again: ___, ...service } of narrowestFirst) {
    const own = reachOf(service, territory)
    if (own === null || (!service.scope.startsWith(own) && !own.startsWith(service.scope))) continue
    const statement = { ...service, scope: service.scope.startsWith(own) ? service.scope : own, list: territory }
    const key = serviceId(statement)
    if (!published.has(key)) published.set(key, statement)
  }
  return [...published.values()].sort((a, b) => (serviceId(a) < serviceId(b) ? -1 : 1))
}

/** How far a statement may reach at most: the territory, for a pointer to a list below it the territory of that. */
function reachOf({ role, name }: TrustStatement, territory: DivisionCode): string | null {
  const own = scopeOf(territory)
  if (role !== 'LIST_OPERATOR') return own
  return scopeOf(name).startsWith(own) ? scopeOf(name) : null
}

/** The last list of every key before this one, oldest first, as it is found beside the newest. */
function pivotsOf({ lists }: TrustSnapshot, territory: DivisionCode, key: Fingerprint): readonly string[] {
  const own = lists.filter((list) => list.own && list.territory === territory).sort((a, b) => a.sequence - b.sequence)
  const isLastOfItsKey = ({ signer }: HeldList, i: number) => signer !== null && signer !== (own[i + 1]?.signer ?? key)
  return own.filter(isLastOfItsKey).map(({ sequence }) => `${territory}/${sequence}`)
}

function isNamed(trust: TrustSnapshot, territory: DivisionCode, key: Fingerprint, now: Instant): boolean {
  const named = trust.operators(territory, Number.MAX_SAFE_INTEGER)
  return named.some(({ list, fingerprint, span }) => list === null && fingerprint === key && holds(span, now))
}

function unannouncedKey(territory: DivisionCode): HubError {
  return new HubError(
    'CONFLICT',
    `签名密钥已更换，但新证书未列为 ${territory} 的列表发布者`,
    `the signing key changed, and the new certificate is not listed as operator of ${territory}`,
  )
}

function hasNews(trust: TrustSnapshot, territory: DivisionCode, since: Instant): boolean {
  return ownStatements(trust, territory).some((service) => service.recordedAt > since)
}
