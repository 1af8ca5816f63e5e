import { ENVELOPE_LIMITS } from '../../../model/envelope.ts'
import { HubError } from '../../../model/error.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import { decodeSignedData, type SignedData, verifySignedData } from '../../../pki/cms/signed-data.ts'
import { PkiError } from '../../../pki/error.ts'
import { fingerprintOf } from '../../../pki/x509/certificate.ts'

/** An envelope opened but not yet believed. */
export interface OpenedEnvelope {
  readonly signed: SignedData
  /** The JSON Lines. */
  readonly content: Uint8Array
}

/**
 * Opens the GB/T 35275 SignedData around the lines, without checking its signature.
 * @throws HubError TOO_LARGE over its limit, UNREADABLE when it is no SignedData or its content is left out.
 */
export function openEnvelope(bytes: Uint8Array): OpenedEnvelope {
  if (bytes.length > ENVELOPE_LIMITS.signedBytes) throw new HubError('TOO_LARGE', '信封过大', 'the envelope is too large')
  try {
    const signed = decodeSignedData(bytes)
    if (signed.content !== null) return { signed, content: signed.content }
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    throw new HubError('UNREADABLE', '信封不是 GB/T 35275 签名数据', 'the envelope is no GB/T 35275 SignedData', { cause })
  }
  throw new HubError('UNREADABLE', '信封没有内容', 'the envelope has no content')
}

/**
 * Demands that the envelope has one signer, that it is exactly the member's certificate, and that the signature holds.
 * @throws HubError ENVELOPE_SIGNATURE
 */
export function assertSignedBy({ signed }: OpenedEnvelope, member: Fingerprint): void {
  const [signer, ...others] = verifySignedData(signed)
  if (!signer || others.length > 0) throw refused('须只有一个签名人', 'exactly one signer is expected')
  if (signer.certificate === null || fingerprintOf(signer.certificate) !== member) {
    throw refused('签名人不是该平台登记的证书', "the signer is not the platform's certificate")
  }
  if (!signer.holds) throw refused('签名值不成立', 'the signature does not hold')
}

function refused(zh: string, en: string): HubError {
  return new HubError('ENVELOPE_SIGNATURE', `信封签名：${zh}`, `envelope signature: ${en}`)
}
