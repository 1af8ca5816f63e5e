import type { Instant } from '../../../model/time.ts'
import type { AdministrationEvent, Change } from './event.ts'

/** APPROVED: but not done yet, because the hub stopped in between; approving it again does it. */
export type ProposalState = 'OPEN' | 'EXPIRED' | 'APPROVED' | 'DONE' | 'REJECTED'

/** A change of trust somebody proposed. */
export interface Proposal {
  readonly id: string
  readonly state: ProposalState
  readonly change: Change
  readonly proposedBy: string
  readonly proposedAt: Instant
  readonly expiresAt: Instant
  readonly why: string
  readonly evidenceDigest: string | null
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
  readonly decisionWhy: string | null
}

/** A proposal nobody decided on in a week is over: what was right then may not be now. */
export const PROPOSAL_LIFE_MS = 7 * 24 * 60 * 60_000

/** Every proposal as its events tell, oldest first. @param events oldest first. */
export function proposalsOf(events: readonly AdministrationEvent[], now: Instant): readonly Proposal[] {
  const proposals = new Map<string, Proposal>()
  for (const event of events) {
    if (event.kind === 'PROPOSED' && event.change) proposals.set(event.subject, proposed(event, event.change, now))
    const held = proposals.get(event.subject)
    if (held && (event.kind === 'APPROVED' || event.kind === 'REJECTED' || event.kind === 'DONE'))
      proposals.set(event.subject, decided(held, event, event.kind))
  }
  return [...proposals.values()]
}

function proposed(
  { subject: id, by, recordedAt, why, evidenceDigest }: AdministrationEvent,
  change: Change,
  now: Instant,
): Proposal {
  const expiresAt = recordedAt + PROPOSAL_LIFE_MS
  return {
    id,
    state: now <= expiresAt ? 'OPEN' : 'EXPIRED',
    change,
    proposedBy: by,
    proposedAt: recordedAt,
    expiresAt,
    why,
    evidenceDigest,
    decidedBy: null,
    decidedAt: null,
    decisionWhy: null,
  }
}

/** Whoever approved has decided; that it was done later is told by the state alone. */
function decided(
  proposal: Proposal,
  { by, recordedAt, why }: AdministrationEvent,
  state: 'APPROVED' | 'REJECTED' | 'DONE',
): Proposal {
  if (proposal.decidedBy !== null) return { ...proposal, state }
  return { ...proposal, state, decidedBy: by, decidedAt: recordedAt, decisionWhy: why }
}
