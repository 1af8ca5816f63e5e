import { isListing, type RevocationEvidence } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import type { Certificate } from '../../../pki/x509/certificate.ts'
import { CrlExtensions } from '../../../pki/x509/crl-extensions.ts'
import { scopeOf } from '../../../pki/x509/crl-scope.ts'
import { EXTENSION } from '../../../pki/x509/extension.ts'
import { ALL_REASONS } from '../../../pki/x509/extension-distribution.ts'
import type { Name } from '../../../pki/x509/name.ts'
import type { CertificateReader, CrlSeries, CrlWord } from '../store/certificate-store.ts'
import { certificateIssuerKey } from './crl-lines.ts'
import { pointsAbout } from './crl-points.ts'
import { crlAuthorityOf } from './crl-series.ts'

type CrlReader = Pick<CertificateReader, 'words' | 'seriesOf'>

/** Who signs CRLs: a name and a key. */
export interface CrlSigner {
  readonly subject: Name
  readonly spki: Uint8Array
}

/**
 * What the CRLs of a signer say of a certificate, oldest first in each series, as far as recorded by `knownAt`.
 * Only CRLs under the signer's name and key count, and only those whose scope holds the certificate; of a signer with another name
 * than the certificate's issuer only indirect ones do that the certificate itself refers to. A series limited to some reasons can
 * revoke, but clears nothing. Bounded as the store promises for `words`, for each series.
 * @param signer the certificate whose key verifies `certificate`, or one that may speak for it.
 */
export async function crlEvidence(
  certificate: Certificate,
  signer: CrlSigner,
  knownAt: Instant,
  store: CrlReader,
): Promise<readonly RevocationEvidence[]> {
  const all = await store.seriesOf(crlAuthorityOf(signer.subject, signer.spki), pointsAbout(certificate))
  const evidence = await Promise.all(all.map((series) => evidenceOfSeries(series, signer.subject, certificate, knownAt, store)))
  return evidence.flat()
}

async function evidenceOfSeries(
  { series, scope }: Pick<CrlSeries, 'series' | 'scope'>,
  crlIssuer: Name,
  certificate: Certificate,
  knownAt: Instant,
  store: CrlReader,
): Promise<readonly RevocationEvidence[]> {
  const reasons = reasonsCovered(scope, crlIssuer, certificate)
  if (reasons === 0) return []
  const { serialNumber, validity, issuer } = certificate
  const certificateIssuer = certificateIssuerKey(issuer, crlIssuer)
  const words = await store.words({ series, certificateIssuer, serialNumber, notAfter: validity.notAfter, knownAt })
  const evidence = words.map((word) => evidenceOf(word, scope === null ? '' : ` #${series.slice(0, 8)}`))
  return reasons === ALL_REASONS.length ? evidence : evidence.filter(isListing)
}

/** How many of the reasons a CRL covers for the certificate; 0 when it is outside the scope (RFC 5280 §6.3.3 b, d). */
function reasonsCovered(scope: Uint8Array | null, issuer: Name, certificate: Certificate): number {
  const point = scope && { oid: EXTENSION.issuingDistributionPoint, critical: true, value: scope }
  const extensions = new CrlExtensions(new Map(point ? [[point.oid, point]] : []))
  return scopeOf({ issuer, extensions }, certificate).size
}

/** Two series of one issuer are two sources: the newest of the one does not replace the newest of the other. */
function evidenceOf({ crl, entry }: CrlWord, suffix: string): RevocationEvidence {
  const { issuer, digest, thisUpdate, nextUpdate, recordedAt, brought } = crl
  const source = `${issuer}${suffix}`
  return { kind: 'CRL', source, digest, thisUpdate, nextUpdate, recordedAt, entry, ...(brought && { brought }) }
}
