import { createHash } from 'node:crypto'
import { type AlgorithmIdentifier, bareAlgorithm } from '../algorithm.ts'
import { TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { decodePssParameters } from '../pss-parameters.ts'
import { ECDSA_WITH_SHA256, ECDSA_WITH_SHA384, SHA256_WITH_RSA, SM2_WITH_SM3 } from '../signature-algorithms.ts'

type DigestName = 'sm3' | 'sha256' | 'sha384' | 'sha512'

export const SM3_DIGEST = '1.2.156.10197.1.401'
const SM3_WITHOUT_KEY = '1.2.156.10197.1.401.1'
const SHA256_DIGEST = '2.16.840.1.101.3.4.2.1'
const SHA384_DIGEST = '2.16.840.1.101.3.4.2.2'
const SHA512_DIGEST = '2.16.840.1.101.3.4.2.3'

/** SM2 signature of GM/T 0006, as GB/T 35275 names it in SignerInfo. */
export const SM2_SIGNATURE = '1.2.156.10197.1.301.1'

/** Message digests that are accepted; SHA-1 and MD5 are not among them. */
const DIGESTS: Readonly<Record<string, DigestName>> = {
  [SM3_DIGEST]: 'sm3', // GM/T 0006
  [SM3_WITHOUT_KEY]: 'sm3',
  [SHA256_DIGEST]: 'sha256', // RFC 5754 §2
  [SHA384_DIGEST]: 'sha384',
  [SHA512_DIGEST]: 'sha512',
}

/**
 * What SignerInfo may name, by digest, and the signature algorithm that is then verified.
 * GB/T 35275 names the key's algorithm or SM2-with-SM3, signing servers also its curve or the kind of key; RFC 3370 §3.2 and RFC 5754 §3.2 allow plain rsaEncryption.
 */
// biome-ignore format: a table
const SIGNATURES: readonly (readonly [named: string, digest: string, verified: string])[] = [
  [SM2_SIGNATURE,           SM3_DIGEST,    SM2_WITH_SM3],
  [SM2_WITH_SM3,            SM3_DIGEST,    SM2_WITH_SM3],
  [SM2_SIGNATURE,           SM3_WITHOUT_KEY, SM2_WITH_SM3],
  [SM2_WITH_SM3,            SM3_WITHOUT_KEY, SM2_WITH_SM3],
  ['1.2.156.10197.1.301',   SM3_DIGEST,    SM2_WITH_SM3], // the curve, and
  ['1.2.840.10045.2.1',     SM3_DIGEST,    SM2_WITH_SM3], // the kind of key, which the key itself has to agree with
  ['1.2.840.113549.1.1.1',  SHA256_DIGEST, SHA256_WITH_RSA],
  ['1.2.840.113549.1.1.1',  SHA384_DIGEST, '1.2.840.113549.1.1.12'],
  ['1.2.840.113549.1.1.1',  SHA512_DIGEST, '1.2.840.113549.1.1.13'],
  [SHA256_WITH_RSA,         SHA256_DIGEST, SHA256_WITH_RSA],
  ['1.2.840.113549.1.1.12', SHA384_DIGEST, '1.2.840.113549.1.1.12'],
  ['1.2.840.113549.1.1.13', SHA512_DIGEST, '1.2.840.113549.1.1.13'],
  [ECDSA_WITH_SHA256,       SHA256_DIGEST, ECDSA_WITH_SHA256],
  [ECDSA_WITH_SHA384,       SHA384_DIGEST, ECDSA_WITH_SHA384],
  ['1.2.840.10045.4.3.4',   SHA512_DIGEST, '1.2.840.10045.4.3.4'],
]
const RSASSA_PSS = '1.2.840.113549.1.1.10'

/** The digest of a message by a DigestAlgorithmIdentifier. @throws PkiError ALGORITHM */
export function messageDigest(algorithm: AlgorithmIdentifier, message: Uint8Array): Uint8Array {
  const name = DIGESTS[algorithm.oid]
  if (!name || !hasNoParameters(algorithm)) throw new PkiError('ALGORITHM', `the digest ${algorithm.oid} is not accepted`)
  return createHash(name).update(message).digest()
}

/**
 * The signature algorithm to verify with, from what a SignerInfo names for digest and signature; the two must agree.
 * @throws PkiError ALGORITHM
 */
export function signatureAlgorithmOf(digest: AlgorithmIdentifier, named: AlgorithmIdentifier): AlgorithmIdentifier {
  if (named.oid === RSASSA_PSS && decodePssParameters(named.parameters).hash === DIGESTS[digest.oid]) return named // RFC 4056 §3
  const row = SIGNATURES.find(([name, digestOid]) => name === named.oid && digestOid === digest.oid)
  if (!row || !hasNoParameters(named)) throw new PkiError('ALGORITHM', `${named.oid} with digest ${digest.oid} is not accepted`)
  return bareAlgorithm(row[2])
}

/** The digest that goes with a signer's algorithm. @throws PkiError ALGORITHM */
export function digestFor(signatureAlgorithm: string): string {
  const row = SIGNATURES.find(([name]) => name === signatureAlgorithm)
  if (!row) throw new PkiError('ALGORITHM', `no digest goes with ${signatureAlgorithm}`)
  return row[1]
}

function hasNoParameters({ parameters }: AlgorithmIdentifier): boolean {
  return parameters === null || (parameters.length === 2 && parameters[0] === TAG.NULL)
}
