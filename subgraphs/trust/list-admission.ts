import { scopeOf } from '../../model/division-code.ts'
import { HubError } from '../../model/error.ts'
import { holds, type Instant } from '../../model/time.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import { openSignedList } from './list-signature.ts'
import type { TrustLists } from './lists.ts'
import { serviceId, type TrustService, type TrustStatement } from './service.ts'
import type { TrustSnapshot } from './snapshot.ts'
import type { HeldList } from './store/trust-store.ts'
import { decodeTrustList, type TrustList } from './trust-list.ts'

/** Clocks of operator and hub may differ by this much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

export interface ListAdmission {
  readonly outcome: 'IMPORTED' | 'UNCHANGED'
  readonly list: HeldList
}

/**
 * The way in for a signed list: signed by an operator this hub lists for the territory, in force, no older than the one held, and
 * speaking of nothing outside its territory and the operator's scope. What it says is recorded; what it leaves out stays as it was: only an end
 * that it states ends a service.
 * @throws HubError UNREADABLE, TOO_LARGE, ENVELOPE_SIGNATURE (unsigned, or signed by nobody listed for it), STALE (past its next
 *   update, or a falling sequence), CONFLICT (the sequence held with other content), OUT_OF_SCOPE, BAD_INPUT (dated in the future).
 */
export async function admitTrustList(lists: TrustLists, bytes: Uint8Array, now: Instant): Promise<ListAdmission> {
  const { content, signer } = openSignedList(bytes)
  const list = decodeTrustList(content)
  const trust = await lists.snapshot()
  assertOperator(trust, list, signer, now)
  assertInForce(list, now)
  const digest = sm3Hex(bytes)
  const held = trust.list(list.territory, Number.MAX_SAFE_INTEGER)
  if (held && held.sequence >= list.sequence) return heldAlready(held, list, digest)
  const { territory, sequence, issuedAt, nextUpdate } = list
  const head = { territory, sequence, issuedAt, nextUpdate, digest, signer, own: false, bytes }
  const recorded = await lists.recordList(head, [...list.statements, ...takenBack(trust, list)], now)
  if (recorded === null) throw new HubError('STALE', '同时收到了更新的列表', 'a newer list came in meanwhile')
  return { outcome: 'IMPORTED', list: recorded }
}

function assertOperator(trust: TrustSnapshot, { territory, statements }: TrustList, signer: string, now: Instant): void {
  const operator = trust
    .services('LIST_OPERATOR', signer, Number.MAX_SAFE_INTEGER)
    .find((service) => service.name === territory && holds(service.span, now))
  if (!operator) {
    throw new HubError(
      'ENVELOPE_SIGNATURE',
      `签名人不是 ${territory} 信任列表的发布者`,
      `the signer is not the operator of the list of ${territory}`,
    )
  }
  const own = scopeOf(territory)
  const outside = statements.find(({ scope }) => !scope.startsWith(operator.scope) || !scope.startsWith(own))
  if (outside) {
    throw new HubError(
      'OUT_OF_SCOPE',
      `列表涉及发布者范围之外的区划：${outside.scope}`,
      `the list speaks of divisions outside its operator's scope: ${outside.scope}`,
    )
  }
  const ids = statements.map(serviceId)
  if (new Set(ids).size !== ids.length)
    throw new HubError('UNREADABLE', '列表重复陈述同一服务', 'the list states a service twice')
}

function assertInForce({ issuedAt, nextUpdate }: TrustList, now: Instant): void {
  if (issuedAt > now + CLOCK_TOLERANCE_MS)
    throw new HubError('BAD_INPUT', '列表签发时间在未来', 'the list is dated in the future')
  if (nextUpdate <= now) throw new HubError('STALE', '列表已过更新期限', 'the list is past its next update')
}

function heldAlready(held: HeldList, list: TrustList, digest: string): ListAdmission {
  if (held.digest === digest) return { outcome: 'UNCHANGED', list: held }
  if (held.sequence === list.sequence) {
    throw new HubError('CONFLICT', `序号 ${list.sequence} 已有不同内容`, `sequence ${list.sequence} is held with other content`)
  }
  throw new HubError(
    'STALE',
    `序号回退：${list.sequence} < ${held.sequence}`,
    `the sequence falls: ${list.sequence} < ${held.sequence}`,
  )
}

/**
 * A list that states a service again, but with another history, takes the grants it no longer states back: they are recorded with
 * an end before their beginning, which holds at no time. A service it does not mention is not touched.
 */
function takenBack(trust: TrustSnapshot, list: TrustList): readonly TrustStatement[] {
  const stated = new Set(list.statements.map(serviceId))
  const mentioned = new Set(list.statements.map(keyOf))
  return trust
    .all(Number.MAX_SAFE_INTEGER)
    .filter((service) => service.list === list.territory && mentioned.has(keyOf(service)) && !stated.has(service.id))
    .map(voided)
}

function keyOf({ role, fingerprint, scope, name }: TrustStatement): string {
  return [role, fingerprint, scope, role === 'PLATFORM' ? name : ''].join('\n')
}

function voided({ id: _, recordedAt: __, ...statement }: TrustService): TrustStatement {
  return { ...statement, span: { from: statement.span.from, until: statement.span.from - 1 } }
}
