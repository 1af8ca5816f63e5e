import type { SignedData, SignerInfo } from '../cms/signed-data.ts'
import { decodeSignedDataAsMet } from '../cms/signed-data-as-met.ts'
import { PkiError } from '../error.ts'
import { decodeTstInfo, TST_INFO, type TstInfo } from './tst-info.ts'

/** TimeStampToken, RFC 3161 §2.4.2, GB/T 20520: SignedData of either standard over a TSTInfo. */
export interface TimeStampToken {
  readonly signed: SignedData
  readonly signer: SignerInfo
  readonly info: TstInfo
}

const MAXIMUM_BYTES = 256 * 1024

/**
 * Reads a time-stamp token that fills the bytes; its outer layers may be BER, as many authorities write them. Whether it may be believed is for `verifyTimeStampToken` to say.
 * @throws PkiError DER, STRUCTURE (also: no TSTInfo inside, or more than one signer, RFC 3161 §2.4.2), TOO_LARGE (over 256 KiB)
 */
export function decodeTimeStampToken(der: Uint8Array): TimeStampToken {
  if (der.length > MAXIMUM_BYTES) throw new PkiError('TOO_LARGE', `time-stamp token over ${MAXIMUM_BYTES} bytes`)
  const { signed } = decodeSignedDataAsMet(der)
  if (signed.contentType !== TST_INFO || signed.content === null) throw new PkiError('STRUCTURE', 'signed data without a TSTInfo')
  const [signer, ...others] = signed.signers
  if (!signer || others.length > 0) throw new PkiError('STRUCTURE', 'a time-stamp token has one signer')
  return { signed, signer, info: decodeTstInfo(signed.content) }
}
