import { PkiError } from './error.ts'
import { isSm2Point } from './sm2-curve.ts'

/** SubjectPublicKeyInfo of an SM2 key up to its point: id-ecPublicKey, the named curve 1.2.156.10197.1.301, 65 bytes (GB/T 35276 clause 7.1). */
const SPKI_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex')
const POINT_LENGTH = 65

/** Whether a SubjectPublicKeyInfo is meant as an SM2 key, by its exact bytes before the point. */
export function isSm2Spki(spki: Uint8Array): boolean {
  return spki.length === SPKI_PREFIX.length + POINT_LENGTH && SPKI_PREFIX.equals(spki.subarray(0, SPKI_PREFIX.length))
}

/**
 * The 65 bytes `04‖x‖y` of an SM2 key. Node imports the point at infinity, for which anyone can forge, compressed points and
 * explicit parameters: so the bytes are compared and the curve equation is checked here, before anything is imported.
 * @throws PkiError KEY
 */
export function sm2PointOf(spki: Uint8Array): Uint8Array {
  if (!isSm2Spki(spki)) throw new PkiError('KEY', 'not an SM2 key with an uncompressed point on the named curve')
  const point = spki.subarray(SPKI_PREFIX.length)
  if (!isSm2Point(point)) throw new PkiError('KEY', 'the point is not on the SM2 curve')
  return point
}

/** The SubjectPublicKeyInfo of a point `04‖x‖y`. @throws PkiError KEY */
export function sm2SpkiOf(point: Uint8Array): Uint8Array {
  if (!isSm2Point(point)) throw new PkiError('KEY', 'the point is not on the SM2 curve')
  return Buffer.concat([SPKI_PREFIX, point])
}
