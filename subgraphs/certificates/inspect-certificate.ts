import { HubError } from '../../model/error.ts'
import { decodeBase64 } from '../../pki/base64.ts'
import { type DecodedCertificate, decodedCertificate } from './decoded-certificate.ts'
import { refusalOf } from './refusal.ts'
import type { CertificatesRoom } from './room.ts'

/**
 * Reads a certificate handed in and remembers it as seen.
 * @param der in base64.
 * @throws HubError UNREADABLE for bytes that are no certificate.
 */
export function inspectCertificate(der: string, { known }: Pick<CertificatesRoom, 'known'>): DecodedCertificate {
  try {
    const certificate = decodedCertificate(decodeBase64(der))
    known.see(certificate)
    return certificate
  } catch (error) {
    const { code, reason } = refusalOf(error)
    throw new HubError('UNREADABLE', `无法读取证书：${reason.zh}`, `not a readable certificate (${code}): ${reason.en}`, {
      cause: error,
    })
  }
}
