import type { DivisionCode } from '../../model/division-code.ts'
import type { Instant } from '../../model/time.ts'
import { freshnessNode } from './freshness-node.ts'
import type { CertificatePurpose } from './judge/certificate.ts'
import type { Conclusion } from './judge/conclusion.ts'
import type { Question, RevocationRequirement } from './judge/question.ts'
import { judgeCertificate, judgeSeal, judgeSignature } from './judge.ts'
import { type Judged, recordOf } from './questions/what-if-record.ts'
import { receivePathFacts, receiveSealFacts } from './receive.ts'
import { type UseInput, useOf } from './recognition/agreement-input.ts'
import type { TrustRoom } from './room.ts'
import { serviceNode } from './service-list.ts'
import { signedStatement } from './statement.ts'

/** What a client may say of the question. */
export interface EntityArguments {
  readonly reliedOnIn?: DivisionCode | null
  readonly at?: Instant | null
  readonly knownAt?: Instant | null
  readonly revocation?: RevocationRequirement | null
  readonly use?: UseInput | null
}

interface SealedEntity {
  readonly id: string
  readonly sealFacts?: string | null
  readonly pathFacts?: string | null
}

/** `Seal.decision` and `SealInspection.conclusion`. */
export async function sealConclusion(
  room: TrustRoom,
  entity: SealedEntity & { readonly mustBeRegistered: boolean },
  given: EntityArguments,
): Promise<Conclusion> {
  const question = questionOf(room, given)
  const { id, mustBeRegistered } = entity
  const evidence = await evidenceOn(room, entity)
  const conclusion = judgeSeal(id, mustBeRegistered, evidence, question)
  keep(room, { subject: 'SEAL', mustBeRegistered, certificate: null, evidence, question, conclusion })
  return conclusion
}

/** `SignatureVerification.conclusion`. */
export async function signatureConclusion(room: TrustRoom, entity: SealedEntity, given: EntityArguments): Promise<Conclusion> {
  const question = questionOf(room, given)
  const evidence = await evidenceOn(room, entity)
  const conclusion = judgeSignature(entity.id, evidence, question)
  keep(room, { subject: 'SIGNATURE', mustBeRegistered: false, certificate: null, evidence, question, conclusion })
  return conclusion
}

/** Where decisions are kept, this one is too. */
function keep({ decisions }: TrustRoom, judged: Judged): void {
  const record = decisions && recordOf(judged)
  if (record) decisions.take(record)
}

interface CertificateEntity {
  readonly fingerprint: string
  readonly pathFacts?: string | null
}

/** The fields this room adds to a certificate. */
export function certificateFields(room: TrustRoom): object {
  return {
    trust: async (
      { fingerprint, pathFacts }: CertificateEntity,
      { purpose, ...given }: EntityArguments & { readonly purpose: CertificatePurpose },
    ) => {
      const question = questionOf(room, given)
      const paths = receivePathFacts(room, fingerprint, pathFacts)
      const trust = await room.lists.snapshot()
      const evidence = { paths, trust, policies: room.policies, statusBound: room.statusBound }
      const conclusion = judgeCertificate(fingerprint, purpose, evidence, question)
      const certificate = { fingerprint, purpose }
      keep(room, { subject: 'CERTIFICATE', mustBeRegistered: false, certificate, evidence, question, conclusion })
      return conclusion
    },
    services: async ({ fingerprint }: CertificateEntity) => {
      const trust = await room.lists.snapshot()
      return trust.ofCertificate(fingerprint, Number.MAX_SAFE_INTEGER).map(serviceNode)
    },
  }
}

/** All I/O of a judgement: the lists, and opening what the other rooms sent. */
async function evidenceOn(room: TrustRoom, entity: SealedEntity) {
  const { policies, statusBound } = room
  return { ...receivedOn(room, entity), trust: await room.lists.snapshot(), policies, statusBound }
}

/** What the other rooms sent on a seal or signature. */
export function receivedOn(room: TrustRoom, { id, sealFacts, pathFacts }: SealedEntity) {
  return { seal: receiveSealFacts(room, id, sealFacts), paths: receivePathFacts(room, id, pathFacts) }
}

/** The question of a request, with the hub's own division where none is named. */
export function questionOf(room: TrustRoom, given: EntityArguments): Question {
  return {
    reliedOnIn: given.reliedOnIn ?? room.division,
    at: given.at ?? null,
    knownAt: given.knownAt ?? null,
    now: room.now(),
    revocation: given.revocation ?? null,
    use: useOf(given.use),
  }
}

/** What the graph shows otherwise than the judge says it. The rest is read from the conclusion itself, each part when it is asked for. */
export function conclusionFields(room: TrustRoom) {
  return {
    freshness: ({ freshness }: Conclusion) => freshnessNode(freshness),
    statement: (conclusion: Conclusion) => signedStatement(room, conclusion),
  }
}
