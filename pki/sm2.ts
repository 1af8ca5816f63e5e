import type { KeyObject } from 'node:crypto'
import { BoundedCache } from './bounded-cache.ts'
import { PkiError } from './error.ts'
import { SM2_CURVE, sm2Z } from './sm2-curve.ts'
import type { Sm2Engine, Sm2Verifier } from './sm2-engine.ts'
import { nobleEngine } from './sm2-fallback.ts'
import { sm2PointOf } from './sm2-key.ts'
import { passesKnownAnswerTest } from './sm2-known-answer.ts'
import { nativeEngine } from './sm2-native.ts'
import { sm2PointOfPrivate } from './sm2-private-key.ts'
import { isEcSignature } from './sm2-signature.ts'

/** SM2 signatures (GB/T 32918.2) with the default user id; signatures are DER (GB/T 35276). */
export interface Sm2 {
  /** Whether the signature holds. Bytes that are no strict DER signature hold for nothing. @throws PkiError KEY */
  verify(spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** Signs with a true SM2 key, not with an EC-typed one. @throws PkiError KEY */
  sign(privateKey: KeyObject, message: Uint8Array): Uint8Array
}

const MAXIMUM_KEYS = 4096
const ORDER = BigInt(`0x${SM2_CURVE.n}`)

/** SM2 on one engine, with a bounded cache of prepared keys. Tests run both; everyone else calls `verifySm2` and `signSm2`. */
export function sm2On(engine: Sm2Engine): Sm2 {
  const keys = new BoundedCache<{ z: Uint8Array; verify: Sm2Verifier }>(MAXIMUM_KEYS)
  const zOfPrivate = new WeakMap<KeyObject, Uint8Array>()

  return {
    verify(spki, message, signature) {
      const key = keys.get(latin1(spki), () => {
        const point = sm2PointOf(spki)
        return { z: sm2Z(point), verify: engine.verifier(point) }
      })
      return isEcSignature(signature, ORDER) && key.verify(key.z, message, signature)
    },

    sign(privateKey, message) {
      const z = zOfPrivate.get(privateKey) ?? sm2Z(sm2PointOfPrivate(privateKey))
      zOfPrivate.set(privateKey, z)
      return engine.sign(privateKey, z, message)
    },
  }
}

let chosen: { engine: Sm2Engine; sm2: Sm2 } | undefined

/** Verifies a DER signature under an SM2 key. @throws PkiError KEY for anything but an uncompressed point on the named curve */
export function verifySm2(spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return choose().sm2.verify(spki, message, signature)
}

/** Signs with SM2 and SM3: a DER signature. @throws PkiError KEY for anything but a true SM2 private key */
export function signSm2(privateKey: KeyObject, message: Uint8Array): Uint8Array {
  return choose().sm2.sign(privateKey, message)
}

/**
 * Which engine computes SM2 in this process. What node:crypto does with SM2 is undocumented, so a known-answer test decides, once.
 * @throws PkiError ALGORITHM if neither engine computes the standard's own example
 */
export function sm2Provider(): 'native' | 'noble' {
  return choose().engine.name
}

function choose(): { engine: Sm2Engine; sm2: Sm2 } {
  if (chosen) return chosen
  const engine = [nativeEngine, nobleEngine].find(passesKnownAnswerTest)
  if (!engine) throw new PkiError('ALGORITHM', 'no engine computes SM2 as GB/T 32918.5 annex A does')
  chosen = { engine, sm2: sm2On(engine) }
  return chosen
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}
