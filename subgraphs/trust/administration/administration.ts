import { randomUUID } from 'node:crypto'
import type { Caller } from '../../../model/caller.ts'
import { HubError } from '../../../model/error.ts'
import type { Clock, Instant } from '../../../model/time.ts'
import { type Administrator, administratorsOf, assertPossible, callerIdOf } from './administrator.ts'
import type { AdministrationEvent, AdministrationEventKind, Change, NewAdministrationEvent } from './event.ts'
import { type Proposal, proposalsOf } from './proposal.ts'

/** Why, and SM3 of the document behind that. */
export interface Grounds {
  readonly why: string
  readonly evidenceDigest?: string | null
}

/** Keeps what administrators did: only ever added to. */
export interface AdministrationRecords {
  /** Oldest first. */
  readonly administrationEvents: () => Promise<readonly AdministrationEvent[]>
  /** Durable once resolved; its moment is not before that of any event there. */
  readonly recordAdministration: (event: NewAdministrationEvent, now: Instant) => Promise<AdministrationEvent>
}

export interface AdministrationOptions {
  readonly records: AdministrationRecords
  /** Does a change, by the way in that its kind has; doing it twice changes nothing more. */
  readonly apply: (change: Change, by: string, now: Instant) => Promise<void>
  /** Two people from the beginning; otherwise once there is an administrator. */
  readonly twoPerson: boolean
  readonly now: Clock
}

/** Changes of trust, with two pairs of eyes where there are two. Every step is an event with who, when and why. */
export interface Administration {
  /** Whether a caller may change trust alone: the hub's operator, while nobody is an administrator and no setting forbids it. */
  readonly mayActAlone: (caller: Caller) => Promise<boolean>
  /** Notes a change that a caller has made alone. */
  readonly noteDirect: (change: Change, caller: Caller, grounds: Grounds) => Promise<void>
  /** Does a change at once where the caller may alone, and proposes it otherwise; null when it is done. */
  readonly submit: (change: Change, caller: Caller, grounds: Grounds) => Promise<Proposal | null>
  /** @throws HubError BAD_INPUT without a reason, and as `assertPossible`. */
  readonly propose: (change: Change, caller: Caller, grounds: Grounds) => Promise<Proposal>
  /** @throws HubError NOT_FOUND, CONFLICT when it is decided or over, FORBIDDEN for its proposer and for who is no administrator. */
  readonly approve: (id: string, caller: Caller, why: string) => Promise<Proposal>
  readonly reject: (id: string, caller: Caller, why: string) => Promise<Proposal>
  readonly proposals: () => Promise<readonly Proposal[]>
  readonly events: () => Promise<readonly AdministrationEvent[]>
  readonly administrators: () => Promise<ReadonlyMap<string, Administrator>>
}

const OPERATOR = 'operator'
/** Two are needed before two can decide. */
const FOUNDERS = 2
const MAXIMUM_TEXT = 2_000

/** Opens administration over its records. Steps are taken one after the other. */
export function administration({ records, apply, twoPerson, now }: AdministrationOptions): Administration {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Answer>(step: () => Promise<Answer>): Promise<Answer> => {
    const next = last.then(step)
    last = next.catch(() => {}) // whoever asked is told
    return next
  }
  let known: readonly AdministrationEvent[] | null = null
  const events = async () => {
    known ??= await records.administrationEvents()
    return known
  }
  const proposals = async () => proposalsOf(await events(), now())
  const administrators = async () => administratorsOf(await events())
  const mayActAlone = async ({ id }: Caller) => id === OPERATOR && !twoPerson && (await administrators()).size === 0
  async function note(
    kind: AdministrationEventKind,
    subject: string,
    { id: by }: Caller,
    grounds: Grounds,
    change: Change | null,
  ): Promise<void> {
    const event = await records.recordAdministration({ kind, subject, by, ...checked(grounds), change }, now())
    known = [...(await events()).filter(({ sequence }) => sequence < event.sequence), event]
  }

  async function propose(change: Change, caller: Caller, grounds: Grounds): Promise<Proposal> {
    if (grounds.why.trim() === '') throw new HubError('BAD_INPUT', '提议须说明理由', 'a proposal needs a reason')
    assertPossible(change, await administrators())
    const subject = randomUUID()
    await note('PROPOSED', subject, caller, grounds, change)
    return proposalWith(await proposals(), subject)
  }

  async function decide(id: string, caller: Caller, why: string, kind: 'APPROVED' | 'REJECTED'): Promise<Proposal> {
    const proposal = proposalWith(await proposals(), id)
    const isUnfinished = kind === 'APPROVED' && proposal.state === 'APPROVED'
    if (proposal.state !== 'OPEN' && !isUnfinished)
      throw new HubError('CONFLICT', `提议已是 ${proposal.state}`, `the proposal is ${proposal.state} already`)
    await assertMayDecide(proposal, caller, kind)
    if (!isUnfinished) await note(kind, id, caller, { why }, null)
    if (kind === 'APPROVED') await finish(proposal, caller)
    return proposalWith(await proposals(), id)
  }

  async function assertMayDecide({ proposedBy }: Proposal, { id }: Caller, kind: 'APPROVED' | 'REJECTED'): Promise<void> {
    if (kind === 'REJECTED' && id === proposedBy) return
    if (id === proposedBy) throw new HubError('FORBIDDEN', '提议人不得自行批准', 'who proposed it cannot approve it')
    const isAdministrator = [...(await administrators()).keys()].some((name) => callerIdOf(name) === id)
    if (!isAdministrator)
      throw new HubError('FORBIDDEN', '只有登记的管理员可以批准', 'only a registered administrator can decide')
  }

  /** Approved first, then done, then noted: a hub that stops in between does it when it is approved again. */
  async function finish({ id, change, proposedBy }: Proposal, caller: Caller): Promise<void> {
    assertPossible(change, await administrators())
    await apply(change, proposedBy, now())
    await note('DONE', id, caller, { why: '' }, null)
  }

  async function submit(change: Change, caller: Caller, grounds: Grounds): Promise<Proposal | null> {
    if (!(await mayActAlone(caller)) && !(await isFounding(change, caller))) return propose(change, caller, grounds)
    assertPossible(change, await administrators())
    await apply(change, caller.id, now())
    await note('DONE_DIRECTLY', randomUUID(), caller, grounds, change)
    return null
  }

  /** The first administrators are entered by the hub's operator: there is nobody yet who could approve. */
  async function isFounding({ kind }: Change, { id }: Caller): Promise<boolean> {
    return kind === 'ADD_ADMINISTRATOR' && id === OPERATOR && (await administrators()).size < FOUNDERS
  }

  return {
    mayActAlone,
    noteDirect: (change, caller, grounds) => inTurn(() => note('DONE_DIRECTLY', randomUUID(), caller, grounds, change)),
    submit: (change, caller, grounds) => inTurn(() => submit(change, caller, grounds)),
    propose: (change, caller, grounds) => inTurn(() => propose(change, caller, grounds)),
    approve: (id, caller, why) => inTurn(() => decide(id, caller, why, 'APPROVED')),
    reject: (id, caller, why) => inTurn(() => decide(id, caller, why, 'REJECTED')),
    proposals,
    events,
    administrators,
  }
}

function checked({ why, evidenceDigest = null }: Grounds): { readonly why: string; readonly evidenceDigest: string | null } {
  if (why.length > MAXIMUM_TEXT) throw new HubError('TOO_LARGE', '理由过长', 'the reason is too long')
  if (evidenceDigest !== null && !/^[0-9a-f]{64}$/.test(evidenceDigest))
    throw new HubError('BAD_INPUT', '证据摘要须为 SM3 十六进制', 'the digest of evidence is a hex SM3')
  return { why, evidenceDigest }
}

function proposalWith(proposals: readonly Proposal[], id: string): Proposal {
  const proposal = proposals.find((one) => one.id === id)
  if (!proposal) throw new HubError('NOT_FOUND', `没有提议 ${id}`, `no proposal ${id}`)
  return proposal
}
