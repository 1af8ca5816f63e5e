import { PkiError } from '../error.ts'
import { type Certificate, decodeCertificate } from '../x509/certificate.ts'
import type { SignerIdentifier } from './signed-data.ts'

/**
 * The certificates a signer may mean: issuer by its bytes and serial number, or the subject key identifier. An embedded certificate that
 * cannot be read is nobody's. Several may fit, since anyone can embed anything: whose key the signature holds under decides.
 */
export function candidateCertificates(identifier: SignerIdentifier, certificates: readonly Uint8Array[]): readonly Certificate[] {
  return certificates.flatMap((der) => namedCertificate(identifier, der) ?? [])
}

function namedCertificate(identifier: SignerIdentifier, der: Uint8Array): Certificate | null {
  try {
    const certificate = decodeCertificate(der)
    return isNamed(identifier, certificate) ? certificate : null
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}

function isNamed(identifier: SignerIdentifier, certificate: Certificate): boolean {
  if ('subjectKeyIdentifier' in identifier) {
    const held = certificate.extensions.subjectKeyIdentifier
    return held !== null && Buffer.compare(held, identifier.subjectKeyIdentifier) === 0
  }
  const sameIssuer = Buffer.compare(certificate.issuer.encoded, identifier.issuer) === 0
  return sameIssuer && certificate.serialNumber === identifier.serialNumber
}
