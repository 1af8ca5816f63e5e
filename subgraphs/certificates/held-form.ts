import { subjectKeyOf } from '../../pki/x509/subject-key.ts'
import type { DecodedCertificate } from './decoded-certificate.ts'
import { isAuthority } from './issuer-pool.ts'
import { keyHashOf } from './key-hash.ts'
import type { HeldCertificate } from './store/certificate-store.ts'

/** A certificate as the store holds it, with everything it is found by. */
export function heldForm(decoded: DecodedCertificate): HeldCertificate {
  const { fingerprint, sm3, der, certificate } = decoded
  return {
    fingerprint,
    sm3,
    der,
    subjectKey: subjectKeyOf(certificate.subject),
    notAfter: certificate.validity.notAfter,
    ...derivedColumns(decoded),
  }
}

/** What a certificate is found by that an older version of the store did not keep. */
export function derivedColumns(decoded: DecodedCertificate): Pick<HeldCertificate, 'keyHash' | 'authorityIssuer'> {
  const { certificate } = decoded
  return {
    keyHash: keyHashOf(certificate.spki),
    authorityIssuer: isAuthority(decoded) ? subjectKeyOf(certificate.issuer) : '',
  }
}
