import { type AlgorithmIdentifier, decodeAlgorithmIdentifier } from '../algorithm.ts'
import { type DerReader, openDer } from '../der/reader.ts'
import { contextConstructed, contextPrimitive, TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { decodeExtensions, type ExtensionMap } from '../x509/extension.ts'

/** id-ct-TSTInfo, RFC 3161 §2.4.2. */
export const TST_INFO = '1.2.840.113549.1.9.16.1.4'

/** TSTInfo, RFC 3161 §2.4.2 and GB/T 20520: what a time-stamp authority states. */
export interface TstInfo {
  /** Dotted OID of the policy the token was issued under. */
  readonly policy: string
  readonly imprint: { readonly algorithm: AlgorithmIdentifier; readonly digest: Uint8Array }
  /** Lower-case hex of the INTEGER's content octets. */
  readonly serialNumber: string
  /** UTC milliseconds. */
  readonly genTime: number
  /** How far `genTime` may be off, milliseconds, rounded up; null when not stated. */
  readonly accuracy: number | null
  readonly ordering: boolean
  /** Content octets of the INTEGER that the request carried; null without one. */
  readonly nonce: Uint8Array | null
  readonly extensions: ExtensionMap
}

const NO_EXTENSIONS: ExtensionMap = new Map()

/**
 * Reads a TSTInfo that fills the bytes. The field `tsa` only hints at the signer and is passed over.
 * @throws PkiError DER, STRUCTURE (also: another version than 1)
 */
export function decodeTstInfo(der: Uint8Array): TstInfo {
  const whole = openDer(der)
  const fields = whole.sequence()
  whole.end()
  if (fields.integer() !== 1) throw new PkiError('STRUCTURE', 'no such version of a TSTInfo')
  const info = {
    policy: fields.oid(),
    imprint: decodeImprint(fields.sequence()),
    serialNumber: Buffer.from(fields.integerBytes()).toString('hex'),
    genTime: fields.generalizedTime(),
    accuracy: fields.peek() === TAG.SEQUENCE ? decodeAccuracy(fields.sequence()) : null,
    ordering: fields.peek() === TAG.BOOLEAN && decodeOrdering(fields),
    nonce: fields.peek() === TAG.INTEGER ? fields.integerBytes() : null,
  }
  fields.optional(contextConstructed(0))
  const extensions = fields.peek() === contextConstructed(1) ? decodeImplicitExtensions(fields.any().encoded) : NO_EXTENSIONS
  fields.end()
  return { ...info, extensions }
}

function decodeImprint(fields: DerReader): TstInfo['imprint'] {
  const imprint = { algorithm: decodeAlgorithmIdentifier(fields), digest: fields.octetString() }
  fields.end()
  return imprint
}

/** Accuracy: seconds, `[0]` milliseconds and `[1]` microseconds of 1 to 999, each optional. */
function decodeAccuracy(fields: DerReader): number {
  const seconds = fields.peek() === TAG.INTEGER ? fields.integer() : 0
  const milliseconds = decodeFraction(fields, 0)
  const microseconds = decodeFraction(fields, 1)
  fields.end()
  if (seconds < 0) throw new PkiError('STRUCTURE', 'negative accuracy')
  return seconds * 1000 + milliseconds + Math.ceil(microseconds / 1000)
}

function decodeFraction(fields: DerReader, number: number): number {
  if (fields.peek() !== contextPrimitive(number)) return 0
  const content = fields.primitive(contextPrimitive(number))
  const value = content.length <= 2 ? content.reduce((sum, byte) => sum * 256 + byte, 0) : 0
  if (value < 1 || value > 999) throw new PkiError('STRUCTURE', 'a fraction of accuracy is 1 to 999')
  return value
}

/** X.690 §11.5: a DEFAULT value is not encoded. */
function decodeOrdering(fields: DerReader): boolean {
  if (!fields.boolean()) throw new PkiError('DER', 'DEFAULT FALSE written out')
  return true
}

/** `[1] IMPLICIT Extensions`: the same bytes under another tag. */
function decodeImplicitExtensions(encoded: Uint8Array): ExtensionMap {
  const sequence = Uint8Array.from(encoded)
  sequence[0] = TAG.SEQUENCE
  return decodeExtensions(openDer(sequence))
}
