import { HubError } from '../../../model/error.ts'
import type { Instant } from '../../../model/time.ts'
import type { AdministrationEvent, Change } from './event.ts'

/** A person who may propose and approve changes of trust, known by a token of their own until there is a better identity. */
export interface Administrator {
  readonly name: string
  /** SM3 of the token, lower-case hex. The token itself is nowhere kept. */
  readonly tokenDigest: string
  readonly since: Instant
}

const NAME = /^[\p{L}\p{N}._-]{1,64}$/u
const DIGEST = /^[0-9a-f]{64}$/

/** Who is an administrator, as the events tell. @param events oldest first. */
export function administratorsOf(events: readonly AdministrationEvent[]): ReadonlyMap<string, Administrator> {
  const changes = new Map(events.filter(({ change }) => change !== null).map(({ subject, change }) => [subject, change]))
  const administrators = new Map<string, Administrator>()
  for (const { kind, subject, recordedAt } of events) {
    const change = changes.get(subject)
    if ((kind !== 'DONE' && kind !== 'DONE_DIRECTLY') || !change) continue
    if (change.kind === 'ADD_ADMINISTRATOR')
      administrators.set(change.name, { name: change.name, tokenDigest: change.tokenDigest, since: recordedAt })
    if (change.kind === 'REMOVE_ADMINISTRATOR') administrators.delete(change.name)
  }
  return administrators
}

/** The id under which an administrator calls. */
export function callerIdOf(name: string): string {
  return `administrator:${name}`
}

/**
 * Whether a change among the administrators can be made at all.
 * @throws HubError BAD_INPUT for a name or digest that is none, CONFLICT for a name or token in use, NOT_FOUND for nobody of that
 *   name, POLICY when fewer than two would remain.
 */
export function assertPossible(change: Change, administrators: ReadonlyMap<string, Administrator>): void {
  if (change.kind === 'ADD_ADMINISTRATOR') {
    if (!NAME.test(change.name))
      throw new HubError('BAD_INPUT', '姓名须为 1 至 64 个字母、数字或 . _ -', 'a name is 1 to 64 letters, digits or . _ -')
    if (!DIGEST.test(change.tokenDigest))
      throw new HubError('BAD_INPUT', '令牌摘要须为 SM3 十六进制', 'the digest of a token is a hex SM3')
    const isTaken = [...administrators.values()].some(
      ({ name, tokenDigest }) => name === change.name || tokenDigest === change.tokenDigest,
    )
    if (isTaken)
      throw new HubError('CONFLICT', `管理员 ${change.name} 或其令牌已登记`, `${change.name} or that token is registered already`)
  }
  if (change.kind === 'REMOVE_ADMINISTRATOR') {
    if (!administrators.has(change.name))
      throw new HubError('NOT_FOUND', `没有管理员 ${change.name}`, `no administrator ${change.name}`)
    if (administrators.size <= 2)
      throw new HubError('POLICY', '至少须留两名管理员：请先增补', 'two administrators have to remain: add another first')
  }
}
