import { createPublicKey, type KeyObject } from 'node:crypto'
import { PkiError } from './error.ts'
import { sm2PointOfPrivate } from './sm2-private-key.ts'
import { publicKeyOf } from './spki.ts'

/** The SubjectPublicKeyInfo of a private key, DER. @throws PkiError KEY, ALGORITHM for a key of a kind that is not accepted */
export function spkiOf(privateKey: KeyObject): Uint8Array {
  if (privateKey.type !== 'private') throw new PkiError('KEY', 'not a private key')
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  if (publicKeyOf(spki).family === 'SM2') sm2PointOfPrivate(privateKey)
  return spki
}
