import type { DivisionCode } from '../../../model/division-code.ts'
import type { TrustRoom } from '../room.ts'
import type { HeldList } from '../store/trust-store.ts'
import { listStateAt } from './state.ts'

export interface ListQuestion {
  readonly territory: DivisionCode
  readonly sequence?: number | null
  readonly own?: boolean | null
}

/** `Query.trustLists`: the newest of every territory, those of others and the hub's own. */
export async function newestLists(room: TrustRoom): Promise<readonly object[]> {
  const { lists } = await room.lists.snapshot()
  const newest = new Map<string, HeldList>()
  for (const list of lists) {
    const key = `${list.own} ${list.territory}`
    const other = newest.get(key)
    if (!other || other.sequence < list.sequence) newest.set(key, list)
  }
  return Promise.all([...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => listNode(room, list)))
}

/** `Query.trustList`: one list, the newest where no sequence is given; null when it is not held. */
export async function oneList(room: TrustRoom, { territory, sequence, own }: ListQuestion): Promise<object | null> {
  const { lists } = await room.lists.snapshot()
  const held = lists
    .filter((list) => list.territory === territory && list.own === (own ?? false))
    .filter((list) => typeof sequence !== 'number' || list.sequence === sequence)
    .reduce<HeldList | null>((newest, list) => (newest && newest.sequence > list.sequence ? newest : list), null)
  return held && listNode(room, held)
}

/** A list as the graph shows it; its bytes are read when they are asked for. */
export async function listNode({ lists, now }: TrustRoom, list: HeldList): Promise<object> {
  return { ...list, state: listStateAt(await lists.snapshot(), list, now(), Number.MAX_SAFE_INTEGER) }
}
