import { type CheckRow, type Finding, judgeRemarks, type SesCheck } from './check-row.ts'
import { checkDataHash } from './data-hash.ts'
import { checkExtensions } from './extension-check.ts'
import { certificateOrNull } from './readable-certificate.ts'
import type { SealSignature } from './signature.ts'
import { signatureFaults, signatureQuirks, versionsAgree } from './signature-format.ts'
import { proveSignature } from './signature-proof.ts'
import { signatureStamp } from './signature-stamp.ts'
import { signerInSeal } from './signer-in-seal.ts'
import type { StampReading } from './time-stamp-check.ts'

/**
 * Everything of 验证电子签章 that bytes alone can tell (GM/T 0031-2014 §6.2.3 a, b, e, GB/T 38540-2020 §7.3): format, the signer's
 * signature, the binding of signer and seal, the digest of the content. The seal inside is checked by `verifySeal`.
 * @param content the protected bytes as stored; null when they are not at hand.
 * @param stamp what was found on the signature's time-stamp, where that was asked already.
 */
export function verifySignatureValue(
  signature: SealSignature,
  content: Uint8Array | null,
  stamp: StampReading = signatureStamp(signature),
): readonly CheckRow[] {
  const { toSign, cert, signatureAlgID, signedBytes } = signature
  const certificate = certificateOrNull(cert)
  const proof = proveSignature({ certificate, algorithm: signatureAlgID, message: signedBytes, value: signature.signature })
  const row = (check: SesCheck, found: Finding): CheckRow => ({ check, object: 'signature', ...found })
  return [
    row('SIGNATURE_FORMAT', judgeRemarks(signatureFaults(signature, certificate !== null), signatureQuirks(signature))),
    row('SIGNATURE_ALGORITHM', proof.algorithm),
    row('SIGNATURE_VALUE', proof.value),
    row('SIGNATURE_ENCODING', proof.encoding),
    row('SIGNER_IN_SEAL', signerInSeal(cert, toSign.eseal.eSealInfo.property.certList)),
    row('DATA_HASH', checkDataHash(signature, content)),
    row('VERSIONS_AGREE', versionsAgree(signature)),
    row('SIGNATURE_EXTENSIONS', checkExtensions(toSign.extDatas)),
    row('SIGNATURE_TIME_STAMP', stamp.finding),
  ]
}
