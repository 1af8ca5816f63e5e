import type { SignerInfo } from '../../cms/signed-data.ts'
import { PkiError } from '../../error.ts'
import { type Finding, finding, NOT_APPLICABLE, PASSED } from '../../ses/check-row.ts'
import { namesSigningCertificate, SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2 } from '../../timestamp/signing-certificate.ts'

/**
 * Whether the signer names its certificate under its signature (ETSI EN 319 142-1 6.3, RFC 5035): CAdES has to, others may, and
 * whoever does has to name the right one.
 */
export function checkSigningCertificate(signer: SignerInfo, certificate: Uint8Array | null, isNeeded: boolean): Finding {
  const types = signer.signedAttributes?.attributes.map(({ type }) => type) ?? []
  const hasSecond = types.includes(SIGNING_CERTIFICATE_V2)
  if (!hasSecond && !types.includes(SIGNING_CERTIFICATE))
    return isNeeded ? finding('FAILED', '没有签名证书属性', 'the attribute is missing') : NOT_APPLICABLE
  if (certificate === null) return finding('UNKNOWN', '没有签名人证书', "the signer's certificate is not there")
  if (!names(signer, certificate)) return finding('FAILED', '所指的是另一张证书', 'it names another certificate')
  return hasSecond ? PASSED : finding('NOTE', '以 SHA-1 指明证书', 'it names the certificate by SHA-1')
}

/** An attribute that cannot be read names nothing. */
function names(signer: SignerInfo, certificate: Uint8Array): boolean {
  try {
    return namesSigningCertificate(signer, certificate)
  } catch (cause) {
    if (cause instanceof PkiError) return false
    throw cause
  }
}
