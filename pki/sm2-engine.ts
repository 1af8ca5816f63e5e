import type { KeyObject } from 'node:crypto'

/** Checks a DER signature over Z and message; the signature is already known to be strict DER with r and s in range. */
export type Sm2Verifier = (z: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

/** What computes SM2: node:crypto, or @noble/curves where node:crypto fails its known-answer test. */
export interface Sm2Engine {
  readonly name: 'native' | 'noble'
  /** Prepares a point that is known to be on the curve. @throws PkiError KEY */
  verifier(point: Uint8Array): Sm2Verifier
  /** Signs `Z ‖ M`: a DER signature. The key is known to be an SM2 key. */
  sign(privateKey: KeyObject, z: Uint8Array, message: Uint8Array): Uint8Array
}
