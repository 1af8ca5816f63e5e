import type { FactCheck } from '../../../model/facts.ts'
import { united } from '../../../pki/cms/validation-material.ts'
import { kindOfBytes } from '../../../pki/ses/kind.ts'
import { decodeSignature, type SealSignature } from '../../../pki/ses/signature.ts'
import { sealStamp, signatureStamp } from '../../../pki/ses/signature-stamp.ts'
import { verifySignatureValue } from '../../../pki/ses/verify-signature.ts'
import { fingerprintOf } from '../../../pki/x509/certificate.ts'
import type { SignatureReading } from '../facts.ts'
import { unreadMaterial } from './brought-evidence.ts'
import { decodeBytes, factChecks, unreadable } from './bytes.ts'
import { readable, readingOfSeal } from './seal.ts'
import { brokenSignature, emptyReading } from './signature-shape.ts'
import { inspectSignedData } from './signed-data.ts'
import { certificatesOfStamp, describeStamp, materialOfStamp } from './time-stamp.ts'

/**
 * Reads and checks a signature value: SES_Signature of any version, GB/T 35275 SignedData, or a bare SM2 value.
 * Broken bytes still give a reading: `format` null and a FAILED SIGNATURE_FORMAT.
 * @param content the signed content as stored (for OFD the bytes of Signature.xml); null when it is not at hand.
 * @throws HubError UNREADABLE for bytes that are none of these, TOO_LARGE over 6 MiB (SignedData 50 MiB) or a count the
 *   structure may not have.
 */
export function inspectSignatureBytes(value: Uint8Array, content: Uint8Array | null): SignatureReading {
  const kind = kindOfBytes(value)
  if (kind === 'SIGNATURE') return inspectSealSignature(value, content)
  if (kind === 'SIGNED_DATA') return inspectSignedData(value, content)
  if (kind === 'BARE_SIGNATURE') return readingOfBareValue(value, content)
  throw unreadable('不是电子签章数据', 'these bytes are no signature value')
}

function inspectSealSignature(value: Uint8Array, content: Uint8Array | null): SignatureReading {
  const { value: signature, fault } = decodeBytes(() => decodeSignature(value))
  return signature === null ? brokenSignature(value, content, fault) : readingOfSignature(value, content, signature)
}

function readingOfSignature(value: Uint8Array, content: Uint8Array | null, signature: SealSignature): SignatureReading {
  const { toSign, cert, format } = signature
  const sealStamping = sealStamp(toSign.eseal)
  const stamping = signatureStamp(signature)
  const seal = readingOfSeal(toSign.eseal, sealStamping)
  const signerFingerprint = fingerprintOf(cert)
  const stamps = [stamping.timeStamp, sealStamping.timeStamp]
  const material = united(stamps.map(materialOfStamp))
  return {
    ...emptyReading(value, content),
    format,
    checks: [
      ...factChecks(verifySignatureValue(signature, content, stamping), format),
      ...seal.checks,
      ...unreadMaterial(material),
    ],
    seal,
    signature: {
      claimedAt: toSign.timeInfo.time,
      signerCertificate: signerFingerprint,
      contentGiven: content !== null,
      timeStamp: describeStamp(stamping.timeStamp),
    },
    protects: toSign.propertyInfo,
    certificates: readable([cert, toSign.eseal.cert, ...stamps.flatMap(certificatesOfStamp)]),
    revocationEvidence: material.revocations,
    makerFingerprint: seal.makerFingerprint,
    signerFingerprint,
  }
}

/** A value without certificate or structure, as OFD signatures of type Sign may hold: whose it is cannot be told from it. */
function readingOfBareValue(value: Uint8Array, content: Uint8Array | null): SignatureReading {
  const object = 'signature'
  const bare = { zh: '只有签名值，没有证书与签名结构', en: 'a bare signature value, without certificate or structure' }
  const publicKey = { zh: '须另行取得签名人公钥', en: "the signer's public key has to come from elsewhere" }
  const notGiven = { zh: '未提供原文', en: 'the content was not given' }
  const checks: FactCheck[] = [
    { check: 'SIGNATURE_FORMAT', object, outcome: 'NOTE', detail: bare },
    { check: 'SIGNER_CERTIFICATE', object, outcome: 'UNKNOWN', detail: publicKey },
    { check: 'SIGNATURE_VALUE', object, outcome: 'UNKNOWN', detail: publicKey },
  ]
  if (content === null) checks.push({ check: 'DATA_HASH', object, outcome: 'UNKNOWN', detail: notGiven })
  return { ...emptyReading(value, content), checks }
}
