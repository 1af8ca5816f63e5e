import { HubError } from '../../model/error.ts'
import { formatStatement, type Statement } from '../../model/statement.ts'
import type { Instant } from '../../model/time.ts'
import { encodeSignedData } from '../../pki/cms/signed-data.ts'
import type { Conclusion } from './judge/conclusion.ts'
import type { TrustRoom } from './room.ts'

/**
 * A decision as a signed statement (GB/T 35275) that can be filed and checked later without the hub: question, answer, evidence,
 * list sequences and policy as of then, under the signature of today.
 * @throws HubError UNSUPPORTED where the hub has no signer.
 */
export async function signedStatement(room: TrustRoom, conclusion: Conclusion): Promise<Uint8Array> {
  if (!room.signer) throw new HubError('UNSUPPORTED', '本枢纽没有签名密钥', 'this hub has no signer')
  const now = room.now()
  return encodeSignedData(formatStatement(statementOf(conclusion, room.division, now)), room.signer, { signingTime: now })
}

/** What is signed of a conclusion. */
export function statementOf(conclusion: Conclusion, hub: string, issuedAt: Instant): Statement {
  const { indication, subIndication, summary, because, asOf, knownAt, freshness, evidence } = conclusion
  const { revocation, ...policy } = conclusion.policy
  const { subject, id, certificatePurpose, at, knownAt: knownAtAsked, use } = conclusion.question
  const { reliedOnIn } = conclusion
  return {
    hub,
    issuedAt,
    question: { subject, id, certificatePurpose, reliedOnIn, at, knownAt: knownAtAsked, revocation, use },
    answer: { indication, subIndication, summary, because: [...because], asOf, knownAt, freshness },
    policy,
    evidence: {
      snapshot: evidence.snapshot,
      lists: [...evidence.lists],
      agreements: [...evidence.agreements],
      sources: [...evidence.sources],
    },
  }
}
