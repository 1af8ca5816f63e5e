import { TAG } from '../der/tag.ts'
import { encodeElement } from '../der/writer.ts'
import { PkiError } from '../error.ts'

/** A value with the bytes it takes up; what follows (the padding of a PDF's /Contents) is none of it. */
export interface PlacedValue {
  /** As received, or with definite lengths where `isBer`. */
  readonly value: Uint8Array
  /** How many of the bytes received it takes up. */
  readonly length: number
  /** Whether the outer layers had indefinite lengths, against the standard (ETSI EN 319 142-1 and GB/T 35275 ask for DER). */
  readonly isBer: boolean
}

/** ContentInfo, `[0]`, SignedData and its fields: the layers that only hold the parts and that no signature covers. */
const OUTER_LAYERS = 4
/** `[0]` eContent, its OCTET STRING and the pieces of it. */
const DEEPEST = 7
const CONSTRUCTED = 0x20
const CONSTRUCTED_OCTET_STRING = TAG.OCTET_STRING | CONSTRUCTED
const MOST_ELEMENTS = 10_000

/**
 * Finds where a value ends by its own length, never by looking for zeros. Older signing libraries write the outer layers of CMS with
 * indefinite lengths (X.690 §8.1.3.6): those layers, and nothing a signature covers, are written anew with definite ones.
 * Certificates and SignerInfos have to be definite already and are taken as they are.
 * @throws PkiError DER for bytes that are no value, or indefinite further inside.
 */
export function placeValue(bytes: Uint8Array): PlacedValue {
  if (bytes.length < 2) throw new PkiError('DER', 'no signature value')
  if (bytes[1] !== 0x80) {
    const { end } = definiteAt(bytes, 0)
    return { value: bytes.subarray(0, end), length: end, isBer: false }
  }
  const walk = { bytes, elements: 0 }
  const { encoded, end } = rewrite(walk, 0, 0)
  return { value: encoded, length: end, isBer: true }
}

interface Walk {
  readonly bytes: Uint8Array
  elements: number
}

interface Rewritten {
  readonly encoded: Uint8Array
  readonly end: number
}

function rewrite(walk: Walk, start: number, layer: number): Rewritten {
  const { bytes } = walk
  if (++walk.elements > MOST_ELEMENTS || layer > DEEPEST) throw new PkiError('DER', 'too many elements of indefinite length')
  const tag = bytes[start] ?? 0
  if (bytes[start + 1] !== 0x80) {
    const { end } = definiteAt(bytes, start)
    return { encoded: bytes.subarray(start, end), end }
  }
  const isSignedPart = layer >= OUTER_LAYERS && tag === TAG.SEQUENCE
  if ((tag & CONSTRUCTED) === 0 || isSignedPart)
    throw new PkiError('DER', 'an indefinite length where a signature covers the bytes')
  const parts: Uint8Array[] = []
  let at = start + 2
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) {
    const part = rewrite(walk, at, layer + 1)
    parts.push(part.encoded)
    at = part.end
  }
  const encoded =
    tag === CONSTRUCTED_OCTET_STRING ? encodeElement(TAG.OCTET_STRING, ...parts.map(pieceOf)) : encodeElement(tag, ...parts)
  return { encoded, end: at + 2 }
}

/** A piece of an OCTET STRING written in pieces. */
function pieceOf(encoded: Uint8Array): Uint8Array {
  if (encoded[0] !== TAG.OCTET_STRING) throw new PkiError('DER', 'an OCTET STRING of other pieces')
  return encoded.subarray(definiteAt(encoded, 0).start)
}

/** Start of the content and end of an element of definite length. */
function definiteAt(bytes: Uint8Array, position: number): { start: number; end: number } {
  const first = bytes[position + 1] ?? 0x80
  const octets = first < 0x80 ? 0 : first & 0x7f
  const start = position + 2 + octets
  const length = octets === 0 ? first : bytes.subarray(position + 2, start).reduce((sum, byte) => sum * 256 + byte, 0)
  const isBroken = ((bytes[position] ?? 0) & 0x1f) === 0x1f || first === 0x80 || octets > 4
  if (isBroken || start + length > bytes.length) throw new PkiError('DER', 'a signature value that is cut off or no DER')
  return { start, end: start + length }
}
