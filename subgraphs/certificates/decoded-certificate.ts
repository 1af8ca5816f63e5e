import type { Span } from '../../model/time.ts'
import { BoundedCache } from '../../pki/bounded-cache.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import { type Certificate, decodeCertificate, fingerprintOf } from '../../pki/x509/certificate.ts'

/** A certificate read once. */
export interface DecodedCertificate {
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string
  /** Lower-case hex SM3 of the DER, the digest Chinese practice names a certificate by. */
  readonly sm3: string
  readonly der: Uint8Array
  readonly certificate: Certificate
}

const MAXIMUM_DECODED = 4096
const decoded = new BoundedCache<DecodedCertificate>(MAXIMUM_DECODED)

/**
 * Reads a certificate with all of its known extensions, or gives it as read before. What is kept has its own copy of the bytes.
 * @throws PkiError DER, STRUCTURE, TOO_DEEP, TOO_LARGE; a failure is not kept.
 */
export function decodedCertificate(der: Uint8Array): DecodedCertificate {
  const fingerprint = fingerprintOf(der)
  return decoded.get(fingerprint, () => {
    const bytes = Uint8Array.from(der)
    const certificate = decodeCertificate(bytes)
    certificate.extensions.readAll()
    return { fingerprint, sm3: sm3Hex(bytes), der: bytes, certificate }
  })
}

/** When a certificate is valid by its own word. */
export function spanOf({ certificate }: DecodedCertificate): Span {
  return { from: certificate.validity.notBefore, until: certificate.validity.notAfter }
}
