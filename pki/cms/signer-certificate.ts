import { PkiError } from '../error.ts'
import { type Certificate, decodeCertificate } from '../x509/certificate.ts'
import type { SignerIdentifier } from './signed-data.ts'

/**
 * The certificates a signer may mean: issuer by its bytes and serial number, or the subject key identifier. An embedded certificate that
 * cannot be read is nobody's. Several may fit, since anyone can embed anything: whose key the signature holds under decides. Where none
 * fits, the serial number alone names them: signing systems write the issuer's strings in other types than the certificate has.
 */
export function candidateCertificates(identifier: SignerIdentifier, certificates: readonly Uint8Array[]): readonly Certificate[] {
  const readable = certificates.flatMap((der) => decodedOrNone(der))
  const named = readable.filter((certificate) => isNamed(identifier, certificate))
  return named.length > 0 ? named : readable.filter((certificate) => hasSerialNumber(identifier, certificate))
}

function decodedOrNone(der: Uint8Array): readonly Certificate[] {
  try {
    return [decodeCertificate(der)]
  } catch (error) {
    if (error instanceof PkiError) return []
    throw error
  }
}

/** Whether a certificate is the one named, by issuer and serial number or by its key identifier. */
export function isNamed(identifier: SignerIdentifier, certificate: Certificate): boolean {
  if ('subjectKeyIdentifier' in identifier) {
    const held = certificate.extensions.subjectKeyIdentifier
    return held !== null && Buffer.compare(held, identifier.subjectKeyIdentifier) === 0
  }
  return Buffer.compare(certificate.issuer.encoded, identifier.issuer) === 0 && hasSerialNumber(identifier, certificate)
}

function hasSerialNumber(identifier: SignerIdentifier, { serialNumber }: Certificate): boolean {
  return 'serialNumber' in identifier && identifier.serialNumber === serialNumber
}
