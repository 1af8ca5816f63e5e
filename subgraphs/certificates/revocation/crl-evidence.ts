import { isListing, type RevocationEvidence } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import type { Certificate } from '../../../pki/x509/certificate.ts'
import { CrlExtensions } from '../../../pki/x509/crl-extensions.ts'
import { scopeOf } from '../../../pki/x509/crl-scope.ts'
import { EXTENSION } from '../../../pki/x509/extension.ts'
import { ALL_REASONS } from '../../../pki/x509/extension-distribution.ts'
import type { CertificateReader, CrlSeries, CrlWord } from '../store/certificate-store.ts'
import { crlAuthorityOf } from './crl-series.ts'

/**
 * What the CRLs of an issuer say of a certificate, oldest first in each series, as far as recorded by `knownAt`.
 * Only CRLs under the issuer's name and key count, and only those whose scope holds the certificate. A series limited to some
 * reasons can revoke, but clears nothing. Bounded as the store promises for `words`, for each series.
 * @param issuer the certificate whose key verifies `certificate`.
 */
export async function crlEvidence(
  certificate: Certificate,
  issuer: Certificate,
  knownAt: Instant,
  store: Pick<CertificateReader, 'words' | 'seriesOf'>,
): Promise<readonly RevocationEvidence[]> {
  const all = await store.seriesOf(crlAuthorityOf(certificate.issuer, issuer.spki))
  const evidence = await Promise.all(all.map((series) => evidenceOfSeries(series, certificate, knownAt, store)))
  return evidence.flat()
}

async function evidenceOfSeries(
  { series, scope }: CrlSeries,
  certificate: Certificate,
  knownAt: Instant,
  store: Pick<CertificateReader, 'words'>,
): Promise<readonly RevocationEvidence[]> {
  const reasons = scope === null ? ALL_REASONS.length : reasonsCovered(scope, certificate)
  if (reasons === 0) return []
  const { serialNumber, validity } = certificate
  const words = await store.words({ series, serialNumber, notAfter: validity.notAfter, knownAt })
  const evidence = words.map((word) => evidenceOf(word, scope === null ? '' : ` #${series.slice(0, 8)}`))
  return reasons === ALL_REASONS.length ? evidence : evidence.filter(isListing)
}

/** How many of the reasons a limited CRL covers for the certificate; 0 when it is outside the scope (RFC 5280 §6.3.3 b, d). */
function reasonsCovered(scope: Uint8Array, certificate: Certificate): number {
  const point = { oid: EXTENSION.issuingDistributionPoint, critical: true, value: scope }
  const extensions = new CrlExtensions(new Map([[point.oid, point]]))
  return scopeOf({ issuer: certificate.issuer, extensions }, certificate).size
}

/** Two series of one issuer are two sources: the newest of the one does not replace the newest of the other. */
function evidenceOf({ crl, entry }: CrlWord, suffix: string): RevocationEvidence {
  const { issuer, digest, thisUpdate, nextUpdate, recordedAt } = crl
  return { kind: 'CRL', source: `${issuer}${suffix}`, digest, thisUpdate, nextUpdate, recordedAt, entry }
}
