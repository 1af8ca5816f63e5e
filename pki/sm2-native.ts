import { createPublicKey, createSign, createVerify } from 'node:crypto'
import { PkiError } from './error.ts'
import type { Sm2Engine } from './sm2-engine.ts'
import { sm2SpkiOf } from './sm2-key.ts'

/**
 * SM2 on node:crypto. Only the streaming calls over `Z ‖ M` give the standard's signatures:
 * the one-shot `crypto.verify` and `crypto.sign` compute Z with an empty user id, and no encoding but DER works.
 */
export const nativeEngine: Sm2Engine = {
  name: 'native',

  verifier(point) {
    const key = importPoint(point)
    return (z, message, signature) => createVerify('sm3').update(z).update(message).verify(key, signature)
  },

  sign(privateKey, z, message) {
    return createSign('sm3').update(z).update(message).sign(privateKey)
  },
}

function importPoint(point: Uint8Array) {
  try {
    return createPublicKey({ key: Buffer.from(sm2SpkiOf(point)), format: 'der', type: 'spki' })
  } catch (cause) {
    throw new PkiError('KEY', 'not a valid SM2 public key', { cause })
  }
}
