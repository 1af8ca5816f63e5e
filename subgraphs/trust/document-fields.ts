import type { DocumentFacts } from '../../model/facts.ts'
import { type EntityArguments, evidenceOn, questionOf } from './conclusion-fields.ts'
import type { Conclusion } from './judge/conclusion.ts'
import { judgeDocument } from './judge/document.ts'
import { judgeSignature } from './judge.ts'
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
  const { trust, policies, statusBound } = await evidenceOn(room, { id: entity.id })
  const signatures = new Map<string, Conclusion>()
  for (const signature of (entity.signatures ?? []).slice(0, MAXIMUM_SIGNATURES)) {
    if (signature) signatures.set(signature.id, judgeSignature(signature.id, await evidenceOn(room, signature), question))
  }
  return judgeDocument(entity.id, { document, signatures, trust, policies, statusBound }, question)
}
