import { HubError } from '../../../model/error.ts'
import type { Bilingual } from '../../../model/text.ts'
import { admitPivotList } from './admission.ts'
import type { FetchPorts } from './fetch-one.ts'
import type { ReadList } from './read-list.ts'

/** Longer chains are for an administrator to look at. */
const MAXIMUM_PIVOTS = 16

/** A pivot that was not taken in, as the list names it. */
export interface PivotRefusal {
  readonly pivot: string
  readonly reason: Bilingual
}

export interface FollowedPivots {
  /** Whether any of them was new. */
  readonly isNew: boolean
  readonly refusals: readonly PivotRefusal[]
}

/**
 * A list signed by a key nobody knows here may lead back, over the last list of every key before, to a key that is known. They are
 * fetched from where the list is and taken in oldest first; each must be signed by a key named before it. One that is not taken in
 * is passed over: the list that led to it is refused in the end, with its own reason and theirs.
 */
export async function followPivots(url: string, list: ReadList, ports: FetchPorts, signal: AbortSignal): Promise<FollowedPivots> {
  const refusals: PivotRefusal[] = []
  let isNew = false
  for (const reference of (list.pivots ?? []).slice(-MAXIMUM_PIVOTS)) {
    try {
      if (await takeIn(besideOf(url, reference), list, ports, signal)) isNew = true
    } catch (error) {
      if (!(error instanceof HubError)) throw error
      refusals.push({ pivot: reference, reason: { zh: error.zh, en: error.en } })
    }
  }
  return { isNew, refusals }
}

/** A pivot lies where the list itself lies: nobody is sent elsewhere by a list that is not known to be its operator's. */
function besideOf(url: string, reference: string): string {
  const resolved = URL.canParse(reference, url) ? new URL(reference, url) : null
  if (resolved?.origin === new URL(url).origin) return resolved.href
  throw new HubError('OUT_OF_SCOPE', '不在列表所在之处', 'it does not lie where the list lies')
}

/** Whether it was new: one no newer than the list held says nothing new about keys. */
async function takeIn(
  pivot: string,
  { territory }: ReadList,
  { lists, http, read, now }: FetchPorts,
  signal: AbortSignal,
): Promise<boolean> {
  const fetched = await http.fetch({ url: pivot, accept: '*/*' }, signal)
  if (!('bytes' in fetched)) {
    const detail = 'failure' in fetched ? fetched.failure.detail : 'unchanged'
    throw new HubError('UNAVAILABLE', `取不到：${detail}`, `could not be fetched: ${detail}`)
  }
  const list = await read(fetched.bytes)
  const held = (await lists.snapshot()).list(territory, Number.MAX_SAFE_INTEGER)
  if (list.territory !== territory)
    throw new HubError('OUT_OF_SCOPE', `是 ${list.territory} 的列表`, `it is a list of ${list.territory}`)
  if (list.sequence <= (held?.sequence ?? 0)) return false
  return (await admitPivotList(lists, list, now())).outcome === 'IMPORTED'
}
