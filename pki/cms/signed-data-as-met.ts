import { TAG } from '../der/tag.ts'
import { encodeExplicit, encodeObjectIdentifier, encodeSequence } from '../der/writer.ts'
import { PkiError } from '../error.ts'
import { placeValue } from './ber.ts'
import { SIGNED_DATA } from './content-types.ts'
import { decodeSignedData, type SignedData } from './signed-data.ts'
import type { SignerQuirk } from './signer-verification.ts'

/** Signed data read, with what was odd about its outer layers. */
export interface SignedDataAsMet {
  readonly signed: SignedData
  readonly quirks: readonly SignerQuirk[]
}

/**
 * Reads signed data as signing systems really write it: with outer layers of indefinite length, as Bouncy Castle does by default, and
 * without the ContentInfo around it, as OFD R&W did before 1.12. No signature covers these layers; all inside is strict.
 * @throws PkiError as `decodeSignedData`
 */
export function decodeSignedDataAsMet(bytes: Uint8Array): SignedDataAsMet {
  const { value, length, isBer } = placeValue(bytes)
  if (length !== bytes.length) throw new PkiError('DER', `${bytes.length - length} bytes left over`)
  const isBare = isBareSignedData(value)
  const quirks: readonly SignerQuirk[] = [
    ...(isBer ? (['INDEFINITE_LENGTHS'] as const) : []),
    ...(isBare ? (['WITHOUT_CONTENT_INFO'] as const) : []),
  ]
  return { signed: decodeSignedData(isBare ? inContentInfo(value) : value), quirks }
}

/** Whether bytes begin as SignedData does: a SEQUENCE of a small INTEGER and a SET. */
export function isBareSignedData(bytes: Uint8Array): boolean {
  const first = bytes[1] ?? 0
  const version = 2 + (first < 0x80 || first === 0x80 ? 0 : first & 0x7f)
  return bytes[0] === TAG.SEQUENCE && bytes[version] === TAG.INTEGER && bytes[version + 1] === 1 && bytes[version + 3] === TAG.SET
}

function inContentInfo(signedData: Uint8Array): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(SIGNED_DATA['GB/T 35275']), encodeExplicit(0, signedData))
}
