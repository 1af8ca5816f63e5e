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
import { nameKey, namesEqual } from './name-matching.ts'

/** What the scope of a CRL stands in; its entries play no part. */
export type ScopedCrl = Pick<CertificateRevocationList, 'issuer' | 'extensions'>

/**
 * For which reasons a CRL speaks of a certificate, by RFC 5280 §6.3.3 b and d: the distribution points of the certificate
 * against the issuing distribution point of the CRL. Empty when the certificate is outside its scope. Whether the CRL is
 * complete or a delta, current, or signed by whom, is not judged here.
 * @throws PkiError DER, STRUCTURE for a malformed extension
 */
export function scopeOf(crl: ScopedCrl, certificate: Certificate): ReadonlySet<ReasonFlag> {
  const issuing = crl.extensions.issuingDistributionPoint
  if (issuing && !covers(issuing, certificate)) return new Set()
  const points = [...(certificate.extensions.crlDistributionPoints ?? []), implicitPoint(certificate)]
  const matching = points.filter((point) => isIssuer(point, crl, certificate) && isAt(point, crl, certificate))
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
function isIssuer(point: DistributionPoint, crl: ScopedCrl, certificate: Certificate): boolean {
  if (point.crlIssuer === null) return namesEqual(crl.issuer, certificate.issuer)
  const indirect = crl.extensions.issuingDistributionPoint?.indirectCrl ?? false
  return indirect && directoryNames(point.crlIssuer).some((name) => namesEqual(name, crl.issuer))
}

/** RFC 5280 §6.3.3 b 2 i: one name in common, where the CRL names its distribution point at all. */
function isAt(point: DistributionPoint, crl: ScopedCrl, certificate: Certificate): boolean {
  const issuing = crl.extensions.issuingDistributionPoint
  if (!issuing?.name) return true
  const [pointIssuer = certificate.issuer] = directoryNames(point.crlIssuer ?? [])
  const ofPoint = point.name ? fullNames(point.name, pointIssuer) : (point.crlIssuer ?? [])
  return fullNames(issuing.name, crl.issuer).some((name) => ofPoint.some((other) => sameGeneralName(name, other)))
}

/** A name relative to its issuer is that issuer's name with one relative name more (RFC 5280 4.2.1.13). */
export function fullNames(name: DistributionPointName, issuer: Name): readonly GeneralName[] {
  if ('fullName' in name) return name.fullName
  const relativeNames = [...issuer.relativeNames, name.nameRelativeToCrlIssuer]
  return [{ kind: 'directoryName', name: { encoded: new Uint8Array(), relativeNames } }]
}

function sameGeneralName(a: GeneralName, b: GeneralName): boolean {
  if (a.kind === 'directoryName' && b.kind === 'directoryName') return nameKey(a.name) === nameKey(b.name)
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
