import { isWithin } from '../../../model/division-code.ts'
import { castsDoubtOnThePast, SEAL_CHANGE_REASONS } from '../../../model/timeline.ts'
import type { TrustService } from '../service.ts'
import type { Case } from './case.ts'
import { type Finding, found, saidBy } from './finding.ts'
import type { MakerQuestion } from './maker.ts'
import { certificateWords, plain } from './words.ts'

/**
 * Taken off a list for a reason that casts doubt (compromise, illegality, or one that nobody here understands), a maker's seals
 * may be back-dated: one that only claims to be older, with nothing to prove it, is in doubt. An ordinary end, or one without a
 * stated reason, leaves the past as it was.
 */
export function makerWithdrawal(matter: Case, question: MakerQuestion): readonly Finding[] {
  const { seal } = question
  const withdrawn = matter.trust
    .services('MAKER', seal.makerCertificate, matter.knownAt)
    .filter((service) => isWithdrawnInDoubt(matter, service, question))
  if (withdrawn.length === 0) return []
  const object = certificateWords('maker certificate', matter.certificates.get(seal.makerCertificate), seal.makerCertificate)
  return withdrawn.map((service) => {
    const outcome = isProvenBefore(service, question) ? 'NOTE' : 'FAILED'
    return saidBy(
      service,
      found('MAKER_WITHDRAWN', object, outcome, () => plain(service.ended?.reason ?? '')),
    )
  })
}

function isWithdrawnInDoubt({ present }: Case, { span, ended, scope }: TrustService, { seal, division }: MakerQuestion): boolean {
  if (span.until === null || span.until < span.from || span.until >= present || seal.createdAt > span.until) return false
  const speaksOf = scope === '' || division === null || division === 'ANY' || isWithin(division, scope)
  return speaksOf && isDoubtful(ended?.reason ?? '')
}

/** A reason in the words of `SealChangeReason`, with or without more behind it. */
function isDoubtful(reason: string): boolean {
  const text = reason.trim()
  if (text === '' || text.startsWith('UNSPECIFIED')) return false
  const code = SEAL_CHANGE_REASONS.find((known) => text.startsWith(known))
  return code === undefined || castsDoubtOnThePast(code)
}

function isProvenBefore({ span }: TrustService, { provenBy }: MakerQuestion): boolean {
  return provenBy !== null && span.until !== null && provenBy <= span.until
}
