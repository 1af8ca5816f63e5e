import type { DivisionCode } from '../../../model/division-code.ts'
import type { Case } from './case.ts'
import { type Finding, found } from './finding.ts'
import { plain } from './words.ts'

/**
 * Whether a seal is relied on over a network that the policy of its own division allows, as that policy stood at every moment asked
 * about (西藏 12). Another network is noted: the rule binds those who use the seal, and the stamp is none the worse. Nothing is asked where
 * nobody says which network it is.
 */
export function networkFindings(matter: Case, object: string, issuedIn: DivisionCode | null): readonly Finding[] {
  const { network } = matter.use
  if (network === null || issuedIn === null) return []
  const rules = matter.moments.map((at) => matter.policies.governing(issuedIn, at).rules.network).filter((rule) => rule !== null)
  const told = rules.find(({ zones }) => !zones.includes(network)) ?? rules[0]
  if (!told) return []
  const outcome = told.zones.includes(network) ? 'PASSED' : 'NOTE'
  return [{ ...found('NETWORK_USE', object, outcome, () => plain(network)), rule: told.rule }]
}
