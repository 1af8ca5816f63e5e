import type { Caller } from '../../model/caller.ts'
import type { Instant } from '../../model/time.ts'
import type { Resolvers } from '../../runtime/local-subgraph.ts'
import { Base64, DateTime, DivisionCode, SealCode } from '../../runtime/scalars.ts'
import { mustActAlone } from './administration/alone.ts'
import { administrationResolvers } from './administration/resolvers.ts'
import {
  certificateFields,
  conclusionFields,
  type EntityArguments,
  sealConclusion,
  signatureConclusion,
} from './conclusion-fields.ts'
import { documentConclusion } from './document-fields.ts'
import { listResolvers } from './lists/resolvers.ts'
import { memberFactsOf, sealedMemberFacts } from './member.ts'
import { mustBe } from './must-be.ts'
import { expiring } from './questions/expiring.ts'
import { impact } from './questions/impact.ts'
import { whatIf } from './questions/what-if.ts'
import { type AgreementInput, enactAgreement, type RepealInput, repealAgreement } from './recognition/agreement-input.ts'
import { type AgreementsQuestion, agreementHistory, agreements } from './recognition/agreement-list.ts'
import {
  agreementNode,
  type MatrixArguments,
  type RecognisedArguments,
  type RecognitionArguments,
  recognised,
  recognitionBetween,
  recognitionMatrix,
} from './recognition/answer.ts'
import { reportResolvers } from './reports/resolvers.ts'
import type { TrustRoom } from './room.ts'
import { type ServicesQuestion, trustServices } from './service-list.ts'

interface Asking {
  readonly caller: Caller
}

interface Entity {
  readonly code?: string
  readonly id?: string
  readonly sealFacts?: string | null
  readonly pathFacts?: string | null
}

interface DocumentEntity {
  readonly id?: string
  readonly documentFacts?: string | null
  readonly signatures?: readonly ({ readonly id: string } | null)[] | null
}

/** Everything the SDL promises, over one room. */
export function trustResolvers(room: TrustRoom): Resolvers {
  const lists = listResolvers(room)
  const administration = administrationResolvers(room)
  const reports = reportResolvers(room)
  const asReference = <Reference>(reference: Reference) => reference
  return {
    Base64,
    DateTime,
    DivisionCode,
    SealCode,
    Query: {
      trustServices: (_: unknown, question: ServicesQuestion) => trustServices(room, question),
      ...lists.Query,
      ...administration.Query,
      recognition: (_: unknown, question: RecognitionArguments) => recognitionBetween(room, question),
      recognised: (_: unknown, question: RecognisedArguments) => recognised(room, question),
      recognitionMatrix: (_: unknown, question: MatrixArguments) => recognitionMatrix(room, question),
      agreements: (_: unknown, question: AgreementsQuestion) => agreements(room, question),
      ...reports.Query,
      expiring: (_: unknown, { within }: { within: number }, asking: Asking) => {
        mustBe('administrator', asking)
        return expiring(room, within)
      },
      whatIf: (_: unknown, { policy, last }: { policy: string; last: number }, asking: Asking) => {
        mustBe('administrator', asking)
        return whatIf(room, policy, last)
      },
      impact: (_: unknown, { fingerprint, from }: { fingerprint: string; from: Instant }, asking: Asking) => {
        mustBe('administrator', asking)
        return impact(room, fingerprint.toLowerCase(), from)
      },
      memberFacts: async (_: unknown, { platform, fingerprint }: { platform: string; fingerprint: string }, asking: Asking) => {
        mustBe('adapter', asking)
        const facts = memberFactsOf(await room.lists.snapshot(), platform, fingerprint, room.now())
        return facts && sealedMemberFacts(facts, room.now(), room.factsKey)
      },
    },
    Mutation: {
      ...reports.Mutation,
      enactAgreement: async (_: unknown, { agreement }: { agreement: AgreementInput }, asking: Asking) => {
        mustBe('administrator', asking)
        await mustActAlone(room, asking)
        const enacted = await enactAgreement(room.lists, agreement, asking.caller.id, room.now())
        const change = { kind: 'ENACT_AGREEMENT', agreement } as const
        await room.administration.noteDirect(change, asking.caller, { why: enacted.article })
        return agreementNode(enacted)
      },
      repealAgreement: async (_: unknown, repeal: RepealInput, asking: Asking) => {
        mustBe('administrator', asking)
        await mustActAlone(room, asking)
        const repealed = await repealAgreement(room.lists, repeal, asking.caller.id, room.now())
        await room.administration.noteDirect({ kind: 'REPEAL_AGREEMENT', ...repeal }, asking.caller, { why: repeal.reason })
        return agreementNode(repealed)
      },
      ...administration.Mutation,
      ...lists.Mutation,
    },
    Conclusion: conclusionFields(room),
    Agreement: { history: ({ id }: { id: string }) => agreementHistory(room, id) },
    TrustList: lists.TrustList,
    TrustListSource: lists.TrustListSource,
    Seal: {
      __resolveReference: asReference,
      decision: ({ code = '', ...facts }: Entity, question: EntityArguments) =>
        sealConclusion(room, { id: code, mustBeRegistered: true, ...facts }, question),
    },
    SealInspection: {
      __resolveReference: asReference,
      conclusion: ({ id = '', ...facts }: Entity, question: EntityArguments) =>
        sealConclusion(room, { ...facts, id, mustBeRegistered: false }, question),
    },
    SignatureVerification: {
      __resolveReference: asReference,
      conclusion: ({ id = '', ...facts }: Entity, question: EntityArguments) =>
        signatureConclusion(room, { ...facts, id }, question),
    },
    DocumentVerification: {
      __resolveReference: asReference,
      conclusion: ({ id = '', ...facts }: DocumentEntity, question: EntityArguments) =>
        documentConclusion(room, { ...facts, id }, question),
    },
    Certificate: { __resolveReference: asReference, ...certificateFields(room) },
  }
}
