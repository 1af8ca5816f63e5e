import type { DivisionCode } from '../../../model/division-code.ts'
import { type PageQuestion, pageAmong } from '../../../model/page.ts'
import type { Instant } from '../../../model/time.ts'
import type { TrustRoom } from '../room.ts'
import { isInForce } from './agreement-input.ts'
import { agreementNode } from './answer.ts'

export interface AgreementsQuestion extends PageQuestion {
  readonly reliedOnIn?: DivisionCode | null
  readonly issuedIn?: DivisionCode | null
  readonly at?: Instant | null
  readonly knownAt?: Instant | null
}

/** `Query.agreements`. Without a moment everything that counts is told, repealed or not. */
export async function agreements(room: TrustRoom, question: AgreementsQuestion) {
  const { reliedOnIn, issuedIn, at, knownAt } = question
  const trust = await room.lists.snapshot()
  const held = trust.agreements
    .all(knownAt ?? Number.MAX_SAFE_INTEGER)
    .filter((agreement) => !reliedOnIn || agreement.reliedOnIn === reliedOnIn)
    .filter((agreement) => !issuedIn || agreement.issuedIn === issuedIn)
    .filter((agreement) => typeof at !== 'number' || isInForce(agreement, at))
  const { nodes, pageInfo } = pageAmong(held, question)
  return { nodes: nodes.map(agreementNode), pageInfo }
}

/** `Agreement.history`: every statement on it, oldest first. */
export async function agreementHistory(room: TrustRoom, id: string) {
  const { agreements: index } = await room.lists.snapshot()
  return index.history(id).map(agreementNode)
}
