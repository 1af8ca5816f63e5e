import type { Certificate } from './certificate.ts'
import { ANY_POLICY } from './extension-policies.ts'
import { isSelfIssued } from './path-checks.ts'
import { type Finding, failed } from './verdict.ts'

/** The policy inputs of RFC 5280 §6.1.1 c–g; left out: any policy will do, nothing is inhibited. */
export interface PolicyInputs {
  readonly initialPolicySet?: readonly string[]
  readonly requireExplicitPolicy?: boolean
  readonly inhibitPolicyMapping?: boolean
  readonly inhibitAnyPolicy?: boolean
}

/** One policy valid at one depth, with the policies a certificate below must name to carry it on. */
interface Node {
  readonly policy: string
  expected: ReadonlySet<string>
  readonly parents: Set<Node>
}

interface State {
  /** A level for each certificate done; null when no policy is valid any more. */
  levels: Map<string, Node>[] | null
  explicitPolicy: number
  inhibitAnyPolicy: number
  policyMapping: number
}

/**
 * Policy processing of RFC 5280 §6.1 over the graph of RFC 9618: a policy stands once at each depth, so that no certificate
 * can make the work grow beyond what it lists.
 * @param path from the end entity to the anchor; the anchor itself has no part in it (RFC 5280 §6.1), nor any say
 */
export function policyFindings(path: readonly Certificate[], inputs: PolicyInputs): readonly Finding[] {
  const certificates = path.slice(0, -1).reverse()
  const length = certificates.length
  const state: State = {
    levels: [new Map([[ANY_POLICY, node(ANY_POLICY, [ANY_POLICY], [])]])],
    explicitPolicy: inputs.requireExplicitPolicy ? 0 : length + 1,
    inhibitAnyPolicy: inputs.inhibitAnyPolicy ? 0 : length + 1,
    policyMapping: inputs.inhibitPolicyMapping ? 0 : length + 1,
  }
  for (const [i, certificate] of certificates.entries()) {
    const last = i === length - 1
    addLevel(state, certificate, last)
    if (state.levels === null && state.explicitPolicy <= 0) return [fault(certificate)]
    if (!last) {
      const wrong = prepareNext(state, certificate)
      if (wrong) return [wrong]
    }
  }
  const endEntity = certificates.at(-1)
  return endEntity ? wrapUp(state, endEntity, new Set(inputs.initialPolicySet ?? [ANY_POLICY])) : []
}

/** RFC 5280 §6.1.3 d–e, as RFC 9618 §5.3 writes it. */
function addLevel(state: State, certificate: Certificate, last: boolean): void {
  const above = state.levels?.at(-1)
  const policies = certificate.extensions.certificatePolicies
  if (!state.levels || !above || policies === null) {
    state.levels = null
    return
  }
  const level = new Map<string, Node>()
  const anyAbove = above.get(ANY_POLICY)
  for (const policy of policies.filter((one) => one !== ANY_POLICY)) {
    const parents = [...above.values()].filter(({ expected }) => expected.has(policy))
    if (parents.length > 0) level.set(policy, node(policy, [policy], parents))
    else if (anyAbove) level.set(policy, node(policy, [policy], [anyAbove]))
  }
  const anyCounts = state.inhibitAnyPolicy > 0 || (!last && isSelfIssued(certificate))
  if (policies.includes(ANY_POLICY) && anyCounts) carryOn(level, above)
  state.levels.push(level)
  if (level.size === 0) state.levels = null
}

/** §6.1.3 d 2: anyPolicy carries on whatever was expected and is not named. */
function carryOn(level: Map<string, Node>, above: ReadonlyMap<string, Node>): void {
  const named = new Set(level.keys())
  for (const parent of above.values()) {
    for (const policy of parent.expected) {
      if (named.has(policy)) continue
      const held = level.get(policy)
      if (held) held.parents.add(parent)
      else level.set(policy, node(policy, [policy], [parent]))
    }
  }
}

/** RFC 5280 §6.1.4 a–b, h–j: mappings, and what counts down. */
function prepareNext(state: State, certificate: Certificate): Finding | null {
  const { policyMappings, policyConstraints, inhibitAnyPolicy } = certificate.extensions
  if (policyMappings?.some((one) => one.issuerDomainPolicy === ANY_POLICY || one.subjectDomainPolicy === ANY_POLICY))
    return failed('PATH_POLICIES', certificate, '策略映射涉及 anyPolicy', 'anyPolicy is mapped')
  if (policyMappings && state.levels) map(state, policyMappings)
  if (!isSelfIssued(certificate)) {
    state.explicitPolicy = Math.max(0, state.explicitPolicy - 1)
    state.policyMapping = Math.max(0, state.policyMapping - 1)
    state.inhibitAnyPolicy = Math.max(0, state.inhibitAnyPolicy - 1)
  }
  const atMost = (value: number, limit: number | null | undefined) => Math.min(value, limit ?? value)
  state.explicitPolicy = atMost(state.explicitPolicy, policyConstraints?.requireExplicitPolicy)
  state.policyMapping = atMost(state.policyMapping, policyConstraints?.inhibitPolicyMapping)
  state.inhibitAnyPolicy = atMost(state.inhibitAnyPolicy, inhibitAnyPolicy)
  return null
}

/** §6.1.4 b: a mapped policy expects what it is mapped to, or goes when mapping is inhibited. */
function map(state: State, mappings: readonly { issuerDomainPolicy: string; subjectDomainPolicy: string }[]): void {
  const level = state.levels?.at(-1)
  if (!level) return
  const targets = new Map<string, Set<string>>()
  for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
    const known = targets.get(issuerDomainPolicy) ?? new Set()
    targets.set(issuerDomainPolicy, known.add(subjectDomainPolicy))
  }
  const anyNode = level.get(ANY_POLICY)
  for (const [policy, expected] of targets) {
    const held = level.get(policy)
    if (state.policyMapping === 0) level.delete(policy)
    else if (held) held.expected = expected
    else if (anyNode) level.set(policy, { policy, expected, parents: new Set(anyNode.parents) })
  }
  if (level.size === 0) state.levels = null
}

/** RFC 5280 §6.1.5 a–b, g: what is left must be among the policies the user accepts, where a policy is demanded at all. */
function wrapUp(state: State, endEntity: Certificate, accepted: ReadonlySet<string>): readonly Finding[] {
  let { explicitPolicy } = state
  if (explicitPolicy > 0) explicitPolicy -= 1
  if (endEntity.extensions.policyConstraints?.requireExplicitPolicy === 0) explicitPolicy = 0
  if (explicitPolicy > 0) return []
  return state.levels !== null && isAccepted(state.levels, accepted) ? [] : [fault(endEntity)]
}

/** RFC 9618 §5.4: some valid policy, named in the domain of the anchor, is one the user accepts, or both sides say "any". */
function isAccepted(levels: readonly Map<string, Node>[], accepted: ReadonlySet<string>): boolean {
  const reached = new Set<Node>(levels.at(-1)?.values())
  const anyLast = levels.at(-1)?.has(ANY_POLICY) ?? false
  if (accepted.has(ANY_POLICY)) return reached.size > 0
  if (anyLast) return accepted.size > 0
  for (const level of levels.slice(1).reverse()) {
    for (const one of level.values()) {
      if (!reached.has(one)) continue
      const inAnchorsDomain = [...one.parents].some(({ policy }) => policy === ANY_POLICY)
      if (inAnchorsDomain && accepted.has(one.policy)) return true
      for (const parent of one.parents) reached.add(parent)
    }
  }
  return false
}

function node(policy: string, expected: readonly string[], parents: readonly Node[]): Node {
  return { policy, expected: new Set(expected), parents: new Set(parents) }
}

function fault(certificate: Certificate): Finding {
  return failed(
    'PATH_POLICIES',
    certificate,
    '没有一项可接受的证书策略贯穿路径',
    'no acceptable policy holds over the whole path',
  )
}
