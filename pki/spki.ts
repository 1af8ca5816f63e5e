import { type AlgorithmIdentifier, decodeAlgorithmIdentifier } from './algorithm.ts'
import { openDer } from './der/reader.ts'
import { TAG } from './der/tag.ts'
import { PkiError } from './error.ts'
import { sm2PointOf } from './sm2-key.ts'

/** SubjectPublicKeyInfo, RFC 5280 §4.1.2.7: structure only. */
export interface SubjectPublicKeyInfo {
  readonly encoded: Uint8Array
  readonly algorithm: AlgorithmIdentifier
  /** What stands in the BIT STRING. */
  readonly publicKey: Uint8Array
}

/** A key of a kind that is accepted somewhere; points are `04‖x‖y`. */
export type PublicKey =
  | { readonly family: 'SM2'; readonly bits: 256; readonly point: Uint8Array }
  | { readonly family: 'EC'; readonly bits: 256 | 384; readonly curve: 'P-256' | 'P-384'; readonly point: Uint8Array }
  | { readonly family: 'RSA'; readonly bits: number; readonly exponent: bigint }

/** How strong a key is, told without an error: keys of unknown kinds are `unknown`, RSA keys under 2048 bits `weak`. */
export interface KeyStrength {
  readonly family: PublicKey['family'] | 'unknown'
  readonly bits: number | null
  readonly verdict: 'accepted' | 'weak' | 'unknown'
  /** Why it is not accepted; null where it is. */
  readonly reason: string | null
}

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'
const SM2_CURVE_OID = '1.2.156.10197.1.301'
const MINIMUM_RSA_BITS = 2048
const MAXIMUM_RSA_BITS = 8192
const MAXIMUM_RSA_EXPONENT = 2n ** 33n

/** RFC 5480 §2.1.1.1: named curves, with the length of an uncompressed point. */
const NAMED_CURVES: Readonly<Record<string, { curve: 'P-256' | 'P-384'; bits: 256 | 384; pointLength: number }>> = {
  '1.2.840.10045.3.1.7': { curve: 'P-256', bits: 256, pointLength: 65 },
  '1.3.132.0.34': { curve: 'P-384', bits: 384, pointLength: 97 },
}

/** Reads a SubjectPublicKeyInfo that fills the bytes. @throws PkiError DER, STRUCTURE */
export function decodeSpki(der: Uint8Array): SubjectPublicKeyInfo {
  const whole = openDer(der)
  const fields = whole.sequence()
  const spki = { encoded: fields.encoded, algorithm: decodeAlgorithmIdentifier(fields), publicKey: fields.bitStringBytes() }
  fields.end()
  whole.end()
  return spki
}

/**
 * The key of a SubjectPublicKeyInfo, strictly: named curves and uncompressed points only, RSA of 2048 to 8192 bits with sane numbers.
 * That a NIST point lies on its curve is checked where the key is imported.
 * @throws PkiError DER, STRUCTURE; ALGORITHM for a kind of key that is not accepted; KEY for no valid, or a weak, key
 */
export function publicKeyOf(der: Uint8Array): PublicKey {
  const spki = decodeSpki(der)
  if (spki.algorithm.oid === RSA_ENCRYPTION) return rsaKey(spki)
  if (spki.algorithm.oid === EC_PUBLIC_KEY) return ecKey(spki)
  throw new PkiError('ALGORITHM', `keys of ${spki.algorithm.oid} are not accepted`)
}

/** What a relying party needs to know about a key before it looks at any signature. Never throws for bad keys. */
export function keyStrength(der: Uint8Array): KeyStrength {
  try {
    const key = publicKeyOf(der)
    return { family: key.family, bits: key.bits, verdict: 'accepted', reason: null }
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    const bits = weakRsaBits(der)
    if (bits !== null) return { family: 'RSA', bits, verdict: 'weak', reason: error.message }
    return { family: 'unknown', bits: null, verdict: 'unknown', reason: error.message }
  }
}

function ecKey({ encoded, algorithm, publicKey }: SubjectPublicKeyInfo): PublicKey {
  const curveOid = namedCurve(algorithm)
  if (curveOid === SM2_CURVE_OID) return { family: 'SM2', bits: 256, point: sm2PointOf(encoded) }
  const named = NAMED_CURVES[curveOid]
  if (!named) throw new PkiError('ALGORITHM', `the curve ${curveOid} is not accepted`)
  if (publicKey.length !== named.pointLength || publicKey[0] !== 0x04) throw new PkiError('KEY', 'not an uncompressed point')
  return { family: 'EC', bits: named.bits, curve: named.curve, point: publicKey }
}

/** RFC 5480 §2.1.1: implicit and explicit curve parameters are forbidden. */
function namedCurve({ parameters }: AlgorithmIdentifier): string {
  if (parameters?.[0] !== TAG.OBJECT_IDENTIFIER) throw new PkiError('KEY', 'the curve is not named')
  return openDer(parameters).oid()
}

function rsaKey(spki: SubjectPublicKeyInfo): PublicKey {
  const { parameters } = spki.algorithm
  if (parameters?.[0] !== TAG.NULL) throw new PkiError('KEY', 'rsaEncryption without NULL parameters') // RFC 3279 §2.3.1
  const { modulus, exponent, bits } = rsaNumbers(spki.publicKey)
  if (bits < MINIMUM_RSA_BITS) throw new PkiError('KEY', `an RSA key of ${bits} bits is too weak`)
  if (bits > MAXIMUM_RSA_BITS) throw new PkiError('KEY', `an RSA key of ${bits} bits is too large to work with`)
  if (modulus % 2n === 0n) throw new PkiError('KEY', 'the RSA modulus is even')
  if (exponent < 3n || exponent % 2n === 0n || exponent >= MAXIMUM_RSA_EXPONENT) throw new PkiError('KEY', 'not an RSA exponent')
  return { family: 'RSA', bits, exponent }
}

function rsaNumbers(publicKey: Uint8Array) {
  const whole = openDer(publicKey)
  const fields = whole.sequence()
  const modulus = fields.bigInteger()
  const exponent = fields.bigInteger()
  fields.end()
  whole.end()
  return { modulus, exponent, bits: modulus > 0n ? modulus.toString(2).length : 0 }
}

function weakRsaBits(der: Uint8Array): number | null {
  try {
    const spki = decodeSpki(der)
    return spki.algorithm.oid === RSA_ENCRYPTION ? rsaNumbers(spki.publicKey).bits : null
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}
