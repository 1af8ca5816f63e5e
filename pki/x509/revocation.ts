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
import { signatureFindings } from './path-findings.ts'
import { type Path, searchPaths } from './path-search.ts'
import { type Finding, failed, note, unknown, weighs } from './verdict.ts'

export interface RevocationRules {
  readonly mode: 'required' | 'optional'
  readonly at: number
  readonly model: ValidityModel
}

interface Inquiry {
  readonly rules: RevocationRules
  readonly context: PathContext
  /** CRL issuers whose own standing is just being found out: none of them vouches for itself. */
  readonly asking: ReadonlySet<Certificate>
}

const MAXIMUM_NESTING = 2

/** RFC 5280 §6.3: whether any certificate below the anchor was revoked, as far as the CRLs at hand tell. @throws PkiError BUDGET */
export function revocationFindings(path: Path, rules: RevocationRules, context: PathContext): readonly Finding[] {
  return findingsOf(path, { rules, context, asking: new Set() })
}

function findingsOf(path: Path, inquiry: Inquiry): readonly Finding[] {
  return path.slice(0, -1).flatMap((certificate, i) => {
    const answer = statusOf(certificate, path.slice(i + 1), inquiry)
    const { zh, en } = answer.detail
    if (answer.status === 'GOOD') return []
    if (answer.status === 'REVOKED') return [failed('PATH_REVOCATION', certificate, zh, en)]
    const tell = inquiry.rules.mode === 'optional' && !answer.doubtful ? note : unknown
    return [tell('PATH_REVOCATION', certificate, zh, en)]
  })
}

/** The CRLs whose scope holds the certificate, each signed by an issuer that may, weighed together. */
function statusOf(certificate: Certificate, above: Path, inquiry: Inquiry): CrlStatus {
  const { crls } = inquiry.context
  const words = crls.all.map((crl) => wordOf(crl, certificate, above, inquiry)).filter((word) => word !== null)
  const usable = words.filter((word) => 'crl' in word)
  const faults = words.filter((word) => 'code' in word)
  return statusByCrls(usable, inquiry.rules.at, crls.hasUnreadable ? [...faults, MALFORMED] : faults)
}

const MALFORMED: CrlFault = { code: 'MALFORMED', detail: { zh: 'CRL 无法解读', en: 'a CRL cannot be read' } }
const NO_SIGNER: CrlFault = {
  code: 'ISSUER_NAME',
  detail: { zh: '未持有可信的 CRL 签发者证书', en: 'no trusted certificate of the CRL issuer is held' },
}

/** What one CRL says of a certificate, or why it cannot be used; null when it does not speak of it. */
function wordOf(
  crl: CertificateRevocationList,
  certificate: Certificate,
  above: Path,
  inquiry: Inquiry,
): UsableCrl | CrlFault | null {
  try {
    const reasons = scopeOf(crl, certificate)
    if (reasons.size === 0) return null
    const fault = signerFault(crl, above, inquiry)
    return fault ?? { crl, reasons, entry: crl.entries.find(certificate.serialNumber, certificate.issuer) }
  } catch (error) {
    if (error instanceof PkiError && error.code !== 'BUDGET') return MALFORMED
    throw error
  }
}

/**
 * RFC 5280 §6.3.3 f–g: signed by an issuer on the path, or by another certificate of that name with a path of its own to the
 * same anchor. Null when it holds; otherwise the fault under the likeliest signer.
 */
function signerFault(crl: CertificateRevocationList, above: Path, inquiry: Inquiry): CrlFault | null {
  const { crls, pool, spending } = inquiry.context
  const name = nameKey(crl.issuer)
  const onPath = above.filter(({ subject }) => nameKey(subject) === name)
  const others = pool.ofSubject(name).map(({ certificate }) => certificate)
  let first: CrlFault | null = null
  for (const signer of new Set([...onPath, ...others])) {
    const fault = crls.faultUnder(crl, signer, spending)
    if (fault === null && (onPath.includes(signer) || maySpeak(signer, above, inquiry))) return null
    first ??= fault
  }
  return first ?? NO_SIGNER
}

/** Whether a CRL issuer beside the path is itself valid, under the same anchor, and not revoked. */
function maySpeak(signer: Certificate, above: Path, { rules, context, asking }: Inquiry): boolean {
  const anchor = above.at(-1)
  if (asking.has(signer) || asking.size >= MAXIMUM_NESTING || anchor === undefined) return false
  if (ownFindings(signer, 'endEntity').some(weighs) || validityFindings(signer, null, rules.at, rules.model).length > 0)
    return false
  const inquiry: Inquiry = { rules, context, asking: new Set([...asking, signer]) }
  return searchPaths(signer, {
    ...context,
    issuerFindings: (issuer, below) => validityFindings(issuer, below.at(-1) ?? null, rules.at, rules.model),
    onPath: (path) =>
      path.at(-1) === anchor && signatureFindings(path, context.edges).length === 0 && !findingsOf(path, inquiry).some(weighs),
    onDeadEnd: () => {},
  })
}
