import { isWithin } from '../../model/division-code.ts'
import { formatInstant, holds } from '../../model/time.ts'
import { divisionOf, instantOf } from './arguments.ts'
import { type PageQuestion, pageOf } from './page.ts'
import type { TrustRoom } from './room.ts'
import type { TrustRole, TrustService } from './service.ts'

export interface ServicesQuestion extends PageQuestion {
  readonly role?: TrustRole | null
  readonly division?: string | null
  readonly at?: string | null
  readonly knownAt?: string | null
}

/** Who is listed, by role and for a division. Without a moment, everything that counts is told, ended or not. */
export async function trustServices(room: TrustRoom, question: ServicesQuestion) {
  const at = instantOf(question.at)
  const division = divisionOf(question.division)
  const trust = await room.lists.snapshot()
  const services = trust
    .all(instantOf(question.knownAt) ?? Number.MAX_SAFE_INTEGER)
    .filter((service) => !question.role || service.role === question.role)
    .filter((service) => division === null || isWithin(division, service.scope))
    .filter((service) => at === null || holds(service.span, at))
  const { nodes, pageInfo } = pageOf(services, question)
  return { nodes: nodes.map(serviceNode), pageInfo }
}

/** A service as the graph shows it. */
export function serviceNode({ span, recordedAt, ...service }: TrustService) {
  return {
    ...service,
    from: formatInstant(span.from),
    until: span.until === null ? null : formatInstant(span.until),
    recordedAt: formatInstant(recordedAt),
  }
}
