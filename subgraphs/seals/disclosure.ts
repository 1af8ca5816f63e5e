import type { Caller } from '../../model/caller.ts'
import { HubError } from '../../model/error.ts'
import type { RegisteredSeal, SealRecord } from './ports.ts'
import type { SealsRoom } from './room.ts'

/** The gateway has asked already; a room that is reached another way asks again. @throws HubError FORBIDDEN */
export function mustBe(scope: Caller['scopes'][number], { caller }: { readonly caller: Caller }): void {
  if (!caller.scopes.includes(scope)) throw new HubError('FORBIDDEN', '没有权限', `needs the scope ${scope}`)
}

/** Names of persons are personal data: only a public seal, which names a unit, shows its name and owner to everyone. */
export function mayReadNames(record: Pick<SealRecord, 'class'>, caller: Caller): boolean {
  return record.class === 'PUBLIC' || caller.scopes.includes('member')
}

/** The name as the caller may read it: `张＊＊` for others' persons, however long the name is. */
export function nameFor(record: Pick<SealRecord, 'class' | 'name'>, caller: Caller): string {
  return mayReadNames(record, caller) ? record.name : `${[...record.name][0] ?? ''}＊＊`
}

/** @throws HubError FORBIDDEN when the seal's policy discloses its status to members only and the caller is none. */
export function assertDisclosed(
  { record }: RegisteredSeal,
  caller: Caller,
  { policies, now }: Pick<SealsRoom, 'policies' | 'now'>,
): void {
  const { disclosure } = policies.governing(record.division, now()).rules
  if (disclosure.status === 'PUBLIC' || caller.scopes.includes('member')) return
  const { source, clause } = disclosure.rule
  throw new HubError(
    'FORBIDDEN',
    `印章状态仅向成员公开（${source.zh} ${clause}）`,
    `the seal's status is disclosed to members only (${source.en}, ${clause})`,
  )
}
