import { PkiError } from '../error.ts'
import { type Certificate, decodeCertificate } from '../x509/certificate.ts'

/** The certificate, or null for bytes that are none. */
export function certificateOrNull(der: Uint8Array): Certificate | null {
  try {
    return decodeCertificate(der)
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}
