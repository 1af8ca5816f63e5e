import type { Certificate } from './certificate.ts'
import type { CertificateRevocationList } from './crl.ts'
import {
  ALL_REASONS,
  type DistributionPoint,
  type DistributionPointName,
  type IssuingDistributionPoint,
  type ReasonFlag,
} from './extension-distribution.ts'
import type { GeneralName } from './general-name.ts'
import type { Name } from './name.ts'
import { namesEqual } from './name-matching.ts'

/**
 * For which reasons a CRL speaks of a certificate, by RFC 5280 §6.3.3 b and d: the distribution points of the certificate
 * against the issuing distribution point of the CRL. Empty when the certificate is outside its scope. Whether the CRL is
 * complete or a delta, current, or signed by whom, is not judged here.
 * @throws PkiError DER, STRUCTURE for a malformed extension
 */
export function scopeOf(crl: CertificateRevocationList, certificate: Certificate): ReadonlySet<ReasonFlag> {
  const issuing = crl.extensions.issuingDistributionPoint
  if (issuing && !covers(issuing, certificate)) return new Set()
  const points = [...(certificate.extensions.crlDistributionPoints ?? []), implicitPoint(certificate)]
  const matching = points.filter((point) => isIssuer(point, crl, certificate) && isAt(point, issuing))
  return new Set(matching.flatMap((point) => reasonsOf(point, issuing)))
}

/** The kind of certificate the CRL is limited to; attribute certificates are none of ours. */
function covers(issuing: IssuingDistributionPoint, certificate: Certificate): boolean {
  if (issuing.onlyContainsAttributeCerts) return false
  const isCa = certificate.extensions.basicConstraints?.ca ?? false
  return isCa ? !issuing.onlyContainsUserCerts : !issuing.onlyContainsCaCerts
}

/** RFC 5280 §6.3.3, last paragraph: any CRL of the certificate's issuer, as if a point named after it stood in the certificate. */
function implicitPoint(certificate: Certificate): DistributionPoint {
  return { name: { fullName: [{ kind: 'directoryName', name: certificate.issuer }] }, reasons: null, crlIssuer: null }
}

/** RFC 5280 §6.3.3 b 1: another issuer only where the point names it and the CRL says it is indirect. */
function isIssuer(point: DistributionPoint, crl: CertificateRevocationList, certificate: Certificate): boolean {
  if (point.crlIssuer === null) return namesEqual(crl.issuer, certificate.issuer)
  const indirect = crl.extensions.issuingDistributionPoint?.indirectCrl ?? false
  return indirect && directoryNames(point.crlIssuer).some((name) => namesEqual(name, crl.issuer))
}

/** RFC 5280 §6.3.3 b 2 i: one name in common, where the CRL names its distribution point at all. */
function isAt(point: DistributionPoint, issuing: IssuingDistributionPoint | null): boolean {
  return !issuing?.name || shareName(issuing.name, point.name ?? { fullName: point.crlIssuer ?? [] })
}

/** Names relative to the CRL issuer are the same when their bytes are; a full name is never compared with a relative one. */
function shareName(a: DistributionPointName, b: DistributionPointName): boolean {
  if ('nameRelativeToCrlIssuer' in a || 'nameRelativeToCrlIssuer' in b) {
    if (!('nameRelativeToCrlIssuer' in a && 'nameRelativeToCrlIssuer' in b)) return false
    return Buffer.compare(a.nameRelativeToCrlIssuer, b.nameRelativeToCrlIssuer) === 0
  }
  return a.fullName.some((name) => b.fullName.some((other) => sameGeneralName(name, other)))
}

function sameGeneralName(a: GeneralName, b: GeneralName): boolean {
  if (a.kind === 'directoryName' && b.kind === 'directoryName') return namesEqual(a.name, b.name)
  return 'text' in a && 'text' in b && a.kind === b.kind && a.text === b.text
}

function directoryNames(names: readonly GeneralName[]): readonly Name[] {
  return names.flatMap((name) => (name.kind === 'directoryName' ? [name.name] : []))
}

/** RFC 5280 §6.3.3 d: the interim reasons mask. */
function reasonsOf(point: DistributionPoint, issuing: IssuingDistributionPoint | null): readonly ReasonFlag[] {
  const ofPoint = point.reasons ?? ALL_REASONS
  const ofCrl = new Set(issuing?.onlySomeReasons ?? ALL_REASONS)
  return ofPoint.filter((reason) => ofCrl.has(reason))
}
