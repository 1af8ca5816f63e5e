import { SIGNED_DATA } from '../cms/content-types.ts'
import { isBareSignedData } from '../cms/signed-data-as-met.ts'
import { TAG } from '../der/tag.ts'
import { encodeObjectIdentifier } from '../der/writer.ts'
import { PkiError } from '../error.ts'
import { decodeEcSignature } from '../sm2-signature.ts'
import { TEXT_TYPES } from './loose-fields.ts'

/** What bytes are by their outer shape, before anything is decoded. */
export type SesKind =
  | 'SEAL'
  | 'SIGNATURE'
  | 'SIGNED_DATA' // of PKCS#7, CMS or GB/T 35275, with or without its ContentInfo
  | 'BARE_SIGNATURE' // SEQUENCE of two INTEGERs: an SM2 value and nothing else

/** Tags met when one goes into the first element again and again; the last one is not entered. */
const SEAL = [only(TAG.SEQUENCE), only(TAG.SEQUENCE), only(TAG.SEQUENCE), TEXT_TYPES] // SESeal, eSealInfo, header, ID
const CONTENT_INFO = [only(TAG.SEQUENCE), only(TAG.OBJECT_IDENTIFIER)]
/** SES_Signature, TBS_Sign, version; the seal follows. */
const SIGNATURE = [only(TAG.SEQUENCE), only(TAG.SEQUENCE), only(TAG.INTEGER)]

const SIGNED_DATA_TYPES = Object.values(SIGNED_DATA).map(encodeObjectIdentifier)

/** No elliptic-curve signature of any curve met is longer. */
const LONGEST_BARE_SIGNATURE = 144

/**
 * Tells what bytes are meant to be, as forgiving as can be, so that a damaged seal is reported as a damaged seal.
 * Lengths are stepped over, not believed; whatever has another shape gives null.
 */
export function kindOfBytes(bytes: Uint8Array): SesKind | null {
  if (beginsWith(bytes, 0, SEAL) !== null) return 'SEAL'
  const version = beginsWith(bytes, 0, SIGNATURE)
  if (version !== null) return beginsWith(bytes, afterElement(bytes, version), SEAL) === null ? null : 'SIGNATURE'
  const contentType = beginsWith(bytes, 0, CONTENT_INFO)
  if (contentType !== null) return isSignedData(bytes.subarray(contentType)) ? 'SIGNED_DATA' : null
  if (isBareSignedData(bytes)) return 'SIGNED_DATA'
  return isBareSignature(bytes) ? 'BARE_SIGNATURE' : null
}

/** Where the last of the tags stands, each inside the one before; null when the bytes go another way. */
function beginsWith(bytes: Uint8Array, start: number, tags: readonly ReadonlySet<number>[]): number | null {
  let position = start
  for (const [i, tag] of tags.entries()) {
    if (!tag.has(bytes[position] ?? 0)) return null
    if (i < tags.length - 1) position = contentOf(bytes, position).start
  }
  return position
}

function only(tag: number): ReadonlySet<number> {
  return new Set([tag])
}

function afterElement(bytes: Uint8Array, position: number): number {
  const { start, length } = contentOf(bytes, position)
  return start + length
}

function contentOf(bytes: Uint8Array, position: number): { start: number; length: number } {
  const first = bytes[position + 1] ?? 0
  if (first < 0x80) return { start: position + 2, length: first }
  const start = position + 2 + (first & 0x7f)
  const length = bytes.subarray(position + 2, start).reduce((sum, byte) => sum * 256 + byte, 0)
  return { start, length }
}

function isSignedData(bytes: Uint8Array): boolean {
  return SIGNED_DATA_TYPES.some((oid) => Buffer.compare(oid, bytes.subarray(0, oid.length)) === 0)
}

function isBareSignature(bytes: Uint8Array): boolean {
  if (bytes.length > LONGEST_BARE_SIGNATURE) return false
  try {
    decodeEcSignature(bytes)
    return true
  } catch (cause) {
    if (cause instanceof PkiError) return false
    throw cause
  }
}
