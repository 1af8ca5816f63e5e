import type { Caller } from '../../../model/caller.ts'
import { HubError } from '../../../model/error.ts'
import type { TrustRoom } from '../room.ts'

/** Where two people are needed, a change made alone is refused with what to do instead. @throws HubError POLICY. */
export async function mustActAlone({ administration }: TrustRoom, { caller }: { readonly caller: Caller }): Promise<void> {
  if (await administration.mayActAlone(caller)) return
  const en = 'two people are needed: propose it, and have another administrator approve'
  throw new HubError('POLICY', '此变更须经两人：请先提议，再由另一名管理员批准', en)
}
