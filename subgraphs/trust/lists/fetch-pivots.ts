import { HubError } from '../../../model/error.ts'
import { decodeTrustList } from '../trust-list.ts'
import { admitPivotList } from './admission.ts'
import type { FetchPorts } from './fetch-one.ts'
import { openSignedList } from './signature.ts'

/** Longer chains are for an administrator to look at. */
const MAXIMUM_PIVOTS = 16

/**
 * A list signed by a key nobody knows here may lead back, over the last list of every key before, to a key that is known. They are
 * fetched from where the list is and taken in oldest first; each must be signed by a key named before it.
 * @returns whether any of them was new.
 */
export async function followPivots(url: string, bytes: Uint8Array, ports: FetchPorts, signal: AbortSignal): Promise<boolean> {
  const { pivots = [], territory } = decodeTrustList(openSignedList(bytes).content)
  let isNew = false
  for (const reference of pivots.slice(-MAXIMUM_PIVOTS)) {
    const pivot = besideOf(url, reference)
    const fetched = pivot && (await ports.http.fetch({ url: pivot, accept: '*/*' }, signal))
    if (!fetched || !('bytes' in fetched)) continue
    if (await isTakenIn(fetched.bytes, territory, ports)) isNew = true
  }
  return isNew
}

/** A pivot lies where the list itself lies: nobody is sent elsewhere by a list that is not known to be its operator's. */
function besideOf(url: string, reference: string): string | null {
  if (!URL.canParse(reference, url)) return null
  const resolved = new URL(reference, url)
  return resolved.origin === new URL(url).origin ? resolved.href : null
}

/** A pivot that is not admitted is passed over: the list that led to it is refused in the end, with its own reason. */
async function isTakenIn(bytes: Uint8Array, territory: string, { lists, now }: FetchPorts): Promise<boolean> {
  try {
    const pivot = decodeTrustList(openSignedList(bytes).content)
    const held = (await lists.snapshot()).list(territory, Number.MAX_SAFE_INTEGER)
    if (pivot.territory !== territory || pivot.sequence <= (held?.sequence ?? 0)) return false
    return (await admitPivotList(lists, bytes, now())).outcome === 'IMPORTED'
  } catch (error) {
    if (!(error instanceof HubError)) throw error
    return false
  }
}
