import type { RevocationEvidence } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import type { Certificate } from '../../../pki/x509/certificate.ts'
import type { CertificateReader, CrlWord } from '../store/certificate-store.ts'
import { crlSeriesOf } from './crl-series.ts'

/**
 * What the complete CRLs of an issuer say of a certificate, oldest first, as far as recorded by `knownAt`.
 * Only CRLs under the issuer's name and key count; bounded as the store promises for `words`.
 * @param issuer the certificate whose key verifies `certificate`.
 */
export async function crlEvidence(
  certificate: Certificate,
  issuer: Certificate,
  knownAt: Instant,
  store: Pick<CertificateReader, 'words'>,
): Promise<readonly RevocationEvidence[]> {
  const words = await store.words({
    series: crlSeriesOf(certificate.issuer, issuer.spki),
    serialNumber: certificate.serialNumber,
    notAfter: certificate.validity.notAfter,
    knownAt,
  })
  return words.map(evidenceOf)
}

function evidenceOf({ crl, entry }: CrlWord): RevocationEvidence {
  const { issuer, digest, thisUpdate, nextUpdate, recordedAt } = crl
  return { kind: 'CRL', source: issuer, digest, thisUpdate, nextUpdate, recordedAt, entry }
}
