import { randomBytes } from 'node:crypto'
import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { SM2_CURVE, unsigned } from './sm2-curve.ts'
import type { Sm2Engine } from './sm2-engine.ts'
import { sm2ScalarOf } from './sm2-private-key.ts'
import { decodeEcSignature, encodeEcSignature } from './sm2-signature.ts'
import { sm3 } from './sm3.ts'

const N = BigInt(`0x${SM2_CURVE.n}`)
const Point = weierstrass({
  p: BigInt(`0x${SM2_CURVE.p}`),
  n: N,
  h: 1n,
  a: BigInt(`0x${SM2_CURVE.a}`),
  b: BigInt(`0x${SM2_CURVE.b}`),
  Gx: BigInt(`0x${SM2_CURVE.Gx}`),
  Gy: BigInt(`0x${SM2_CURVE.Gy}`),
})

/** SM2 on @noble/curves, step by step as GB/T 32918.2 clauses 6.1 and 7.1 say. Eight times slower than node:crypto. */
export const nobleEngine: Sm2Engine = {
  name: 'noble',

  verifier(point) {
    const holds = digestVerifier(point)
    return (z, message, signature) => holds(sm3(z, message), signature)
  },

  sign(privateKey, z, message) {
    const d = sm2ScalarOf(privateKey)
    const e = unsigned(sm3(z, message))
    for (;;) {
      const k = randomScalar()
      const r = modulo(e + Point.BASE.multiply(k).toAffine().x)
      const s = modulo(Point.Fn.inv(modulo(1n + d)) * modulo(k - r * d))
      if (r !== 0n && r + k !== N && s !== 0n) return encodeEcSignature({ r, s })
    }
  },
}

/** Verifies over e of GB/T 32918.2 clause 7.1, which is SM3(Z ‖ M); steps B5 to B7. */
export function digestVerifier(point: Uint8Array): (e: Uint8Array, signature: Uint8Array) => boolean {
  const publicPoint = Point.fromAffine({ x: unsigned(point.subarray(1, 33)), y: unsigned(point.subarray(33)) })
  return (e, signature) => {
    const { r, s } = decodeEcSignature(signature)
    const t = modulo(r + s)
    if (t === 0n) return false
    const sum = Point.BASE.mulAddUnsafe(s, publicPoint, t)
    return !sum.is0() && modulo(unsigned(e) + sum.toAffine().x) === r
  }
}

/** Uniform in [1, n − 1], by rejection. */
function randomScalar(): bigint {
  for (;;) {
    const k = unsigned(randomBytes(32))
    if (k > 0n && k < N) return k
  }
}

function modulo(value: bigint): bigint {
  const rest = value % N
  return rest < 0n ? rest + N : rest
}
