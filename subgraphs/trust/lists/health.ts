import type { PartHealth } from '../../../model/subgraph.ts'
import type { TrustRoom } from '../room.ts'
import { sourcesNode } from './fetch-fields.ts'
import { listStateAt } from './state.ts'

/**
 * Whether this room can judge, and whether an administrator is needed: the hub's own list was not signed again in time, or a source
 * does not give a list in force. What others fail to do makes nothing unhealthy: it is judged as stale by its own dates.
 */
export async function trustHealth(room: TrustRoom): Promise<PartHealth> {
  const trust = await room.lists.snapshot()
  const own = trust.ownList(room.division, Number.MAX_SAFE_INTEGER)
  const ownState = own ? listStateAt(trust, own, room.now(), Number.MAX_SAFE_INTEGER) : 'NONE'
  const { state, sources } = await sourcesNode(room)
  const failing = sources.filter((source) => source.state !== 'CURRENT' && source.state !== 'NOT_ASKED')
  const detail = `own list ${ownState}; sources of lists ${state}, ${failing.length} of ${sources.length} need a look`
  const isDegraded = failing.length > 0 || ownState === 'GRACE'
  return { part: 'trust', healthy: ownState !== 'STALE', detail, ...(isDegraded ? { degraded: true } : {}) }
}
