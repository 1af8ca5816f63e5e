import { openDer } from './der/reader.ts'
import { encodeSequence, encodeUnsigned } from './der/writer.ts'
import { PkiError } from './error.ts'

/** The two integers of an elliptic-curve signature. */
export interface EcSignatureValue {
  readonly r: bigint
  readonly s: bigint
}

const RAW_LENGTH = 64

/**
 * Reads SM2Signature (GB/T 35276 clause 7.3, the same as ECDSA-Sig-Value of RFC 3279 §2.2.3), strict and nothing left over.
 * @throws PkiError DER, STRUCTURE
 */
export function decodeEcSignature(der: Uint8Array): EcSignatureValue {
  const whole = openDer(der)
  const fields = whole.sequence()
  const value = { r: fields.bigInteger(), s: fields.bigInteger() }
  fields.end()
  whole.end()
  return value
}

/** Whether bytes are a signature in DER with r and s in [1, order − 1]; everything else can hold for no message. */
export function isEcSignature(der: Uint8Array, order: bigint): boolean {
  try {
    const { r, s } = decodeEcSignature(der)
    return r > 0n && r < order && s > 0n && s < order
  } catch (error) {
    if (error instanceof PkiError) return false
    throw error
  }
}

export function encodeEcSignature({ r, s }: EcSignatureValue): Uint8Array {
  return encodeSequence(encodeUnsigned(bigEndian(r)), encodeUnsigned(bigEndian(s)))
}

/**
 * Turns raw `r‖s` into DER, for the one place that tolerates it: seals of Shandong carry it (GB/T 38540 prescribes DER).
 * Null where the value is not raw, that is not 64 bytes long, or 64 bytes of proper DER.
 */
export function derFromRawSignature(value: Uint8Array): Uint8Array | null {
  if (value.length !== RAW_LENGTH || isDer(value)) return null
  return encodeSequence(encodeUnsigned(value.subarray(0, 32)), encodeUnsigned(value.subarray(32)))
}

function isDer(value: Uint8Array): boolean {
  try {
    decodeEcSignature(value)
    return true
  } catch (error) {
    if (error instanceof PkiError) return false
    throw error
  }
}

function bigEndian(value: bigint): Uint8Array {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}
