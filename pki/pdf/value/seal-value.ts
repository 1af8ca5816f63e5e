import { NO_MATERIAL } from '../../cms/validation-material.ts'
import { PkiError } from '../../error.ts'
import { decodeSignature } from '../../ses/signature.ts'
import { verifySeal } from '../../ses/verify-seal.ts'
import { verifySignatureValue } from '../../ses/verify-signature.ts'
import { isRefusedForSize, type PdfBudget } from '../limits.ts'
import { brokenValue, type ValueReading } from './reading.ts'

/**
 * Reads and checks an SES_Signature carried in a PDF file: `dataHash` is the digest of the byte range, all else as in any document.
 * @throws PkiError TOO_LARGE over the budget or the limits of a seal.
 */
export function readSealValue(value: Uint8Array, content: Uint8Array | null, budget: PdfBudget): ValueReading {
  budget.spend('digested', content?.length ?? 0)
  try {
    const signature = decodeSignature(value)
    const { cert, toSign } = signature
    return {
      kind: 'SEAL_SIGNATURE',
      rows: [...verifySignatureValue(signature, content), ...verifySeal(toSign.eseal)],
      signerCertificate: cert,
      certificates: [cert, toSign.eseal.cert],
      material: NO_MATERIAL,
      claimedAt: toSign.timeInfo.time,
    }
  } catch (cause) {
    if (!(cause instanceof PkiError) || isRefusedForSize(cause)) throw cause
    return brokenValue('电子签章数据结构不符合标准', cause.message)
  }
}
