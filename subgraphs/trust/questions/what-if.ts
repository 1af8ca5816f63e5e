import { HubError } from '../../../model/error.ts'
import { withDraft } from '../../../policies/draft.ts'
import type { TrustRoom } from '../room.ts'
import { judgeAgain } from './what-if-record.ts'

const MAXIMUM_DECISIONS = 10_000
const MAXIMUM_FLIPS = 100

/**
 * `Query.whatIf`: judges the newest decisions kept again, as if a draft policy were in force, and tells which would change.
 * @throws HubError POLICY for a draft that is none, BAD_INPUT for a number out of 1 to 10,000, UNSUPPORTED where none are kept.
 */
export async function whatIf(room: TrustRoom, text: string, last: number): Promise<object> {
  if (!room.decisions) throw new HubError('UNSUPPORTED', '本枢纽不保留判定记录', 'this hub keeps no decisions')
  if (last < 1 || last > MAXIMUM_DECISIONS)
    throw new HubError('BAD_INPUT', `last 须为 1 至 ${MAXIMUM_DECISIONS}`, `last is 1 to ${MAXIMUM_DECISIONS}`)
  const { policies, draft } = withDraft(room.policies, text)
  const trust = await room.lists.snapshot()
  const recorded = await room.decisions.newest(last)
  const again = recorded.map((decision) => ({
    decision,
    conclusion: judgeAgain(decision, { trust, policies, statusBound: room.statusBound }),
  }))
  const flips = again.filter(
    ({ decision, conclusion }) =>
      decision.indication !== conclusion.indication || decision.subIndication !== conclusion.subIndication,
  )
  return {
    policy: { id: draft.id, version: draft.version, digest: draft.digest, revocation: draft.rules.revocation.requirement },
    judged: recorded.length,
    changed: flips.length,
    noLongerPassing: flips.filter(({ decision }) => decision.indication === 'TOTAL_PASSED').length,
    newlyPassing: flips.filter(({ conclusion }) => conclusion.indication === 'TOTAL_PASSED').length,
    flips: flips.slice(0, MAXIMUM_FLIPS).map(({ decision, conclusion }) => ({
      judgedAt: decision.judgedAt,
      subject: decision.subject,
      reliedOnIn: decision.question.reliedOnIn,
      digest: decision.seal?.digest ?? decision.certificate?.fingerprint ?? decision.document?.facts?.digest ?? '',
      before: { indication: decision.indication, subIndication: decision.subIndication },
      after: { indication: conclusion.indication, subIndication: conclusion.subIndication },
    })),
  }
}
