import { decodeBase64 } from '../../pki/base64.ts'
import { PkiError } from '../../pki/error.ts'
import { type DecodedCertificate, decodedCertificate } from './decoded-certificate.ts'
import type { CertificatesRoom } from './room.ts'

/** A seal brings its maker first, then its signers. */
const MAXIMUM_BROUGHT = 32
const MAXIMUM_BASE64 = 90_000

/**
 * The certificates that another room's entity brings along, each once, and remembered as seen. One that cannot be read is left
 * out and logged, and so are those after the 32nd: nothing is known of them then.
 * @param certificates DER in base64.
 */
export function broughtCertificates(
  certificates: readonly string[] | null | undefined,
  { known, log }: Pick<CertificatesRoom, 'known' | 'log'>,
): readonly DecodedCertificate[] {
  if (!certificates) return []
  if (certificates.length > MAXIMUM_BROUGHT) log.warn({ count: certificates.length }, 'too many certificates brought along')
  const brought = new Map<string, DecodedCertificate>()
  for (const base64 of certificates.slice(0, MAXIMUM_BROUGHT)) {
    const certificate = read(base64, log)
    if (!certificate) continue
    brought.set(certificate.fingerprint, certificate)
    known.see(certificate)
  }
  return [...brought.values()]
}

function read(base64: unknown, log: CertificatesRoom['log']): DecodedCertificate | null {
  if (typeof base64 !== 'string' || base64.length > MAXIMUM_BASE64) return null
  try {
    return decodedCertificate(decodeBase64(base64))
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    log.warn({ code: error.code }, 'a certificate brought along cannot be read')
    return null
  }
}
