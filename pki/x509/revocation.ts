import { PkiError } from '../error.ts'
import type { Certificate } from './certificate.ts'
import type { CertificateRevocationList } from './crl.ts'
import { scopeOf } from './crl-scope.ts'
import { type CrlStatus, statusByCrls, type UsableCrl } from './crl-status.ts'
import type { CrlFault } from './crl-verification.ts'
import { nameKey } from './name-matching.ts'
import { ownFindings } from './own-checks.ts'
import { type ValidityModel, validityFindings } from './path-checks.ts'
import type { PathContext } from './path-context.ts'
import { type Path, searchPaths } from './path-search.ts'
import { signatureFindings } from './path-validation.ts'
import { type Finding, failed, note, unknown, weighs } from './verdict.ts'

export interface RevocationRules {
  readonly mode: 'required' | 'optional'
  readonly at: number
  readonly model: ValidityModel
}

/** RFC 5280 §6.3: whether any certificate below the anchor was revoked, as far as the CRLs at hand tell. */
export function revocationFindings(path: Path, rules: RevocationRules, context: PathContext): readonly Finding[] {
  return findingsOf(path, rules, context, new Set())
}

/** @param asking the CRL issuers whose own standing is just being found out: none of them vouches for itself. */
function findingsOf(
  path: Path,
  rules: RevocationRules,
  context: PathContext,
  asking: ReadonlySet<Certificate>,
): readonly Finding[] {
  return path.slice(0, -1).flatMap((certificate, i) => {
    const answer = statusOf(certificate, path.slice(i + 1), rules, context, asking)
    const { zh, en } = answer.detail
    if (answer.status === 'GOOD') return []
    if (answer.status === 'REVOKED') return [failed('PATH_REVOCATION', certificate, zh, en)]
    return [(rules.mode === 'optional' && !answer.doubtful ? note : unknown)('PATH_REVOCATION', certificate, zh, en)]
  })
}

/** The CRLs whose scope holds the certificate, each signed by an issuer that may, weighed together. */
function statusOf(
  certificate: Certificate,
  above: Path,
  rules: RevocationRules,
  context: PathContext,
  asking: ReadonlySet<Certificate>,
): CrlStatus {
  const usable: UsableCrl[] = []
  const faults: CrlFault[] = context.crls.hasUnreadable ? [MALFORMED] : []
  for (const crl of context.crls.all) {
    const reasons = readableScope(crl, certificate)
    if (reasons?.size === 0) continue
    const fault = reasons === null ? MALFORMED : signerFault(crl, above, rules, context, asking)
    if (reasons && fault === null) usable.push({ crl, reasons })
    else if (fault) faults.push(fault)
  }
  return statusByCrls(certificate, usable, rules.at, faults)
}

const MALFORMED: CrlFault = { code: 'MALFORMED', detail: { zh: 'CRL 无法解读', en: 'a CRL cannot be read' } }
const NO_SIGNER: CrlFault = {
  code: 'ISSUER_NAME',
  detail: { zh: '未持有可信的 CRL 签发者证书', en: 'no trusted certificate of the CRL issuer is held' },
}

/** Null when a CRL cannot be read; whether it is about this certificate is then not known. */
function readableScope(crl: CertificateRevocationList, certificate: Certificate): ReturnType<typeof scopeOf> | null {
  try {
    return scopeOf(crl, certificate)
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}

/**
 * RFC 5280 §6.3.3 f–g: signed by an issuer on the path, or by another certificate of that name with a path of its own to the
 * same anchor. Null when it holds; otherwise the fault under the likeliest signer.
 */
function signerFault(
  crl: CertificateRevocationList,
  above: Path,
  rules: RevocationRules,
  context: PathContext,
  asking: ReadonlySet<Certificate>,
): CrlFault | null {
  const name = nameKey(crl.issuer)
  const onPath = above.filter(({ subject }) => nameKey(subject) === name)
  const others = context.pool.ofSubject(name).map(({ certificate }) => certificate)
  let first: CrlFault | null = null
  for (const signer of new Set([...onPath, ...others])) {
    const fault = context.crls.faultUnder(crl, signer, context.spending)
    if (fault === null && (onPath.includes(signer) || maySpeak(signer, above, rules, context, asking))) return null
    first ??= fault
  }
  return first ?? NO_SIGNER
}

/** Whether a CRL issuer beside the path is itself valid, under the same anchor, and not revoked. */
function maySpeak(
  signer: Certificate,
  above: Path,
  rules: RevocationRules,
  context: PathContext,
  asking: ReadonlySet<Certificate>,
): boolean {
  const anchor = above.at(-1)
  if (asking.has(signer) || asking.size >= MAXIMUM_NESTING || anchor === undefined) return false
  if (ownFindings(signer, 'endEntity').some(weighs)) return false
  const nested = new Set([...asking, signer])
  return searchPaths(signer, {
    ...context,
    issuerFindings: (issuer, below) => validityFindings(issuer, below.at(-1) ?? null, rules.at, rules.model),
    onPath: (path) =>
      path.at(-1) === anchor &&
      validityFindings(signer, null, rules.at, rules.model).length === 0 &&
      signatureFindings(path, context.edges).length === 0 &&
      !findingsOf(path, rules, context, nested).some(weighs),
    onDeadEnd: () => {},
  })
}

const MAXIMUM_NESTING = 2
