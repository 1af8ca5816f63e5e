import type { Certificate } from './certificate.ts'
import { isEmptyName } from './name.ts'
import { nameConstraintFault } from './name-constraints.ts'
import { nameKey } from './name-matching.ts'
import { ownFindings } from './own-checks.ts'
import { MAXIMUM_PATH, type Spending } from './path-budget.ts'
import { isSelfIssued, pathLengthFindings } from './path-checks.ts'
import type { Candidate, PathPool } from './path-pool.ts'
import { type Finding, failed, issuerUnknown, unknown, weighs } from './verdict.ts'
import { type EdgeChecks, edgeFindings } from './verified-edges.ts'

/** From the end entity to an anchor, both included; one certificate where the end entity is an anchor itself. */
export type Path = readonly Certificate[]

/** What one search needs, and whom it tells. */
export interface PathSearch {
  readonly pool: PathPool
  readonly spending: Spending
  readonly edges: EdgeChecks
  /** What speaks against an issuer over the path below it, beside what always does; notes included. */
  readonly issuerFindings: (issuer: Certificate, below: Path) => readonly Finding[]
  /** Told every path that reaches an anchor; true ends the search. */
  readonly onPath: (path: Path) => boolean
  /** Told every way that ends before an anchor: the certificates so far, and why it ends. */
  readonly onDeadEnd: (path: Path, findings: readonly Finding[]) => void
}

/**
 * Walks every way from the end entity towards an anchor, depth first, the likeliest issuer first, within the budget.
 * Nobody occurs twice in a path: neither a certificate nor another one of the same subject and key (RFC 4158 §5.2).
 * An issuer is left out as soon as something other than a signature speaks against it.
 * @param endEntity a certificate of which every extension can be read
 * @returns whether `onPath` ended the search.
 * @throws PkiError BUDGET
 */
export function searchPaths(endEntity: Certificate, search: PathSearch): boolean {
  if (search.pool.isAnchor(endEntity)) return search.onPath([endEntity])
  return extend([endEntity], search)
}

function extend(path: Path, search: PathSearch): boolean {
  const top = path.at(-1)
  if (!top) return false
  let found = false
  for (const candidate of isEmptyName(top.issuer) ? [] : search.pool.issuersOf(top)) {
    search.spending.spend('candidates')
    if (path.some((other) => isSameEntity(other, candidate.certificate))) continue
    found = true
    const against = findingsAgainst(candidate, top, path, search).filter(weighs)
    const longer = [...path, candidate.certificate]
    if (against.length > 0) search.onDeadEnd(longer, against)
    else if (candidate.isAnchor ? search.onPath(longer) : extend(longer, search)) return true
  }
  if (!found) search.onDeadEnd(path, [issuerUnknown(top)])
  return false
}

function findingsAgainst(candidate: Candidate, top: Certificate, path: Path, search: PathSearch): readonly Finding[] {
  const { certificate, isAnchor } = candidate
  const tried = edgeFindings(top, search.edges.peek(top, certificate))
  if (tried.length > 0) return tried
  const own = ownFindings(certificate, isAnchor ? 'anchor' : 'intermediate')
  if (own.some(weighs)) return own
  const deep = isAnchor ? [] : depthFindings(path, certificate, search.spending.budget.depth)
  if (deep.length > 0) return deep
  return [
    ...pathLengthFindings(certificate, path),
    ...constraintFindings(certificate, path, search.spending),
    ...search.issuerFindings(certificate, path),
  ]
}

/** RFC 5280 §6.1.3 b–c: every certificate below but the self-issued ones, the end entity always. */
function constraintFindings(issuer: Certificate, below: Path, spending: Spending): readonly Finding[] {
  const constraints = issuer.extensions.nameConstraints
  if (constraints === null) return []
  return below.flatMap((certificate, i) => {
    if (i > 0 && isSelfIssued(certificate)) return []
    const fault = nameConstraintFault(constraints, certificate, spending)
    return fault ? [failed('PATH_NAME_CONSTRAINTS', certificate, fault.zh, fault.en)] : []
  })
}

function depthFindings(path: Path, certificate: Certificate, depth: number): readonly Finding[] {
  const between = [...path.slice(1), certificate].filter((one) => !isSelfIssued(one)).length
  if (between <= depth && path.length < MAXIMUM_PATH) return []
  return [unknown('PATH_BUDGET', certificate, `中间证书多于 ${depth} 个`, `more than ${depth} intermediates`)]
}

function isSameEntity(a: Certificate, b: Certificate): boolean {
  return Buffer.compare(a.spki, b.spki) === 0 && nameKey(a.subject) === nameKey(b.subject)
}
