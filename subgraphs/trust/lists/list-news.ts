import { setImmediate } from 'node:timers/promises'
import { type NamedStatement, named, saysTheSame, type TrustService, type TrustStatement } from '../service.ts'
import type { TrustSnapshot } from '../snapshot.ts'
import type { ReadList } from './read-list.ts'

const EVER = Number.MAX_SAFE_INTEGER
/** Statements compared before others have their turn. */
const PIECE = 250

/**
 * What a list says that is not held as its word already, and the grants it takes back: a service that it states again with another
 * history had the grants it no longer states never. A service it does not mention is not touched.
 */
export async function newsOf(trust: TrustSnapshot, list: ReadList): Promise<readonly NamedStatement[]> {
  const stated = new Set(list.statements.map(({ id }) => id))
  const news = new Map<string, NamedStatement>()
  for (const [i, statement] of list.statements.entries()) {
    if (i > 0 && i % PIECE === 0) await setImmediate()
    const held = trust.services(statement.role, statement.fingerprint, EVER).filter((one) => one.list === list.territory)
    const before = held.find(({ id }) => id === statement.id)
    if (!before || !saysTheSame(before, statement)) news.set(statement.id, statement)
    for (const service of held) {
      if (stated.has(service.id) || keyOf(service) !== keyOf(statement)) continue
      const taken = voided(service)
      if (!saysTheSame(service, taken)) news.set(service.id, taken)
    }
  }
  return [...news.values()]
}

function keyOf({ role, fingerprint, scope, name }: TrustStatement): string {
  return [role, fingerprint, scope, role === 'PLATFORM' || role === 'LIST_OPERATOR' ? name : ''].join('\n')
}

/** Recorded with its end before its beginning, which holds at no time. */
function voided({ id: _, recordedAt: __, ...statement }: TrustService): NamedStatement {
  const { from } = statement.span
  return named({ ...statement, span: { from, until: from - 1 } })
}
