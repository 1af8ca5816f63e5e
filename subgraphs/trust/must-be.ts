import type { Caller } from '../../model/caller.ts'
import { HubError } from '../../model/error.ts'

/** The gateway has asked already; a room that is reached another way asks again. @throws HubError FORBIDDEN */
export function mustBe(scope: Caller['scopes'][number], { caller }: { readonly caller: Caller }): void {
  if (!caller.scopes.includes(scope)) throw new HubError('FORBIDDEN', '没有权限', `needs the scope ${scope}`)
}
