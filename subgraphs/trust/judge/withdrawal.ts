import { isWithin } from '../../../model/division-code.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import { endCastsDoubtOnThePast, endWord } from '../../../model/service-end.ts'
import type { Bilingual } from '../../../model/text.ts'
import { holds, type Instant } from '../../../model/time.ts'
import type { TrustRole, TrustService } from '../service.ts'
import type { Case } from './case.ts'
import { type Finding, found, type JudgementCheck, saidBy } from './finding.ts'
import type { AskedDivision } from './standing.ts'
import { joined, plain } from './words.ts'

/** Who may have been taken off a list, and what of theirs is looked at. */
export interface WithdrawalQuestion {
  readonly role: TrustRole
  readonly fingerprint: Fingerprint
  /** Moments at which it must have been to be relied on. */
  readonly moments: readonly Instant[]
  readonly division: AskedDivision
  /** When what it vouches for is proven to have existed; null when nothing proves it. */
  readonly provenBy: Instant | null
}

type WithdrawalCheck = Extract<JudgementCheck, 'MAKER_WITHDRAWN' | 'AUTHORITY_WITHDRAWN'>

/**
 * One rule for every role: taken off a list for a reason that casts doubt (compromise, false issuance, an order, or a reason that
 * nobody here understands), what claims to be older may be back-dated, and is in doubt unless it is proven to be older. What
 * is younger stays in doubt, whoever else lists the certificate still, until the one who took it off lists it again. An ordinary end,
 * or one without a stated reason, leaves everything as it was.
 */
export function withdrawalFindings(
  matter: Case,
  check: WithdrawalCheck,
  object: string,
  question: WithdrawalQuestion,
): readonly Finding[] {
  return withdrawnInDoubt(matter, question).map((service) => {
    const outcome = isProven(service, question) ? 'NOTE' : 'FAILED'
    return saidBy(
      service,
      found(check, object, outcome, () => endWords(service)),
    )
  })
}

/** The services taken off a list for a reason that casts doubt on anything at these moments. */
export function withdrawnInDoubt(matter: Case, question: WithdrawalQuestion): readonly TrustService[] {
  const services = matter.trust.services(question.role, question.fingerprint, matter.knownAt)
  if (!services.some(({ ended }) => ended !== undefined)) return []
  return services.filter((service) => isInDoubt(matter, service, services, question))
}

function isInDoubt(
  { present }: Case,
  { span, ended, scope, list }: TrustService,
  services: readonly TrustService[],
  { moments, division }: WithdrawalQuestion,
): boolean {
  const { until } = span
  if (until === null || until < span.from || until >= present || !endCastsDoubtOnThePast(ended)) return false
  const speaksOf = (of: string) => of === '' || division === null || division === 'ANY' || isWithin(division, of)
  if (!speaksOf(scope)) return false
  const listedAgain = (at: Instant) =>
    services.some((one) => one.list === list && one.span.from > until && speaksOf(one.scope) && holds(one.span, at))
  return moments.some((at) => at <= until || !listedAgain(at))
}

/** Proven to be older than the end; what is younger by its own word no proof helps. */
function isProven({ span: { until } }: TrustService, { provenBy, moments }: WithdrawalQuestion): boolean {
  return until !== null && provenBy !== null && provenBy <= until && moments.every((at) => at <= until)
}

/** Why a service ended, for people. */
export function endWords({ ended }: TrustService): Bilingual {
  if (!ended) return plain('')
  const word = endWord(ended)
  return joined(plain(word), ended.reason.trim() === '' || ended.reason.startsWith(word) ? null : plain(ended.reason.trim()))
}
