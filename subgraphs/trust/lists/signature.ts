import { HubError } from '../../../model/error.ts'
import type { Fingerprint } from '../../../model/facts.ts'
import { decodeSignedData, verifySignedData } from '../../../pki/cms/signed-data.ts'
import { PkiError } from '../../../pki/error.ts'
import { fingerprintOf } from '../../../pki/x509/certificate.ts'

const MAXIMUM_BYTES = 32 * 1024 * 1024

/** What a list's envelope holds, and who signed it. Whether that is its operator is not asked here. */
export interface SignedList {
  readonly content: Uint8Array
  readonly signer: Fingerprint
}

/**
 * Opens the GB/T 35275 SignedData around a list: one signer, and the signature holds over the bytes received.
 * @throws HubError TOO_LARGE, UNREADABLE when it is no SignedData with its content, ENVELOPE_SIGNATURE when nobody's or not one
 *   signer's signature holds.
 */
export function openSignedList(bytes: Uint8Array): SignedList {
  if (bytes.length > MAXIMUM_BYTES) throw new HubError('TOO_LARGE', '信任列表过大', 'the trust list is too large')
  const signed = decode(bytes)
  const [signer, ...others] = verifySignedData(signed)
  if (!signer?.holds || signer.certificate === null || others.length > 0) {
    throw new HubError('ENVELOPE_SIGNATURE', '信任列表的签名不成立', "the list's signature does not hold")
  }
  if (signed.content === null) throw new HubError('UNREADABLE', '信任列表没有内容', 'the list has no content')
  return { content: signed.content, signer: fingerprintOf(signer.certificate) }
}

function decode(bytes: Uint8Array) {
  try {
    return decodeSignedData(bytes)
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    throw new HubError('UNREADABLE', '信任列表未签名或不可读', 'the trust list is not signed, or cannot be read', { cause })
  }
}
