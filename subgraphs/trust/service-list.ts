import { type DivisionCode, isWithin } from '../../model/division-code.ts'
import { type PageQuestion, pageAmong } from '../../model/page.ts'
import { holds, type Instant } from '../../model/time.ts'
import type { TrustRoom } from './room.ts'
import type { TrustRole, TrustService } from './service.ts'

export interface ServicesQuestion extends PageQuestion {
  readonly role?: TrustRole | null
  readonly division?: DivisionCode | null
  readonly at?: Instant | null
  readonly knownAt?: Instant | null
}

/** Who is listed, by role and for a division. Without a moment, everything that counts is told, ended or not. */
export async function trustServices(room: TrustRoom, question: ServicesQuestion) {
  const { at, division } = question
  const trust = await room.lists.snapshot()
  const services = trust
    .all(question.knownAt ?? Number.MAX_SAFE_INTEGER)
    .filter((service) => !question.role || service.role === question.role)
    .filter((service) => !division || isWithin(division, service.scope))
    .filter((service) => typeof at !== 'number' || holds(service.span, at))
  const { nodes, pageInfo } = pageAmong(services, question)
  return { nodes: nodes.map(serviceNode), pageInfo }
}

/** A service as the graph shows it. */
export function serviceNode({ span, ended, ...service }: TrustService) {
  return {
    ...service,
    ...span,
    endCode: ended?.code ?? null,
    endReason: ended?.reason ?? null,
    endEvidenceDigest: ended?.evidenceDigest ?? null,
  }
}
