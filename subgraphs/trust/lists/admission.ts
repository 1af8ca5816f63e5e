import { type DivisionCode, lineage, scopeOf } from '../../../model/division-code.ts'
import { HubError } from '../../../model/error.ts'
import type { Instant } from '../../../model/time.ts'
import type { TrustLists, TrustWriter } from '../lists.ts'
import type { TrustStatement } from '../service.ts'
import type { TrustSnapshot } from '../snapshot.ts'
import type { HeldList } from '../store/trust-store.ts'
import { newsOf } from './list-news.ts'
import { operatorScopes } from './operator.ts'
import { type ListReader, type ReadList, readHere } from './read-list.ts'

/** Clocks of operator and hub may differ by this much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

export interface ListAdmission {
  readonly outcome: 'IMPORTED' | 'UNCHANGED'
  readonly list: HeldList
}

/**
 * The way in for a signed list: signed by an operator this hub lists for the territory, in force, no older than the one held, and
 * speaking of nothing outside its territory and the operator's scope. What it says is recorded; what it leaves out stays as it was: only an end
 * that it states ends a service. It comes in whole or not at all, and others have their turn meanwhile.
 * @throws HubError UNREADABLE, TOO_LARGE, ENVELOPE_SIGNATURE (unsigned, or signed by nobody listed for it), STALE (past its next
 *   update, or a falling sequence), CONFLICT (the sequence held with other content), OUT_OF_SCOPE, BAD_INPUT (dated in the future).
 */
export async function admitTrustList(
  lists: TrustLists,
  bytes: Uint8Array,
  now: Instant,
  read: ListReader = readHere,
): Promise<ListAdmission> {
  return admitReadList(lists, await read(bytes), now)
}

/** Takes in a list that was read already. @throws HubError as `admitTrustList`. */
export function admitReadList(lists: TrustLists, list: ReadList, now: Instant): Promise<ListAdmission> {
  return lists.inTurn((write) => admit(lists, write, list, now, 'WHOLE'))
}

/**
 * Takes in a list that was the last one of a key, though its time may be over: past its next update it only hands over to
 * the keys it names, and says nothing else.
 * @throws HubError as `admitTrustList`.
 */
export function admitPivotList(lists: TrustLists, list: ReadList, now: Instant): Promise<ListAdmission> {
  return lists.inTurn((write) => admit(lists, write, list, now, 'PIVOT'))
}

/** No other write comes in between, so that what is compared and judged here is what is held when it is recorded. */
async function admit(
  lists: TrustLists,
  write: TrustWriter,
  given: ReadList,
  now: Instant,
  as: 'WHOLE' | 'PIVOT',
): Promise<ListAdmission> {
  const trust = await lists.snapshot()
  assertOperator(trust, given, now)
  const isOver = as === 'PIVOT' && given.nextUpdate <= now
  if (!isOver) assertInForce(given, now)
  const held = trust.list(given.territory, Number.MAX_SAFE_INTEGER)
  if (held && held.sequence >= given.sequence) return heldAlready(held, given)
  const list = isOver ? { ...given, statements: given.statements.filter(handsOver(given)) } : given
  const { territory, sequence, issuedAt, nextUpdate, digest, signer, bytes } = list
  const head = { territory, sequence, issuedAt, nextUpdate, digest, signer, own: false, bytes }
  const recorded = await write.recordList(head, await newsOf(trust, list), now)
  if (recorded === null) throw new HubError('STALE', '同时收到了更新的列表', 'a newer list came in meanwhile')
  return { outcome: 'IMPORTED', list: recorded }
}

function assertOperator(trust: TrustSnapshot, { territory, signer, statements }: ReadList, now: Instant): void {
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

function handsOver({ territory }: ReadList) {
  return ({ role, name }: TrustStatement) => role === 'LIST_OPERATOR' && name === territory
}

function assertInForce({ issuedAt, nextUpdate }: ReadList, now: Instant): void {
  if (issuedAt > now + CLOCK_TOLERANCE_MS)
    throw new HubError('BAD_INPUT', '列表签发时间在未来', 'the list is dated in the future')
  if (nextUpdate <= now) throw new HubError('STALE', '列表已过更新期限', 'the list is past its next update')
}

function heldAlready(held: HeldList, list: ReadList): ListAdmission {
  if (held.digest === list.digest) return { outcome: 'UNCHANGED', list: held }
  if (held.sequence === list.sequence) {
    throw new HubError('CONFLICT', `序号 ${list.sequence} 已有不同内容`, `sequence ${list.sequence} is held with other content`)
  }
  throw new HubError(
    'STALE',
    `序号回退：${list.sequence} < ${held.sequence}`,
    `the sequence falls: ${list.sequence} < ${held.sequence}`,
  )
}
