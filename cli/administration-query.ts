import type { Bilingual } from '../model/text.ts'
import { dataOf, type Graph } from './graph.ts'

const PROPOSAL = 'id state kind summary { zh en } proposedBy proposedAt expiresAt why decidedBy decidedAt decisionWhy'
const PROPOSALS = `query TrustProposals($state: ProposalState) { trustProposals(state: $state) { ${PROPOSAL} } }`
const APPROVE = `mutation ApproveProposal($id: ID!, $why: String) { proposal: approveTrustProposal(id: $id, why: $why) { ${PROPOSAL} } }`
const REJECT = `mutation RejectProposal($id: ID!, $why: String!) { proposal: rejectTrustProposal(id: $id, why: $why) { ${PROPOSAL} } }`
const ADD = `mutation AddAdministrator($name: ID!, $tokenDigest: ID!, $why: String!) {
  submission: addAdministrator(name: $name, tokenDigest: $tokenDigest, why: $why) { outcome proposal { ${PROPOSAL} } }
}`
const REMOVE = `mutation RemoveAdministrator($name: ID!, $why: String!) {
  submission: removeAdministrator(name: $name, why: $why) { outcome proposal { ${PROPOSAL} } }
}`
const ADMINISTRATORS = `query Administrators { administrators { name since } }`
const EVENTS = `query AdministrationEvents($first: Int, $after: String) {
  administrationEvents(first: $first, after: $after) {
    nodes { id kind subject recordedAt by why evidenceDigest summary { zh en } }
    pageInfo { endCursor hasNextPage }
  }
}`

export interface ProposalAnswer {
  readonly id: string
  readonly state: string
  readonly kind: string
  readonly summary: Bilingual
  readonly proposedBy: string
  readonly proposedAt: string
  readonly expiresAt: string
  readonly why: string
  readonly decidedBy: string | null
}

export interface Submission {
  readonly outcome: 'DONE' | 'PROPOSED'
  readonly proposal: ProposalAnswer | null
}

export interface EventAnswer {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly recordedAt: string
  readonly by: string
  readonly why: string
  readonly summary: Bilingual | null
}

/** Proposals, those still open unless told otherwise. */
export async function askProposals(graph: Graph, state: string | null): Promise<readonly ProposalAnswer[]> {
  return dataOf<{ trustProposals: ProposalAnswer[] }>(await graph.ask(PROPOSALS, { state })).trustProposals
}

export async function approveProposal(graph: Graph, id: string, why: string | null): Promise<ProposalAnswer> {
  return dataOf<{ proposal: ProposalAnswer }>(await graph.ask(APPROVE, { id, why })).proposal
}

export async function rejectProposal(graph: Graph, id: string, why: string): Promise<ProposalAnswer> {
  return dataOf<{ proposal: ProposalAnswer }>(await graph.ask(REJECT, { id, why })).proposal
}

export async function addAdministrator(graph: Graph, name: string, tokenDigest: string, why: string): Promise<Submission> {
  return dataOf<{ submission: Submission }>(await graph.ask(ADD, { name, tokenDigest, why })).submission
}

export async function removeAdministrator(graph: Graph, name: string, why: string): Promise<Submission> {
  return dataOf<{ submission: Submission }>(await graph.ask(REMOVE, { name, why })).submission
}

export async function askAdministrators(graph: Graph): Promise<readonly { readonly name: string; readonly since: string }[]> {
  return dataOf<{ administrators: { name: string; since: string }[] }>(await graph.ask(ADMINISTRATORS, {})).administrators
}

/** What was done to trust, newest first. */
export async function askEvents(graph: Graph, first: number): Promise<readonly EventAnswer[]> {
  type Answer = { administrationEvents: { nodes: EventAnswer[] } }
  return dataOf<Answer>(await graph.ask(EVENTS, { first, after: null })).administrationEvents.nodes
}
