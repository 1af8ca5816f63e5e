import { createPublicKey, type KeyObject } from 'node:crypto'
import { openDer } from './der/reader.ts'
import { PkiError } from './error.ts'
import { SM2_CURVE, unsigned } from './sm2-curve.ts'
import { sm2PointOf } from './sm2-key.ts'

const ORDER = BigInt(`0x${SM2_CURVE.n}`)

/**
 * The point that belongs to a private key of node:crypto, once the key is known to be one for SM2.
 * A key made by generateKeyPair('ec', SM2) is typed 'ec' and would sign plain ECDSA: it is refused; export it and import it again.
 * @throws PkiError KEY
 */
export function sm2PointOfPrivate(key: KeyObject): Uint8Array {
  if (key.type !== 'private') throw new PkiError('KEY', 'not a private key')
  if (key.asymmetricKeyType === 'ec') throw new PkiError('KEY', 'an EC-typed key signs ECDSA, not SM2')
  const point = sm2PointOf(createPublicKey(key).export({ format: 'der', type: 'spki' }))
  const d = sm2ScalarOf(key)
  if (d < 1n || d > ORDER - 2n) throw new PkiError('KEY', 'the private key is not in [1, n − 2]') // GB/T 32918.1 clause 6.1
  return point
}

/** The scalar inside PKCS#8 (RFC 5208 §5) around ECPrivateKey (RFC 5915 §3). @throws PkiError DER, STRUCTURE */
export function sm2ScalarOf(key: KeyObject): bigint {
  const fields = openDer(key.export({ format: 'der', type: 'pkcs8' })).sequence()
  fields.integer()
  fields.sequence()
  const inner = openDer(fields.octetString()).sequence()
  inner.integer()
  return unsigned(inner.octetString())
}
