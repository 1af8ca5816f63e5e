import type { DocumentFacts } from '../../model/facts.ts'
import { type EntityArguments, questionOf, receivedOn } from './conclusion-fields.ts'
import type { Conclusion } from './judge/conclusion.ts'
import { judgeDocument } from './judge/document.ts'
import { judgeSignature } from './judge.ts'
import { recordOfDocument } from './questions/what-if-record.ts'
import { receive } from './receive.ts'
import type { TrustRoom } from './room.ts'

/** More signatures than any document may have are not judged; the facts then name some that have no conclusion. */
const MAXIMUM_SIGNATURES = 256

interface DocumentEntity {
  readonly id: string
  readonly documentFacts?: string | null
  readonly signatures?: readonly (SignatureEntity | null)[] | null
}

interface SignatureEntity {
  readonly id: string
  readonly sealFacts?: string | null
  readonly pathFacts?: string | null
}

/** `DocumentVerification.conclusion`: every signature is judged anew under the document's question, then the document from them. */
export async function documentConclusion(room: TrustRoom, entity: DocumentEntity, given: EntityArguments): Promise<Conclusion> {
  const question = questionOf(room, given)
  const expected = { producer: 'seals', type: 'DocumentFacts', entityId: entity.id } as const
  const document = receive<DocumentFacts>(room, expected, entity.documentFacts)
  const { policies, statusBound } = room
  const trust = await room.lists.snapshot()
  const world = { trust, policies, statusBound }
  const received = (entity.signatures ?? [])
    .slice(0, MAXIMUM_SIGNATURES)
    .filter((signature) => signature !== null)
    .map((signature) => ({ id: signature.id, ...receivedOn(room, signature) }))
  const judged = received.map(({ id, ...facts }) => [id, judgeSignature(id, { ...world, ...facts }, question)] as const)
  const conclusion = judgeDocument(entity.id, { ...world, document, signatures: new Map(judged) }, question)
  const record = room.decisions && recordOfDocument({ document, signatures: received, question, conclusion })
  if (record) room.decisions?.take(record)
  return conclusion
}
