import { formatInstant, type Instant } from '../../model/time.ts'
import type { ParsedRow, RowRefusal } from './lists/row.ts'
import { serviceId, type TrustService, type TrustStatement } from './service.ts'
import type { TrustSnapshot } from './snapshot.ts'

const EVER = Number.MAX_SAFE_INTEGER

/**
 * Which grant of a service a row of this hub's own speaks of. One that begins after the last grant is over is a grant of its own, so
 * that the time between and what went before stay as they were; any other restates a grant held. An end that is over is never
 * lifted: handing the same certificates in again would bring back, from their very beginning, what was taken off.
 */
export function placedIn(trust: TrustSnapshot, row: ParsedRow, now: Instant): ParsedRow {
  if (row.statement === null) return row
  const { statement } = row
  const id = serviceId(statement)
  const grants = trust
    .services(statement.role, statement.fingerprint, EVER)
    .filter((held) => held.list === null && firstId(held) === id)
  const last = grants.reduce<TrustService | null>((a, b) => (a && (a.again ?? 0) > (b.again ?? 0) ? a : b), null)
  const { from, until } = statement.span
  if (last === null) return row
  if (last.span.until !== null && from > last.span.until) return stated({ ...statement, again: from })
  const { again, span } = grants.find((held) => held.span.from === from) ?? last
  const isLifted = span.until !== null && span.until < now && (until === null || until > span.until)
  if (isLifted) return { statement: null, refusal: ended(span.until ?? now) }
  return stated(again === undefined ? statement : { ...statement, again })
}

function firstId({ again: _, ...first }: TrustStatement): string {
  return serviceId(first)
}

function stated(statement: TrustStatement): ParsedRow {
  return { statement, refusal: null }
}

function ended(until: Instant): RowRefusal {
  const [over, next] = [formatInstant(until), formatInstant(until + 1)]
  return {
    code: 'ENDED',
    reason: {
      zh: `已于 ${over} 终止，不得撤回；重新列入须自 ${next} 或以后起（--from）`,
      en: `it ended at ${over}, which is not taken back; to list it again, let it begin at ${next} or later (--from)`,
    },
  }
}
