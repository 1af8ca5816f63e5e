import type { FactCheck, SignatureDescription } from '../../model/facts.ts'
import { kindOfBytes } from '../../pki/ses/kind.ts'
import { decodeSignature, type SealSignature } from '../../pki/ses/signature.ts'
import { verifySignatureValue } from '../../pki/ses/verify-signature.ts'
import { sm3Hex } from '../../pki/sm3.ts'
import { fingerprintOf } from '../../pki/x509/certificate.ts'
import type { SignatureReading } from './facts.ts'
import { decodeBytes, factChecks, unreadable } from './facts-bytes.ts'
import { readable, readingOfSeal } from './facts-seal.ts'

/**
 * Reads and checks a signature value: SES_Signature of any version, GB/T 35275 SignedData, or a bare SM2 value.
 * Broken bytes still give a reading: `format` null and a FAILED SIGNATURE_FORMAT.
 * @param content the signed content as stored (for OFD the bytes of Signature.xml); null when it is not at hand.
 * @throws HubError UNREADABLE for bytes that are none of these, TOO_LARGE over 6 MiB or a count the structure may not have.
 */
export function inspectSignatureBytes(value: Uint8Array, content: Uint8Array | null): SignatureReading {
  const kind = kindOfBytes(value)
  if (kind === 'SIGNATURE') return inspectSealSignature(value, content)
  if (kind === 'BARE_SIGNATURE') return readingOfBareValue(value, content)
  throw unreadable('不是电子签章数据', 'these bytes are no signature value')
}

function inspectSealSignature(value: Uint8Array, content: Uint8Array | null): SignatureReading {
  const { value: signature, fault } = decodeBytes(() => decodeSignature(value))
  if (signature !== null) return readingOfSignature(value, content, signature)
  const check: FactCheck = { check: 'SIGNATURE_FORMAT', object: 'signature', outcome: 'FAILED', detail: fault }
  return { ...emptyReading(value, content), checks: [check] }
}

function readingOfSignature(value: Uint8Array, content: Uint8Array | null, signature: SealSignature): SignatureReading {
  const { toSign, cert, format } = signature
  const seal = readingOfSeal(toSign.eseal)
  const signerFingerprint = fingerprintOf(cert)
  return {
    ...emptyReading(value, content),
    format,
    checks: [...factChecks(verifySignatureValue(signature, content), format), ...seal.checks],
    seal,
    signature: describe(toSign.timeInfo.time, signerFingerprint, content),
    protects: toSign.propertyInfo,
    certificates: readable([cert, toSign.eseal.cert]),
    makerFingerprint: seal.makerFingerprint,
    signerFingerprint,
  }
}

/** A value without certificate or structure, as OFD signatures of type Sign may hold: whose it is cannot be told from it. */
function readingOfBareValue(value: Uint8Array, content: Uint8Array | null): SignatureReading {
  const object = 'signature'
  const bare = { zh: '只有签名值，没有证书与签名结构', en: 'a bare signature value, without certificate or structure' }
  const publicKey = { zh: '须另行取得签名人公钥', en: "the signer's public key has to come from elsewhere" }
  const contentCheck: FactCheck[] =
    content === null
      ? [{ check: 'DATA_HASH', object, outcome: 'UNKNOWN', detail: { zh: '未提供原文', en: 'the content was not given' } }]
      : []
  return {
    ...emptyReading(value, content),
    checks: [
      { check: 'SIGNATURE_FORMAT', object, outcome: 'NOTE', detail: bare },
      { check: 'SIGNER_CERTIFICATE', object, outcome: 'UNKNOWN', detail: publicKey },
      { check: 'SIGNATURE_VALUE', object, outcome: 'UNKNOWN', detail: publicKey },
      ...contentCheck,
    ],
  }
}

function emptyReading(value: Uint8Array, content: Uint8Array | null): SignatureReading {
  const digest = sm3Hex(value)
  return {
    subject: 'SIGNATURE',
    id: content === null ? digest : `${digest}-${sm3Hex(content)}`,
    digest,
    format: null,
    checks: [],
    seal: null,
    signature: describe(null, null, content),
    protects: null,
    certificates: [],
    makerFingerprint: null,
    signerFingerprint: null,
  }
}

function describe(claimedAt: number | null, signerCertificate: string | null, content: Uint8Array | null): SignatureDescription {
  return { claimedAt, signerCertificate, contentGiven: content !== null }
}
