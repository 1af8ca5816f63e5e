import { createSign, type KeyObject } from 'node:crypto'
import { type AlgorithmIdentifier, algorithmWithNull, bareAlgorithm } from './algorithm.ts'
import { spkiOf } from './private-key.ts'
import { ECDSA_WITH_SHA256, ECDSA_WITH_SHA384, SHA256_WITH_RSA, SM2_WITH_SM3 } from './signature-algorithms.ts'
import { signSm2 } from './sm2.ts'
import { type PublicKey, publicKeyOf } from './spki.ts'

/** The algorithm a key signs with here: SM2-with-SM3, sha256WithRSAEncryption, or ECDSA with the hash as wide as the curve. */
export function signingAlgorithmOf(privateKey: KeyObject): AlgorithmIdentifier {
  const key = publicKeyOfPrivate(privateKey)
  if (key.family === 'SM2') return bareAlgorithm(SM2_WITH_SM3)
  if (key.family === 'RSA') return algorithmWithNull(SHA256_WITH_RSA)
  return bareAlgorithm(key.curve === 'P-384' ? ECDSA_WITH_SHA384 : ECDSA_WITH_SHA256)
}

/**
 * Signs with the algorithm of `signingAlgorithmOf`. Elliptic-curve signatures are DER.
 * @throws PkiError KEY, ALGORITHM for a key that is not accepted
 */
export function signMessage(privateKey: KeyObject, message: Uint8Array): Uint8Array {
  const key = publicKeyOfPrivate(privateKey)
  if (key.family === 'SM2') return signSm2(privateKey, message)
  const hash = key.family === 'EC' && key.curve === 'P-384' ? 'sha384' : 'sha256'
  return createSign(hash).update(message).sign(privateKey)
}

const publicKeys = new WeakMap<KeyObject, PublicKey>()

function publicKeyOfPrivate(privateKey: KeyObject): PublicKey {
  const key = publicKeys.get(privateKey) ?? publicKeyOf(spkiOf(privateKey))
  publicKeys.set(privateKey, key)
  return key
}
