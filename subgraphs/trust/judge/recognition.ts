import type { DivisionCode } from '../../../model/division-code.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import type { SealClass } from '../../../model/seal.ts'
import { holds, type Instant } from '../../../model/time.ts'
import { recognitionWords } from '../recognition/words.ts'
import { type Recognition, recognise } from '../recognition.ts'
import type { Case } from './case.ts'
import { type Finding, found } from './finding.ts'
import { isCurrent } from './standing.ts'
import { plain } from './words.ts'

export interface RecognitionMatter {
  readonly object: string
  readonly sealClass: SealClass
  readonly issuedIn: DivisionCode | null
  /** From the signer's certificate to its root; empty when there is no path. */
  readonly signerChain: readonly Fingerprint[]
}

/** Whether the seal is recognised where it is relied on, at every moment asked about; the article is the policy's or the agreement's. */
export function recognitionFinding(matter: Case, asked: RecognitionMatter): Finding {
  const answers = matter.moments.map((at) => recognisedAt(matter, asked, at))
  const refused = answers.find(({ recognised }) => !recognised)
  const told = refused ?? answers.at(-1)
  if (!told) return found('RECOGNITION', asked.object, 'UNKNOWN')
  return {
    ...found('RECOGNITION', asked.object, refused ? 'FAILED' : 'PASSED', () => recognitionWords(told)),
    rule: told.rule,
    ...(told.agreement && { agreement: told.agreement.id }),
  }
}

/**
 * A signature without a seal is nobody's to recognise. For a purpose the policy does not speak of (tax, finance) it is relied on no more
 * than a seal without an agreement would be.
 */
export function purposeFindings(matter: Case, object: string): readonly Finding[] {
  const { purposes, rule } = matter.policy.rules.recognition
  const { purpose } = matter.use
  if (purpose === null || purposes.includes(purpose)) return []
  return [{ ...found('RECOGNITION', object, 'FAILED', () => plain(purpose)), rule }]
}

function recognisedAt(matter: Case, { sealClass, issuedIn, signerChain }: RecognitionMatter, at: Instant): Recognition {
  const { reliedOnIn, use, knownAt } = matter
  const asked = { sealClass, issuedIn, reliedOnIn, use, governmentCa: isGovernmentCa(matter, signerChain, at), at }
  return recognise(matter.policy, asked, () => matter.trust.agreements.between(reliedOnIn, issuedIn, knownAt))
}

/** Whether the signer's authority is listed as an e-government certification body (国办 12), by a list that is current. */
function isGovernmentCa(matter: Case, chain: readonly Fingerprint[], at: Instant): boolean | null {
  const issuer = chain[1] ?? chain[0]
  if (issuer === undefined) return null
  const listed = matter.trust.services('CA', issuer, matter.knownAt)
  return listed.some((service) => service.caKind === 'E_GOVERNMENT' && holds(service.span, at) && isCurrent(matter, service))
}
