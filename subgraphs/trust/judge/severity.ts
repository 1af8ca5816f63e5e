import type { SubIndication } from '../../../model/indication.ts'
import { type Finding, weightOf } from './finding.ts'

/**
 * Which sub-indication is told when several apply, the most telling first. Failures outrank doubts (ETSI EN 319 102-1 §5.1.3):
 * first what is wrong with the bytes, then what ended them. Doubts stand in the order of the standard's building blocks: who
 * signed, by which path and how that stands, what was signed, whether it keeps to what is accepted here, when it was signed;
 * last what another hour can mend.
 */
export const SEVERITY: readonly SubIndication[] = [
  'FORMAT_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'HASH_FAILURE',
  'REVOKED',
  'NOT_YET_VALID',
  'EXPIRED',
  'NO_SIGNING_CERTIFICATE_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'NO_CERTIFICATE_CHAIN_FOUND_NO_POE',
  'CHAIN_CONSTRAINTS_FAILURE',
  'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'REVOKED_NO_POE',
  'REVOKED_CA_NO_POE',
  'OUT_OF_BOUNDS_NO_POE',
  'OUT_OF_BOUNDS_NOT_REVOKED',
  'REVOCATION_OUT_OF_BOUNDS_NO_POE',
  'SIGNED_DATA_NOT_FOUND',
  'CRYPTO_CONSTRAINTS_FAILURE',
  'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  'SIG_CONSTRAINTS_FAILURE',
  'TIMESTAMP_ORDER_FAILURE',
  'NO_POE',
  'POLICY_PROCESSING_ERROR',
  'SIGNATURE_POLICY_NOT_AVAILABLE',
  'TRY_LATER',
]

const POSITION: ReadonlyMap<SubIndication, number> = new Map(SEVERITY.map((sub, i) => [sub, i]))

/** Position in `SEVERITY`: 0 is the worst; `SEVERITY.length` when nothing stands in the way. */
export function severityOf(finding: Finding): number {
  const weight = weightOf(finding)
  return weight === null ? SEVERITY.length : (POSITION.get(weight) ?? 0)
}

/** The finding that decides: the first of the worst; null when nothing stands in the way. */
export function decisive(findings: readonly Finding[]): Finding | null {
  let worst: Finding | null = null
  let severity = SEVERITY.length
  for (const finding of findings) {
    const own = severityOf(finding)
    if (own >= severity) continue
    worst = finding
    severity = own
  }
  return worst
}

/** Orders alternatives, the best first: the least severe worst finding, then fewer that fail, that are unknown, that are notes. */
export function compareStanding(a: readonly Finding[], b: readonly Finding[]): number {
  const worst = (findings: readonly Finding[]) => Math.min(SEVERITY.length, ...findings.map(severityOf))
  const count = (findings: readonly Finding[], outcome: Finding['outcome']) =>
    findings.filter((finding) => finding.outcome === outcome).length
  return (
    worst(b) - worst(a) ||
    count(a, 'FAILED') - count(b, 'FAILED') ||
    count(a, 'UNKNOWN') - count(b, 'UNKNOWN') ||
    count(a, 'NOTE') - count(b, 'NOTE')
  )
}
