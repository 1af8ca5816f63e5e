import { PkiError } from '../error.ts'
import { type Certificate, decodeCertificate, fingerprintOf } from './certificate.ts'
import { type PathBudget, Spending } from './path-budget.ts'
import { purposeFindings } from './path-checks.ts'
import { ownFindingsOf, signatureFindings } from './path-findings.ts'
import { type CertificateInput, PathPool } from './path-pool.ts'
import { isReadable, MostTelling, mostTold, overBudget, reportOf } from './path-report.ts'
import { type Path, searchPaths } from './path-search.ts'
import { policyFindings } from './policy-graph.ts'
import { type Detail, type Finding, issuerUnknown, type PathCheck, type PathCheckName, weighs } from './verdict.ts'
import { EdgeChecks, type VerifiedEdges } from './verified-edges.ts'

/** What is held, and the bounds of the search. */
export interface FindPathsOptions {
  readonly intermediates: readonly CertificateInput[]
  readonly roots: readonly CertificateInput[]
  /** Paths wanted at most; 8 by default. */
  readonly limit?: number
  readonly budget?: Partial<PathBudget>
  /** Signatures seen to hold before, and where new ones are kept. */
  readonly edges?: VerifiedEdges
}

/** A path on which everything holds that does not depend on the time: only validity and revocation are left to judge. */
export interface FoundPath {
  /** From the end entity to the root. */
  readonly certificates: readonly Certificate[]
  /** Their lower-case hex SHA-256. */
  readonly fingerprints: readonly string[]
  readonly checks: readonly PathCheck[]
}

export interface FoundPaths {
  /** The likeliest first. */
  readonly paths: readonly FoundPath[]
  /** Null when there is a path; otherwise why there is none: the check that failed, and everything done on the way that came furthest. */
  readonly noPath: { readonly code: PathCheckName; readonly detail: Detail; readonly checks: readonly PathCheck[] } | null
  /** Whether the search ended before every way was tried: by its limit or its budget. */
  readonly cutShort: boolean
}

const DEFAULT_LIMIT = 8

/** The checks a path has passed when it is found. */
const TIMELESS: readonly PathCheckName[] = [
  'PATH_ISSUER', 'PATH_FORMAT', 'PATH_PROFILE', 'PATH_CRITICAL_EXTENSIONS', 'PATH_KEY', 'PATH_BASIC_CONSTRAINTS', 'PATH_LENGTH',
  'PATH_KEY_USAGE', 'PATH_PURPOSE', 'PATH_NAME_CONSTRAINTS', 'PATH_POLICIES', 'PATH_ALGORITHM', 'PATH_SIGNATURE',
] // biome-ignore format: a table

/**
 * The paths from a certificate to every root held, timeless: RFC 5280 §6.1 without validity and revocation, which are a matter
 * of the moment asked about. Which roots are trusted is not asked here.
 * @throws PkiError DER, STRUCTURE, TOO_DEEP, TOO_LARGE when the end entity itself cannot be read as a certificate
 */
export function findPaths(endEntity: CertificateInput, options: FindPathsOptions): FoundPaths {
  const certificate = endEntity instanceof Uint8Array ? decodeCertificate(endEntity) : endEntity
  const spending = new Spending(options.budget)
  const edges = new EdgeChecks(spending, options.edges ?? null)
  const telling = new MostTelling()
  const paths: FoundPath[] = []
  const limit = options.limit ?? DEFAULT_LIMIT
  let cutShort = false
  const take = (path: Path) => {
    const findings = timelessFindings(path, edges)
    if (findings.some(weighs)) telling.offer({ path, done: [], findings })
    else paths.push(foundPath(path, findings))
    return paths.length === limit
  }
  const onDeadEnd = (path: Path, findings: readonly Finding[]) => telling.offer({ path, done: [], findings })
  try {
    const pool = new PathPool(options.roots, options.intermediates, spending)
    const search = { pool, spending, edges, issuerFindings: () => [], onPath: take, onDeadEnd }
    cutShort = isReadable(certificate) && searchPaths(certificate, search)
  } catch (error) {
    if (!(error instanceof PkiError) || error.code !== 'BUDGET') throw error
    cutShort = true
    telling.addAside(overBudget(certificate, error))
  }
  return { paths, noPath: paths.length > 0 ? null : explain(certificate, telling), cutShort }
}

function timelessFindings(path: Path, edges: EdgeChecks): readonly Finding[] {
  const own = ownFindingsOf(path)
  if (own.some(weighs)) return own
  const findings = [...own, ...purposeFindings(path, []), ...policyFindings(path, {})]
  return findings.some(weighs) ? findings : [...findings, ...signatureFindings(path, edges)]
}

function foundPath(path: Path, findings: readonly Finding[]): FoundPath {
  const [endEntity] = path
  return {
    certificates: path,
    fingerprints: path.map(({ encoded }) => fingerprintOf(encoded)),
    checks: endEntity ? reportOf(findings, TIMELESS, endEntity) : [],
  }
}

function explain(certificate: Certificate, telling: MostTelling): FoundPaths['noPath'] {
  const { findings } = mostTold(telling, certificate)
  const { check, detail } = findings.find(weighs) ?? issuerUnknown(certificate)
  return { code: check, detail, checks: reportOf(findings, [], certificate) }
}
