import type { Caller } from '../../../model/caller.ts'
import { canonicalJson } from '../../../model/canonical-json.ts'
import { HubError } from '../../../model/error.ts'
import { type PageQuestion, pageAmong } from '../../../model/page.ts'
import type { Instant } from '../../../model/time.ts'
import { checkRows, importServices, type TrustServiceInput } from '../import.ts'
import type { TrustLists } from '../lists.ts'
import { type AgreementInput, enactAgreement, repealAgreement } from '../recognition/agreement-input.ts'
import type { TrustRoom } from '../room.ts'
import { serviceNode } from '../service-list.ts'
import type { Grounds } from './administration.ts'
import type { AdministrationEvent, Change } from './event.ts'
import type { Proposal, ProposalState } from './proposal.ts'
import { changeWords } from './words.ts'

interface Asking {
  readonly caller: Caller
}

/**
 * Does a change that was approved, or that the operator may make alone. Doing it twice changes nothing more.
 * @throws HubError CONFLICT for a row that cannot be taken any more; the others of its change are.
 */
export async function applyChange(lists: TrustLists, change: Change, by: string, now: Instant): Promise<void> {
  if (change.kind === 'TRUST_SERVICES') {
    const refusal = (await importServices(lists, change.services, now)).find((row) => row.refusal)?.refusal
    if (refusal) throw new HubError('CONFLICT', refusal.reason.zh, `${refusal.code}: ${refusal.reason.en}`)
  }
  if (change.kind === 'ENACT_AGREEMENT') await enactAgreement(lists, change.agreement, by, now)
  if (change.kind === 'REPEAL_AGREEMENT') await repealAgreement(lists, change, by, now)
}

/** What the SDL promises of administration: changes of trust that two people make together. */
export function administrationResolvers({ administration, lists, log, now }: TrustRoom) {
  const propose = async (change: Change, grounds: Grounds, asking: Asking) => {
    mustBeAdministrator(asking)
    return proposalNode(await administration.propose(change, asking.caller, grounds))
  }
  const decide = async (id: string, why: string, { caller }: Asking, how: 'approve' | 'reject') => {
    const proposal = await administration[how](id, caller, why)
    log.info({ caller: caller.id, proposal: id, kind: proposal.change.kind, state: proposal.state }, 'a proposal was decided on')
    return proposalNode(proposal)
  }
  const submit = async (change: Change, grounds: Grounds, asking: Asking) => {
    mustBeAdministrator(asking)
    const proposal = await administration.submit(change, asking.caller, grounds)
    log.info({ caller: asking.caller.id, kind: change.kind, proposal: proposal?.id }, 'a change of trust was submitted')
    return { outcome: proposal ? 'PROPOSED' : 'DONE', proposal: proposal && proposalNode(proposal) }
  }

  /** Every row told; those that can be taken are taken at once, or proposed together where two people are needed. */
  async function takeServices({ services, why, evidenceDigest }: ServicesArguments, { caller }: Asking) {
    const grounds = { why: why ?? services.find((row) => row.evidence)?.evidence ?? '', evidenceDigest: evidenceDigest ?? null }
    const parsed = await checkRows(lists, services, now())
    const change: Change = { kind: 'TRUST_SERVICES', services: services.filter((_, i) => parsed[i]?.statement) }
    if (await administration.mayActAlone(caller)) {
      const rows = await importServices(lists, services, now())
      if (rows.some(({ outcome }) => outcome === 'IMPORTED')) await administration.noteDirect(change, caller, grounds)
      return { rows: rows.map((row) => ({ ...row, service: row.service && serviceNode(row.service) })), proposal: null }
    }
    const proposal = change.services.length > 0 ? await administration.propose(change, caller, grounds) : null
    const rows = parsed.map(({ refusal }, index) => ({
      index,
      outcome: refusal ? 'REFUSED' : 'PROPOSED',
      service: null,
      refusal,
    }))
    return { rows, proposal: proposal && proposalNode(proposal) }
  }

  return {
    Query: {
      trustProposals: async (_: unknown, { state }: { state?: ProposalState | null }, asking: Asking) => {
        mustBeAdministrator(asking)
        const proposals = await administration.proposals()
        return proposals.filter((one) => !state || one.state === state).map(proposalNode)
      },
      administrationEvents: async (_: unknown, question: PageQuestion, asking: Asking) => {
        mustBeAdministrator(asking)
        return pageAmong((await administration.events()).map(eventNode).reverse(), question)
      },
      administrators: async (_: unknown, __: unknown, asking: Asking) => {
        mustBeAdministrator(asking)
        return [...(await administration.administrators()).values()].map(({ name, since }) => ({ name, since }))
      },
      administratorOf: async (_: unknown, { tokenDigest }: { tokenDigest: string }, { caller }: Asking) => {
        if (!caller.scopes.includes('adapter')) throw forbidden('adapter')
        const all = [...(await administration.administrators()).values()]
        return all.find((one) => one.tokenDigest === tokenDigest)?.name ?? null
      },
    },
    Mutation: {
      importTrustServices: async (_: unknown, given: ServicesArguments, asking: Asking) => {
        mustBeAdministrator(asking)
        const taken = await takeServices(given, asking)
        const refused = taken.rows.filter((row) => row.refusal).length
        log.info(
          { caller: asking.caller.id, rows: taken.rows.length, refused, proposal: taken.proposal?.id },
          'trust services were handed in',
        )
        return taken
      },
      proposeTrustServices: async (_: unknown, { services, ...grounds }: ServicesArguments & Grounds, asking: Asking) => {
        mustBeAdministrator(asking)
        const refusal = (await checkRows(lists, services, now())).find((row) => row.refusal)?.refusal
        if (refusal) throw new HubError('BAD_INPUT', refusal.reason.zh, `${refusal.code}: ${refusal.reason.en}`)
        return propose({ kind: 'TRUST_SERVICES', services }, grounds, asking)
      },
      proposeAgreement: (_: unknown, { agreement, ...grounds }: Grounds & { agreement: AgreementInput }, asking: Asking) =>
        propose({ kind: 'ENACT_AGREEMENT', agreement }, grounds, asking),
      proposeRepeal: (_: unknown, { id, from, why, ...evidence }: Grounds & { id: string; from: Instant }, asking: Asking) =>
        propose({ kind: 'REPEAL_AGREEMENT', id, from, reason: why }, { why, ...evidence }, asking),
      addAdministrator: (_: unknown, { name, tokenDigest, why }: AddArguments, asking: Asking) =>
        submit({ kind: 'ADD_ADMINISTRATOR', name, tokenDigest }, { why }, asking),
      removeAdministrator: (_: unknown, { name, why }: { name: string; why: string }, asking: Asking) =>
        submit({ kind: 'REMOVE_ADMINISTRATOR', name }, { why }, asking),
      approveTrustProposal: (_: unknown, { id, why }: { id: string; why?: string | null }, asking: Asking) => {
        mustBeAdministrator(asking)
        return decide(id, why ?? '', asking, 'approve')
      },
      rejectTrustProposal: (_: unknown, { id, why }: { id: string; why: string }, asking: Asking) => {
        mustBeAdministrator(asking)
        return decide(id, why, asking, 'reject')
      },
    },
  }
}

interface ServicesArguments {
  readonly services: readonly TrustServiceInput[]
  readonly why?: string | null
  readonly evidenceDigest?: string | null
}

interface AddArguments {
  readonly name: string
  readonly tokenDigest: string
  readonly why: string
}

function proposalNode({ change, ...proposal }: Proposal) {
  return { ...proposal, kind: change.kind, summary: changeWords(change), change: canonicalJson(change) }
}

function eventNode({ sequence, change, ...event }: AdministrationEvent) {
  return { ...event, id: String(sequence), summary: change && changeWords(change), change: change && canonicalJson(change) }
}

/** The gateway has asked already; a room that is reached another way asks again. */
function mustBeAdministrator({ caller }: Asking): void {
  if (!caller.scopes.includes('administrator')) throw forbidden('administrator')
}

function forbidden(scope: string): HubError {
  return new HubError('FORBIDDEN', '没有权限', `needs the scope ${scope}`)
}
