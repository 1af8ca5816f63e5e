import { type DivisionCode, lineage, scopeOf } from '../../../model/division-code.ts'
import { HubError } from '../../../model/error.ts'
import type { Instant } from '../../../model/time.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import type { TrustLists } from '../lists.ts'
import { serviceId, type TrustService, type TrustStatement } from '../service.ts'
import type { TrustSnapshot } from '../snapshot.ts'
import type { HeldList } from '../store/trust-store.ts'
import { decodeTrustList, type TrustList } from '../trust-list.ts'
import { operatorScopes } from './operator.ts'
import { openSignedList } from './signature.ts'

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
export function admitTrustList(lists: TrustLists, bytes: Uint8Array, now: Instant): Promise<ListAdmission> {
  return admit(lists, bytes, now, 'WHOLE')
}

/**
 * Takes in a list that was the last one of a key, though its time may be over: past its next update it only hands over to
 * the keys it names, and says nothing else.
 * @throws HubError as `admitTrustList`.
 */
export function admitPivotList(lists: TrustLists, bytes: Uint8Array, now: Instant): Promise<ListAdmission> {
  return admit(lists, bytes, now, 'PIVOT')
}

async function admit(lists: TrustLists, bytes: Uint8Array, now: Instant, as: 'WHOLE' | 'PIVOT'): Promise<ListAdmission> {
  const { content, signer } = openSignedList(bytes)
  const decoded = decodeTrustList(content)
  const trust = await lists.snapshot()
  assertOperator(trust, decoded, signer, now)
  const isOver = as === 'PIVOT' && decoded.nextUpdate <= now
  if (!isOver) assertInForce(decoded, now)
  const list = isOver ? { ...decoded, statements: decoded.statements.filter(handsOver(decoded)) } : decoded
  const digest = sm3Hex(bytes)
  const held = trust.list(list.territory, Number.MAX_SAFE_INTEGER)
  if (held && held.sequence >= list.sequence) return heldAlready(held, list, digest)
  const { territory, sequence, issuedAt, nextUpdate } = list
  const head = { territory, sequence, issuedAt, nextUpdate, digest, signer, own: false, bytes }
  const recorded = await lists.recordList(head, [...list.statements, ...takenBack(trust, list)], now)
  if (recorded === null) throw new HubError('STALE', '同时收到了更新的列表', 'a newer list came in meanwhile')
  return { outcome: 'IMPORTED', list: recorded }
}

function assertOperator(trust: TrustSnapshot, list: TrustList, signer: string, now: Instant): void {
  const { territory, statements } = list
  const asked = { territory, signer, at: now, knownAt: Number.MAX_SAFE_INTEGER }
  const scopes = operatorScopes(trust, { ...asked, byCurrentLists: true })
  if (scopes.length === 0) throw notItsOperator(territory, operatorScopes(trust, { ...asked, byCurrentLists: false }).length > 0)
  const own = scopeOf(territory)
  const isInside = (scope: string) => scope.startsWith(own) && scopes.some((allowed) => scope.startsWith(allowed))
  const outside = statements.find(
    (one) => !isInside(one.scope) || (one.role === 'LIST_OPERATOR' && !pointsInside(one, territory)),
  )
  if (outside) {
    throw new HubError(
      'OUT_OF_SCOPE',
      `列表涉及发布者范围之外的区划：${outside.name} ${outside.scope}`,
      `the list speaks of divisions outside its operator's scope: ${outside.name} ${outside.scope}`,
    )
  }
  const ids = statements.map(serviceId)
  if (new Set(ids).size !== ids.length)
    throw new HubError('UNREADABLE', '列表重复陈述同一服务', 'the list states a service twice')
}

/** A pointer leads to a territory below, or hands this one over, and gives no wider scope than that territory. */
function pointsInside({ name, scope }: TrustStatement, territory: DivisionCode): boolean {
  return lineage(name).includes(territory) && scope.startsWith(scopeOf(name))
}

function notItsOperator(territory: DivisionCode, wasNamed: boolean): HubError {
  if (wasNamed) {
    const en = `the list that names the operator of ${territory} is past its next update`
    return new HubError('STALE', `指认 ${territory} 列表发布者的上级列表已过更新期限`, en)
  }
  const en = `the signer is not the operator of the list of ${territory}`
  return new HubError('ENVELOPE_SIGNATURE', `签名人不是 ${territory} 信任列表的发布者`, en)
}

function handsOver({ territory }: TrustList) {
  return ({ role, name }: TrustStatement) => role === 'LIST_OPERATOR' && name === territory
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
  return [role, fingerprint, scope, role === 'PLATFORM' || role === 'LIST_OPERATOR' ? name : ''].join('\n')
}

function voided({ id: _, recordedAt: __, ...statement }: TrustService): TrustStatement {
  return { ...statement, span: { from: statement.span.from, until: statement.span.from - 1 } }
}
