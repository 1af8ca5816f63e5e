import { constants, createPublicKey, createVerify, type KeyObject } from 'node:crypto'
import type { AlgorithmIdentifier } from './algorithm.ts'
import { BoundedCache } from './bounded-cache.ts'
import { TAG } from './der/tag.ts'
import { PkiError } from './error.ts'
import { decodePssParameters } from './pss-parameters.ts'
import { REFUSED_ALGORITHMS, SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from './signature-algorithms.ts'
import { verifySm2 } from './sm2.ts'
import { isSm2Spki } from './sm2-key.ts'
import { isEcSignature } from './sm2-signature.ts'
import { type PublicKey, publicKeyOf } from './spki.ts'

interface ImportedKey {
  readonly key: PublicKey
  readonly keyObject: KeyObject
}

const MAXIMUM_KEYS = 1024
const imported = new BoundedCache<ImportedKey>(MAXIMUM_KEYS)

/** FIPS 186-4 D.1.2: the orders of the base points. */
const CURVE_ORDERS = {
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  'P-384': 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
} as const

/**
 * Whether a signature holds over the message, under the key. False: it does not; bytes that are no signature at all hold for nothing.
 * The algorithm is one of the table `SIGNATURE_ALGORITHMS`, with exactly its parameters, and agrees with the kind of key.
 * @param spki the signer's SubjectPublicKeyInfo, DER
 * @throws PkiError ALGORITHM (not accepted, or disagrees with the key), KEY (no valid key, or too weak)
 */
export function verifySignature(
  algorithm: AlgorithmIdentifier,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const accepted = acceptedAlgorithm(algorithm)
  if (isSm2Spki(spki)) {
    assertFamily(accepted, 'SM2')
    return verifySm2(spki, message, signature)
  }
  const { key, keyObject } = imported.get(Buffer.from(spki).toString('latin1'), () => importKey(spki))
  assertFamily(accepted, key.family)
  if (key.family === 'EC' && !isEcSignature(signature, CURVE_ORDERS[key.curve])) return false
  return verifyNist(accepted, algorithm, keyObject, message, signature)
}

/** The standard's name of a signature algorithm, `SM2-with-SM3`; the dotted OID of one never heard of. */
export function signatureAlgorithmName({ oid }: AlgorithmIdentifier): string {
  return SIGNATURE_ALGORITHMS[oid]?.name ?? REFUSED_ALGORITHMS[oid] ?? oid
}

/** Whether an algorithm with its parameters is one we accept, whatever the key. */
export function isAcceptedAlgorithm(algorithm: AlgorithmIdentifier): boolean {
  try {
    acceptedAlgorithm(algorithm)
    return true
  } catch (error) {
    if (error instanceof PkiError) return false
    throw error
  }
}

function acceptedAlgorithm(algorithm: AlgorithmIdentifier): SignatureAlgorithm {
  const accepted = Object.hasOwn(SIGNATURE_ALGORITHMS, algorithm.oid) ? SIGNATURE_ALGORITHMS[algorithm.oid] : undefined
  if (!accepted) throw new PkiError('ALGORITHM', `${signatureAlgorithmName(algorithm)} is not accepted`)
  const { parameters } = algorithm
  if (accepted.parameters === 'RSASSA-PSS') readAs('ALGORITHM', () => decodePssParameters(parameters))
  else if (parameters !== null && (accepted.parameters === 'absent' || !isNull(parameters)))
    throw new PkiError('ALGORITHM', `${accepted.name} with parameters`)
  return accepted
}

function isNull(parameters: Uint8Array): boolean {
  return parameters.length === 2 && parameters[0] === TAG.NULL && parameters[1] === 0
}

function assertFamily(accepted: SignatureAlgorithm, family: PublicKey['family']): void {
  if (accepted.family !== family) throw new PkiError('ALGORITHM', `${accepted.name} does not agree with a key of ${family}`)
}

function importKey(spki: Uint8Array): ImportedKey {
  const key = readAs('KEY', () => publicKeyOf(spki))
  try {
    return { key, keyObject: createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }) }
  } catch (cause) {
    throw new PkiError('KEY', `not a valid key of ${key.family}`, { cause })
  }
}

/** Bytes that do not even read are a bad key, or bad parameters, to whoever asks for a verdict. */
function readAs<Value>(code: 'KEY' | 'ALGORITHM', read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof PkiError) || cause.code === 'KEY' || cause.code === 'ALGORITHM') throw cause
    throw new PkiError(code, cause.message, { cause })
  }
}

function verifyNist(
  accepted: SignatureAlgorithm,
  { parameters }: AlgorithmIdentifier,
  key: KeyObject,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (accepted.parameters !== 'RSASSA-PSS') return createVerify(accepted.hash).update(message).verify(key, signature)
  const { hash, saltLength } = decodePssParameters(parameters)
  return createVerify(hash).update(message).verify({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
}
