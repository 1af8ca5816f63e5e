import { type DivisionCode, type DivisionScope, lineage } from '../../../model/division-code.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import { holds, type Instant } from '../../../model/time.ts'
import type { TrustService } from '../service.ts'
import type { TrustSnapshot } from '../snapshot.ts'

export interface OperatorQuestion {
  readonly territory: DivisionCode
  readonly signer: Fingerprint
  readonly at: Instant
  readonly knownAt: Instant
  /** Whether a list above that points to the operator must be in force itself: to take a new list in, not to keep one. */
  readonly byCurrentLists: boolean
}

/**
 * The divisions for which a certificate may sign the list of a territory; none when it is not its operator.
 * An operator is named by this hub, or by the list of a division above (a list of lists). The territory's own list may hand over to
 * another key (a pivot), as long as somebody outside still names an operator of it; a key it withdraws is out, whoever named it.
 */
export function operatorScopes(trust: TrustSnapshot, question: OperatorQuestion): readonly DivisionScope[] {
  const { territory, signer, at, knownAt } = question
  const named = trust.operators(territory, knownAt)
  const outside = named.filter((one) => one.list !== territory && holds(one.span, at) && isVouched(trust, one, question))
  const own = named.filter((one) => one.list === territory && one.fingerprint === signer && !isTakenBack(one))
  const handedOver = own.filter((one) => holds(one.span, at))
  if (own.length > 0 && handedOver.length === 0) return []
  return [
    ...outside.filter((one) => one.fingerprint === signer).map(({ scope }) => scope),
    ...handedOver.flatMap(({ scope }) => outside.flatMap((one) => narrower(scope, one.scope))),
  ]
}

/** Whether whoever names the operator may: this hub, or a list of a division above, signed by an operator of that. */
function isVouched(trust: TrustSnapshot, { name, list }: TrustService, question: OperatorQuestion): boolean {
  if (list === null) return true
  const above = trust.list(list, question.knownAt)
  if (!above || !lineage(name).slice(1).includes(list)) return false
  if (question.byCurrentLists && question.at > above.nextUpdate) return false
  return above.signer !== null && operatorScopes(trust, { ...question, territory: list, signer: above.signer }).length > 0
}

/** A grant taken back is recorded with its end before its beginning: it never was. */
function isTakenBack({ span }: TrustService): boolean {
  return span.until !== null && span.until < span.from
}

function narrower(a: DivisionScope, b: DivisionScope): readonly DivisionScope[] {
  if (a.startsWith(b)) return [a]
  return b.startsWith(a) ? [b] : []
}
