import { HubError } from '../../model/error.ts'
import type { PathFacts, SealFacts } from '../../model/facts.ts'
import { type ExpectedFacts, openFacts } from '../../model/sealed-facts.ts'
import type { Received } from './judge/question.ts'
import type { TrustRoom } from './room.ts'

/** Opens the facts `seals` found on an entity. Refused facts are logged and count as absent, with the reason. */
export function receiveSealFacts(room: TrustRoom, entityId: string, sealed: string | null | undefined): Received<SealFacts> {
  return receive<SealFacts>(room, { producer: 'seals', type: 'SealFacts', entityId }, sealed)
}

/** Opens the facts `certificates` found on an entity. Refused facts are logged and count as absent, with the reason. */
export function receivePathFacts(room: TrustRoom, entityId: string, sealed: string | null | undefined): Received<PathFacts> {
  return receive<PathFacts>(room, { producer: 'certificates', type: 'PathFacts', entityId }, sealed)
}

/** Opens facts of any kind from one producer on one entity. */
export function receive<Facts>(room: TrustRoom, expected: ExpectedFacts, sealed: string | null | undefined): Received<Facts> {
  if (sealed === null || sealed === undefined) return { facts: null, refused: null }
  try {
    return { facts: openFacts<Facts>(sealed, expected, room.now(), room.factsKey), refused: null }
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'FACTS_REFUSED') throw error
    room.log.warn({ ...expected, code: error.code, reason: error.en }, 'sealed facts were refused')
    return { facts: null, refused: { zh: error.zh, en: error.en } }
  }
}
