import type { Certificate } from './certificate.ts'
import type { KeyUsage, NameConstraints } from './extension-constraints.ts'
import { nameConstraintFault } from './name-constraints.ts'
import type { Spending } from './path-budget.ts'
import { isSelfIssued, keyUsageFindings, purposeFindings, type ValidityModel, validityFindings } from './path-checks.ts'
import type { PathContext } from './path-context.ts'
import { ownFindingsOf, signatureFindings } from './path-findings.ts'
import type { Attempt } from './path-report.ts'
import type { Path } from './path-search.ts'
import { type PeerName, peerNameFindings } from './peer-names.ts'
import { type PolicyInputs, policyFindings } from './policy-graph.ts'
import { revocationFindings } from './revocation.ts'
import { type Finding, failed, PATH_CHECKS, type PathCheckName, weighs } from './verdict.ts'

/** A question put to a path, with nothing left out. */
export interface PathRules {
  readonly at: number
  readonly model: ValidityModel
  readonly revocation: 'required' | 'optional' | 'off'
  readonly requiredKeyUsage: readonly KeyUsage[]
  readonly requiredPurposes: readonly string[]
  readonly peerNames: readonly PeerName[]
  readonly policies: PolicyInputs
  readonly nameConstraints: NameConstraints | null
}

/** What speaks against an issuer where it stands, by time and purpose: asked before the search goes on above it. */
export function standingFindings(
  issuer: Certificate,
  below: Path,
  { at, model, requiredPurposes }: PathRules,
): readonly Finding[] {
  const purposes = purposeFindings([...below.slice(1), issuer], []) // what is below the end entity is judged with the whole path
  const required = requiredPurposes.length === 0 ? [] : purposeFindings([...below, issuer], requiredPurposes)
  const [subordinate = null] = below.slice(-1)
  return [
    ...validityFindings(issuer, subordinate, at, model),
    ...[...purposes, ...required].filter((one) => one.certificate === issuer),
  ]
}

/** Everything a path that reached an anchor is asked, the costly questions only where all others are answered well. */
export function evaluatePath(path: Path, rules: PathRules, context: PathContext): Attempt {
  const own = ownFindingsOf(path)
  if (own.some(weighs)) return { path, done: BY_THEMSELVES, findings: own }
  const findings = [...own, ...questionFindings(path, rules, context.spending)]
  if (findings.some(weighs)) return { path, done: before('PATH_ALGORITHM', rules), findings }
  findings.push(...signatureFindings(path, context.edges))
  if (findings.some(weighs) || rules.revocation === 'off') return { path, done: before('PATH_REVOCATION', rules), findings }
  findings.push(...revocationFindings(path, { ...rules, mode: rules.revocation }, context))
  return { path, done: before(null, rules), findings }
}

const BY_THEMSELVES: readonly PathCheckName[] = [
  'PATH_ISSUER', 'PATH_BUDGET', 'PATH_FORMAT', 'PATH_PROFILE', 'PATH_CRITICAL_EXTENSIONS', 'PATH_KEY', 'PATH_BASIC_CONSTRAINTS',
] // biome-ignore format: a table

/** The checks done before one, those left out that nobody asked for. */
function before(check: PathCheckName | null, { peerNames }: PathRules): readonly PathCheckName[] {
  const done = check === null ? PATH_CHECKS : PATH_CHECKS.slice(0, PATH_CHECKS.indexOf(check))
  return done.filter((one) => one !== 'PATH_PEER_NAME' || peerNames.length > 0)
}

function questionFindings(path: Path, rules: PathRules, spending: Spending): readonly Finding[] {
  const [endEntity] = path
  if (!endEntity) return []
  return [
    ...keyUsageFindings(endEntity, rules.requiredKeyUsage),
    ...purposeFindings(path, rules.requiredPurposes),
    ...initialConstraintFindings(path, rules.nameConstraints, spending),
    ...peerNameFindings(endEntity, rules.peerNames),
    ...path.flatMap((certificate, i) => validityFindings(certificate, path[i - 1] ?? null, rules.at, rules.model)),
    ...policyFindings(path, rules.policies),
  ]
}

/** RFC 5280 §6.1.1 h–i: the subtrees the user begins with, for every certificate but the anchor and self-issued intermediates. */
function initialConstraintFindings(path: Path, constraints: NameConstraints | null, spending: Spending): readonly Finding[] {
  if (constraints === null) return []
  return path.slice(0, -1).flatMap((certificate, i) => {
    if (i > 0 && isSelfIssued(certificate)) return []
    const fault = nameConstraintFault(constraints, certificate, spending)
    return fault ? [failed('PATH_NAME_CONSTRAINTS', certificate, fault.zh, fault.en)] : []
  })
}
