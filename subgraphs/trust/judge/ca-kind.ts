import { isOrganOfState, splitOrganization } from '../../../model/credit-code.ts'
import type { CertificateFacts, Fingerprint } from '../../../model/facts.ts'
import { holds } from '../../../model/time.ts'
import type { Case } from './case.ts'
import { type Finding, found } from './finding.ts'
import { isCurrent } from './standing.ts'
import { plain } from './words.ts'

/**
 * Whether the certificate of an organ of state comes from a kind of certification body the policy allows for government affairs.
 * Nothing is asked where the certificate does not name its owner, or another than an organ. A body of which no list says the
 * kind is noted: lists from before the kinds were written down would fail every seal.
 */
export function caKindFindings(
  matter: Case,
  object: string,
  { subject }: CertificateFacts,
  chain: readonly Fingerprint[],
): readonly Finding[] {
  const rule = matter.policy.rules.authority
  const creditCode = creditCodeIn(subject)
  const issuer = chain[1]
  if (!rule || issuer === undefined || creditCode === null || !isOrganOfState(creditCode)) return []
  const kinds = matter.trust
    .services('CA', issuer, matter.knownAt)
    .filter((service) => isCurrent(matter, service) && matter.moments.every((at) => holds(service.span, at)))
    .map(({ caKind }) => caKind ?? null)
  const isAllowed = kinds.some((kind) => kind !== null && rule.forGovernment.includes(kind))
  const isUnsaid = kinds.length === 0 || kinds.includes(null)
  const outcome = isAllowed ? 'PASSED' : isUnsaid ? 'NOTE' : 'FAILED'
  const told = kinds.filter((kind) => kind !== null).join(' ')
  return [{ ...found('CA_KIND', object, outcome, told === '' ? undefined : () => plain(told)), rule: rule.rule }]
}

/** The unified e-seal certificate profile begins `O` with the credit code; null where it does not, and never guessed from elsewhere. */
function creditCodeIn(subject: string): string | null {
  const organization = /(?:^|(?<!\\),)O=([^,\\]*)/.exec(subject)?.[1]
  return organization === undefined ? null : (splitOrganization(organization)?.creditCode ?? null)
}
