import { isWithin } from '../../../model/division-code.ts'
import type { Corrected, Refusal, StatusChanged } from '../../../model/envelope.ts'
import type { HeldEvent, HeldSeal } from '../held.ts'
import { refuse } from '../refusal.ts'
import { outOfScope } from './admit-registration.ts'
import { refusedStatusChange } from './policy-rules.ts'
import { refusedTime, type Sender } from './sender.ts'

/** Whether a change of a known seal's status is refused. Null: it is taken in, whatever the fold makes of it. */
export function refusedChange(
  event: StatusChanged | Corrected,
  held: HeldSeal | null,
  voided: HeldEvent | null,
  sender: Sender,
): Refusal | null {
  if (held === null) return refuse('NOT_FOUND', '没有登记该印章', 'no such seal is registered')
  if (held.platform !== sender.platform || !isWithin(held.division, sender.scope)) return outOfScope()
  const badTime = refusedTime(event, held.createdAt, sender.now)
  if (badTime !== null) return badTime
  if (event.type === 'CORRECTED') return refusedCorrection(event, voided)
  return refusedStatusChange(event, sender.policies.governing(held.division, sender.now).rules)
}

function refusedCorrection(event: Corrected, voided: HeldEvent | null): Refusal | null {
  if (voided === null) return refuse('NOT_FOUND', '没有要更正的事件', 'the event to correct is not held')
  return voided.code === event.code
    ? null
    : refuse('BAD_INPUT', '要更正的事件属于另一印章', "the event to correct is another seal's")
}
