import { sealFacts } from '../../model/sealed-facts.ts'
import { documentFactsOf } from './facts.ts'
import type { InspectedDocument } from './inspect.ts'
import { integrityOf } from './inspection-fields.ts'
import type { SealsRoom } from './room.ts'

/** Fields of `DocumentVerification`. */
export function documentFields({ factsKey, now }: Pick<SealsRoom, 'factsKey' | 'now'>) {
  return {
    // The bytes are not kept: nothing can be told of a document by its id alone.
    __resolveReference: () => null,
    id: ({ reading }: InspectedDocument) => reading.digest,
    kind: ({ reading }: InspectedDocument) => reading.kind,
    integrity: ({ reading }: InspectedDocument) => integrityOf(reading.checks),
    originality: ({ reading }: InspectedDocument) => reading.originality,
    uncoveredFiles: ({ reading }: InspectedDocument) => reading.uncoveredFiles,
    documentFacts: ({ reading }: InspectedDocument) => {
      const label = { producer: 'seals', type: 'DocumentFacts', entityId: reading.digest, producedAt: now() } as const
      return sealFacts(label, documentFactsOf(reading), factsKey)
    },
  }
}
