import type { EnvelopeHeader } from '../../model/envelope.ts'
import { HubError } from '../../model/error.ts'
import { parseReceipt, type ReceiptContent } from '../../model/receipt.ts'
import { decodeSignedData, verifySignedData } from '../../pki/cms/signed-data.ts'
import { PkiError } from '../../pki/error.ts'
import { fingerprintOf } from '../../pki/x509/certificate.ts'

/** A receipt whose signature holds and which speaks of the envelope sent. */
export interface CheckedReceipt {
  readonly content: ReceiptContent
  /** As signed by the hub: to be kept. */
  readonly bytes: Uint8Array
  /** Hex SHA-256 of the certificate it is signed with. */
  readonly signedBy: string
}

/**
 * Checks the hub's receipt for an envelope.
 * @param digest SM3 over the envelope's lines.
 * @param hub fingerprint of the hub's certificate, where it is known; null takes any and reports it.
 * @throws HubError ENVELOPE_SIGNATURE when it is not signed as it should, CONFLICT when it speaks of another envelope, UNREADABLE.
 */
export function checkReceipt(bytes: Uint8Array, header: EnvelopeHeader, digest: string, hub: string | null): CheckedReceipt {
  const { content, signedBy } = openReceipt(bytes)
  if (hub !== null && signedBy !== hub) throw refused('回执不是该枢纽签的', 'the receipt is signed by another than the hub')
  const isAboutIt =
    content.envelope === digest &&
    content.platform === header.platform &&
    content.stream === header.stream &&
    content.sequence === header.sequence &&
    content.messageId === header.messageId
  if (!isAboutIt) throw new HubError('CONFLICT', '回执说的是另一信封', 'the receipt speaks of another envelope')
  return { content, bytes, signedBy }
}

function openReceipt(bytes: Uint8Array): { content: ReceiptContent; signedBy: string } {
  try {
    const signed = decodeSignedData(bytes)
    const [signer, ...others] = verifySignedData(signed)
    if (!signer?.holds || signer.certificate === null || others.length > 0)
      throw refused('回执签名不成立', "the receipt's signature does not hold")
    return { content: parseReceipt(signed.content ?? new Uint8Array()), signedBy: fingerprintOf(signer.certificate) }
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    throw new HubError('UNREADABLE', '回执不是 GB/T 35275 签名数据', 'the receipt is no GB/T 35275 SignedData', { cause })
  }
}

function refused(zh: string, en: string): HubError {
  return new HubError('ENVELOPE_SIGNATURE', zh, en)
}
