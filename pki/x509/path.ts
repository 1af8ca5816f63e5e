import { PkiError } from '../error.ts'
import { type Certificate, decodeCertificate } from './certificate.ts'
import type { CertificateRevocationList } from './crl.ts'
import { CrlPool } from './crl-pool.ts'
import type { KeyUsage, NameConstraints } from './extension-constraints.ts'
import { ownFindings } from './own-checks.ts'
import { type PathBudget, Spending } from './path-budget.ts'
import type { ValidityModel } from './path-checks.ts'
import { evaluatePath, type PathRules, standingFindings } from './path-evaluation.ts'
import { type CertificateInput, PathPool } from './path-pool.ts'
import { type Attempt, isReadable, MostTelling, mostTold, overBudget, reportOf } from './path-report.ts'
import { searchPaths } from './path-search.ts'
import type { PeerName } from './peer-names.ts'
import type { PolicyInputs } from './policy-graph.ts'
import { purposeOid } from './purposes.ts'
import { type PathCheck, weighs } from './verdict.ts'
import { EdgeChecks, type VerifiedEdges } from './verified-edges.ts'

/** The question: is this certificate, at this time, under one of these anchors, for this use, and not revoked? */
export interface PathQuestion {
  /** DER, or a certificate already read; so are the others. */
  readonly endEntity: CertificateInput
  /** In any order; what cannot be read or does not fit is passed over. */
  readonly intermediates?: readonly CertificateInput[]
  /** Trusted as they are, their own constraints and validity honoured. */
  readonly anchors: readonly CertificateInput[]
  /** The moment asked about, UTC milliseconds. */
  readonly at: number
  /** `shell` (default): every certificate valid at `at`. `chain`: the end entity at `at`, each issuer when it issued. */
  readonly model?: ValidityModel
  /** DER, or already read: complete, delta and indirect, in any order. */
  readonly crls?: readonly (Uint8Array | CertificateRevocationList)[]
  /**
   * `required` (default): every certificate below the anchor must be shown not to be revoked. `optional`: a certificate nothing is
   * said about passes with a note; what is handed in and cannot be used is still a doubt. `off`: not looked at.
   */
  readonly revocation?: 'required' | 'optional' | 'off'
  /** All of them, where the end entity limits its key usage at all. */
  readonly requiredKeyUsage?: readonly KeyUsage[]
  /** All of them, as dotted OIDs or names such as `timeStamping`, allowed by every certificate of the path that limits purposes. */
  readonly requiredEku?: readonly string[]
  /** All of them, among the subject's alternative names. */
  readonly peerNames?: readonly PeerName[]
  /** RFC 5280 §6.1.1 c–g. */
  readonly policies?: PolicyInputs
  /** RFC 5280 §6.1.1 h–i: subtrees for every certificate of the path. */
  readonly nameConstraints?: NameConstraints
  readonly budget?: Partial<PathBudget>
  /** Signatures seen to hold before, and where new ones are kept. */
  readonly edges?: VerifiedEdges
}

/** VALID: every check done and passed. INVALID: one failed. INDETERMINATE: none failed, but one could not be done. */
export type PathOutcome = 'VALID' | 'INVALID' | 'INDETERMINATE'

export interface PathAnswer {
  readonly outcome: PathOutcome
  /** From the end entity to the anchor; when there is no valid path, the way that came furthest, perhaps without an anchor. */
  readonly path: readonly Certificate[]
  /** Every check done on that path; the one that failed last in the order of the checks tells most. */
  readonly checks: readonly PathCheck[]
  /** What the search cost. */
  readonly spent: Spending['spent']
}

/**
 * Validates a certification path, RFC 5280 §6 with RFC 9618, GB/T 20518: searches every way to an anchor within its budget,
 * checks all that can be checked, signatures last and revocation after them, and takes the first path on which everything holds.
 * Pure: no clock, no input or output. Bad certificates, CRLs and keys give an answer, never an exception.
 */
export function validatePath(question: PathQuestion): PathAnswer {
  const spending = new Spending(question.budget)
  const endEntity = readOrRefuse(question.endEntity)
  if ('check' in endEntity) return { outcome: 'INVALID', path: [], checks: [endEntity], spent: spending.spent }
  const telling = new MostTelling()
  const valid = isReadable(endEntity) ? searchWithin(endEntity, question, spending, telling) : null
  const told = valid ?? mostTold(telling, endEntity)
  const checks = reportOf(told.findings, told.done, endEntity)
  return { outcome: outcomeOf(told.findings), path: told.path, checks, spent: spending.spent }
}

function searchWithin(endEntity: Certificate, question: PathQuestion, spending: Spending, telling: MostTelling): Attempt | null {
  try {
    return search(endEntity, question, spending, telling)
  } catch (error) {
    if (!(error instanceof PkiError) || error.code !== 'BUDGET') throw error
    telling.addAside(overBudget(endEntity, error))
    return null
  }
}

function search(endEntity: Certificate, question: PathQuestion, spending: Spending, telling: MostTelling): Attempt | null {
  const edges = new EdgeChecks(spending, question.edges ?? null)
  const pool = new PathPool(question.anchors, question.intermediates ?? [], spending)
  const rules = rulesOf(question)
  const crls = new CrlPool(question.crls ?? [])
  const hopeless = ownFindings(endEntity, 'endEntity').some(weighs)
  let valid: Attempt | null = null
  searchPaths(endEntity, {
    pool,
    spending,
    edges,
    issuerFindings: (issuer, below) => standingFindings(issuer, below, rules),
    onPath: (path) => {
      const attempt = evaluatePath(path, rules, { pool, spending, edges, crls })
      const holds = !attempt.findings.some(weighs)
      if (holds) valid = attempt
      else telling.offer(attempt)
      return holds || hopeless // an end entity with a fault of its own has one on every path
    },
    onDeadEnd: (path, findings) => telling.offer({ path, done: [], findings }),
  })
  return valid
}

function rulesOf(question: PathQuestion): PathRules {
  return {
    at: question.at,
    model: question.model ?? 'shell',
    revocation: question.revocation ?? 'required',
    requiredKeyUsage: question.requiredKeyUsage ?? [],
    requiredPurposes: (question.requiredEku ?? []).map(purposeOid),
    peerNames: question.peerNames ?? [],
    policies: question.policies ?? {},
    nameConstraints: question.nameConstraints ?? null,
  }
}

function readOrRefuse(input: CertificateInput): Certificate | PathCheck {
  if (!(input instanceof Uint8Array)) return input
  try {
    return decodeCertificate(input)
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    const detail = { zh: `无法解读：${error.message}`, en: error.message }
    return { check: 'PATH_FORMAT', object: 'end entity', outcome: 'FAILED', detail }
  }
}

function outcomeOf(findings: Attempt['findings']): PathOutcome {
  if (findings.some(({ outcome }) => outcome === 'FAILED')) return 'INVALID'
  return findings.some(weighs) ? 'INDETERMINATE' : 'VALID'
}
