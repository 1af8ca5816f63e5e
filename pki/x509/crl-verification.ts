import { PkiError } from '../error.ts'
import { verifySignature } from '../signature.ts'
import type { Certificate } from './certificate.ts'
import type { CertificateRevocationList } from './crl.ts'
import { namesEqual } from './name-matching.ts'
import type { Detail } from './verdict.ts'

/** Why a CRL does not hold, or is not to be used. */
export type CrlFaultCode =
  | 'ISSUER_NAME' // it names another issuer
  | 'ISSUER_KEY' // it was made with another key of that issuer
  | 'KEY_USAGE' // the issuer's key may not sign CRLs
  | 'PROFILE' // version 1, no number, a number marked critical, no next update
  | 'CRITICAL_EXTENSION' // one that is not understood
  | 'MALFORMED' // an extension or entry is not what its clause prescribes
  | 'ALGORITHM' // not accepted, or disagrees with the issuer's key
  | 'SIGNATURE'

export interface CrlFault {
  readonly code: CrlFaultCode
  readonly detail: Detail
}

/** Whether the signature of a CRL under a key is known to hold, or is to be checked now; a bounded cache may stand behind it. */
export type CrlSignatureCheck = (crl: CertificateRevocationList, issuer: Certificate) => boolean

/**
 * Whether a CRL was signed by this issuer and may be used at all (RFC 5280 §5, §6.3.3 f–g): name, key identifier, right to sign
 * CRLs, version and number, extensions and entries understood, signature last. Null when it holds. Neither time nor
 * scope is judged here, nor whether the issuer itself is to be believed.
 */
export function verifyCrl(
  crl: CertificateRevocationList,
  issuer: Certificate,
  holds: CrlSignatureCheck = signatureHolds,
): CrlFault | null {
  try {
    return issuerFault(crl, issuer) ?? profileFault(crl) ?? (holds(crl, issuer) ? null : SIGNATURE)
  } catch (error) {
    if (!(error instanceof PkiError) || error.code === 'BUDGET') throw error
    const code = error.code === 'ALGORITHM' || error.code === 'KEY' ? 'ALGORITHM' : 'MALFORMED'
    return { code, detail: { zh: `无法使用：${error.message}`, en: error.message } }
  }
}

const SIGNATURE: CrlFault = {
  code: 'SIGNATURE',
  detail: { zh: 'CRL 的签名不正确', en: 'the signature of the CRL does not hold' },
}

/** Checks the signature itself. @throws PkiError ALGORITHM, KEY */
export function signatureHolds(crl: CertificateRevocationList, issuer: Certificate): boolean {
  return verifySignature(crl.signatureAlgorithm, issuer.spki, crl.tbs, crl.signature)
}

function issuerFault(crl: CertificateRevocationList, issuer: Certificate): CrlFault | null {
  if (!namesEqual(crl.issuer, issuer.subject)) return fault('ISSUER_NAME', 'CRL 的颁发者是另一个', 'the CRL names another issuer')
  const given = crl.extensions.authorityKeyIdentifier?.keyIdentifier
  const own = issuer.extensions.subjectKeyIdentifier
  if (given && own && Buffer.compare(given, own) !== 0)
    return fault('ISSUER_KEY', 'CRL 由同名颁发者的另一把密钥签发', 'the CRL was made with another key of that name')
  const keyUsage = issuer.extensions.keyUsage
  if (keyUsage && !keyUsage.has('cRLSign'))
    return fault('KEY_USAGE', '颁发者密钥不得签发 CRL', "the issuer's key may not sign CRLs")
  return null
}

function profileFault({ version, nextUpdate, extensions, entries }: CertificateRevocationList): CrlFault | null {
  const unknown = extensions.unknownCritical()
  if (unknown.length > 0)
    return fault('CRITICAL_EXTENSION', `不认识的关键扩展 ${unknown}`, `critical extensions not understood: ${unknown}`)
  if (version !== 2) return fault('PROFILE', 'CRL 不是第 2 版', 'not a version 2 CRL')
  if (extensions.crlNumber === null) return fault('PROFILE', 'CRL 没有编号', 'the CRL has no number') // RFC 5280 5.2.3
  if (extensions.isCritical('crlNumber')) return fault('PROFILE', 'CRL 编号被标为关键', 'the CRL number is marked critical')
  if (nextUpdate === null) return fault('PROFILE', 'CRL 没有下次更新时间', 'the CRL names no next update') // RFC 5280 5.1.2.5
  if (extensions.baseCrlNumber !== null && !extensions.isCritical('deltaCrlIndicator'))
    return fault('PROFILE', '增量 CRL 的标识须为关键', 'a delta CRL marks itself as critical') // RFC 5280 5.2.4
  if (extensions.issuingDistributionPoint !== null && !extensions.isCritical('issuingDistributionPoint'))
    return fault('PROFILE', '颁发分布点须为关键', 'an issuing distribution point is critical') // RFC 5280 5.2.5
  // Asking walks them all: a critical entry extension that is not understood is found here (RFC 5280 §5.3).
  if (entries.nameIssuers && !extensions.issuingDistributionPoint?.indirectCrl)
    return fault('PROFILE', '直接 CRL 的条目不得另指颁发者', 'entries of a direct CRL name no other issuer') // RFC 5280 5.3.3
  return null
}

function fault(code: CrlFaultCode, zh: string, en: string): CrlFault {
  return { code, detail: { zh, en } }
}
