import type { Rule } from '../model/check.ts'
import { isWithin, scopeOf } from '../model/division-code.ts'
import { HubError } from '../model/error.ts'
import { isAtLeast, type Policy, type PolicyRules } from '../model/policy.ts'
import type { PolicyDocument } from './document.ts'

/** The rules a document states itself, each with the source of its document. */
export function statedRules(document: PolicyDocument): Partial<PolicyRules> {
  const ruled = ruledBy(document)
  const { classes, issuer, cancellation, renewal, disclosure, recognition, authority, network, revocation } = document.rules
  return {
    ...(classes && { classes: ruled(classes) }),
    ...(issuer && { issuer: ruled(issuer) }),
    ...(cancellation && { cancellation: ruled(cancellation) }),
    ...(renewal && { renewal: ruled(renewal) }),
    ...(disclosure && { disclosure: ruled(disclosure) }),
    ...(recognition && { recognition: ruled(recognition) }),
    ...(authority && { authority: ruled(authority) }),
    ...(network && { network: ruled(network) }),
    ...(revocation && { revocation: ruled(revocation) }),
  }
}

/**
 * The rules of a policy with its parent's merged in: a rule it states replaces its parent's, and may only narrow it.
 * @param parent null for the one policy that inherits nothing, which must state every rule that has no "nothing prescribed".
 * @throws HubError POLICY when a rule would allow what the parent forbids, or is missing at the root.
 */
export function inheritRules(
  { id, division, stated }: Pick<Policy, 'id' | 'division' | 'stated'>,
  parent: Policy | null,
): PolicyRules {
  if (parent === null) return complete(id, stated)
  if (!isWithin(division, scopeOf(parent.division))) throw refused(id, 'division')
  const merged = { ...parent.rules, ...stated }
  const widened = widening(merged, parent.rules)
  if (widened !== null) throw refused(id, widened)
  return merged
}

/** Puts the clause of a rule beside the source of its document. */
export function ruledBy({
  source,
}: PolicyDocument): <Stated extends { clause: string }>(stated: Stated) => Omit<Stated, 'clause'> & { rule: Rule } {
  return ({ clause, ...stated }) => ({ ...stated, rule: { source, clause } })
}

function complete(id: string, own: Partial<PolicyRules>): PolicyRules {
  const { classes, disclosure, recognition, revocation } = own
  if (!classes || !disclosure || !recognition || !revocation) throw refused(id, 'a rule is missing at the root')
  return {
    issuer: null,
    cancellation: null,
    renewal: null,
    authority: null,
    network: null,
    ...own,
    classes,
    disclosure,
    recognition,
    revocation,
  }
}

/** The name of the first rule that is wider than the parent's; null when none is. */
function widening(own: PolicyRules, parent: PolicyRules): keyof PolicyRules | null {
  if (!isSubset(own.classes.allowed, parent.classes.allowed)) return 'classes'
  if (!isSubset(own.recognition.fromElsewhere, parent.recognition.fromElsewhere)) return 'recognition'
  if (!isSubset(own.recognition.purposes, parent.recognition.purposes)) return 'recognition'
  if (parent.issuer && own.issuer && !isAtLeast(own.issuer.level, parent.issuer.level)) return 'issuer'
  if (parent.cancellation && own.cancellation && !isSubset(own.cancellation.reasons, parent.cancellation.reasons))
    return 'cancellation'
  if (parent.renewal && own.renewal && isWiderRenewal(own.renewal, parent.renewal)) return 'renewal'
  if (parent.authority && own.authority && !isSubset(own.authority.forGovernment, parent.authority.forGovernment))
    return 'authority'
  if (parent.network && own.network && !isSubset(own.network.zones, parent.network.zones)) return 'network'
  if (parent.disclosure.status === 'MEMBERS' && own.disclosure.status === 'PUBLIC') return 'disclosure'
  if (parent.revocation.requirement === 'REQUIRED' && own.revocation.requirement === 'OPTIONAL') return 'revocation'
  return null
}

type Renewal = NonNullable<PolicyRules['renewal']>

function isWiderRenewal(own: Renewal, parent: Renewal): boolean {
  const days = ({ daysBeforeEnd }: Renewal) => daysBeforeEnd ?? Number.POSITIVE_INFINITY
  return days(own) > days(parent) || (own.afterEnd && !parent.afterEnd)
}

function isSubset<Item>(part: readonly Item[], whole: readonly Item[]): boolean {
  return part.every((item) => whole.includes(item))
}

function refused(id: string, what: string): HubError {
  return new HubError('POLICY', `政策 ${id} 不能放宽上级规则：${what}`, `policy ${id} may only narrow its parent: ${what}`)
}
