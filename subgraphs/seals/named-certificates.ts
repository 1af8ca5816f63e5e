import type { SealDescription } from '../../model/facts.ts'
import { certificateOrNull } from '../../pki/ses/readable-certificate.ts'
import { type AuthorityKey, issuerKeyOf } from '../../pki/x509/authority-key.ts'
import { fingerprintOf } from '../../pki/x509/certificate.ts'

/** A certificate as a seal names it: what it hangs on is found by these. */
export interface NamedCertificate {
  readonly role: 'MAKER' | 'SIGNER'
  /** Lower-case hex SHA-256 of the certificate, or the digest that a list of digests gives of it. */
  readonly digest: string
  /** Whom it names as its issuer; null where nothing but the digest is known. */
  readonly issuer: AuthorityKey | null
}

/**
 * The maker's certificate and every listed signer's, the maker's first. Of a list of digests (GB/T 38540-2020 6.1, certListType 2)
 * and of a listed certificate that cannot be read only the digest is known.
 * @param certificates DER of those the seal carries, in any order.
 */
export function namedCertificates(
  { makerCertificate, signerCertificates }: Pick<SealDescription, 'makerCertificate' | 'signerCertificates'>,
  certificates: readonly Uint8Array[],
): readonly NamedCertificate[] {
  const issuers = new Map(certificates.map((der) => [fingerprintOf(der), issuerIn(der)]))
  const issuer = (digest: string) => issuers.get(digest) ?? null
  return [
    { role: 'MAKER', digest: makerCertificate, issuer: issuer(makerCertificate) },
    ...[...new Set(signerCertificates)].map((digest) => ({ role: 'SIGNER' as const, digest, issuer: issuer(digest) })),
  ]
}

function issuerIn(der: Uint8Array): AuthorityKey | null {
  const certificate = certificateOrNull(der)
  return certificate && issuerKeyOf(certificate)
}
