import { HubError } from '../../model/error.ts'
import type { SignatureReading } from './facts.ts'

/**
 * Reads and checks a signature value: SES_Signature of any version, GB/T 35275 SignedData, or a bare SM2 value.
 * Broken bytes still give a reading: `format` null and a FAILED SIGNATURE_FORMAT.
 * @param content the signed content as stored (for OFD the bytes of Signature.xml); null when it is not at hand.
 * @throws HubError UNREADABLE for bytes that are none of these, TOO_LARGE over 6 MiB or a count the structure may not have.
 */
export function inspectSignatureBytes(value: Uint8Array, content: Uint8Array | null): SignatureReading {
  throw new HubError('UNSUPPORTED', '尚未实现', `not built yet (${value.length} bytes, content ${content?.length ?? 'none'})`)
}
