import { createPublicKey, createSign, createVerify, generateKeyPairSync, sign, verify, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateSm2KeyPair } from '../../pki/key.ts'
import { signSm2, sm2On, sm2Provider, verifySm2 } from '../../pki/sm2.ts'
import { isSm2Point, SM2_CURVE, sm2Z } from '../../pki/sm2-curve.ts'
import type { Sm2Engine } from '../../pki/sm2-engine.ts'
import { nobleEngine } from '../../pki/sm2-fallback.ts'
import { sm2SpkiOf } from '../../pki/sm2-key.ts'
import { ANNEX_A, annexPrivateKey, passesKnownAnswerTest } from '../../pki/sm2-known-answer.ts'
import { nativeEngine } from '../../pki/sm2-native.ts'
import { decodeEcSignature, derFromRawSignature, encodeEcSignature, isEcSignature } from '../../pki/sm2-signature.ts'
import { codeOf } from '../support/code.ts'
import { testPki } from '../support/pki.ts'

const point = Buffer.from(`04${ANNEX_A.x}${ANNEX_A.y}`, 'hex')
const spki = sm2SpkiOf(point)
const annexSignature = encodeEcSignature({ r: BigInt(`0x${ANNEX_A.r}`), s: BigInt(`0x${ANNEX_A.s}`) })
const message = Buffer.from('遂平县民政局')
const order = BigInt(`0x${SM2_CURVE.n}`)

describe.each([nativeEngine, nobleEngine])('on the $name engine', (engine) => {
  const sm2 = sm2On(engine)

  test('GB/T 32918.5 annex A: the standard’s own signature holds, and for no other message', () => {
    expect(sm2.verify(spki, ANNEX_A.message, annexSignature)).toBe(true)
    expect(sm2.verify(spki, message, annexSignature)).toBe(false)
    expect(passesKnownAnswerTest(engine)).toBe(true)
  })

  test('what one engine signs holds on the other, and under no other key', () => {
    const other = sm2On(engine === nativeEngine ? nobleEngine : nativeEngine)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const signature = sm2.sign(annexPrivateKey(), bytes)
        expect(other.verify(spki, bytes, signature)).toBe(true)
        expect(other.verify(strangerSpki, bytes, signature)).toBe(false)
      }),
      { numRuns: 15 },
    )
  })

  test('a signature with any bit changed does not hold', () => {
    const signature = sm2.sign(annexPrivateKey(), message)
    fc.assert(
      fc.property(fc.nat({ max: signature.length * 8 - 1 }), (bit) => {
        const changed = Uint8Array.from(signature)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(sm2.verify(spki, message, changed)).toBe(false)
      }),
      { numRuns: 100 },
    )
  })

  test.each([
    ['trailing bytes', Buffer.concat([annexSignature, Uint8Array.of(0)])],
    ['a length of BER', Buffer.concat([Uint8Array.of(0x30, 0x81), annexSignature.subarray(1)])],
    ['a padded integer', Buffer.concat([Buffer.from('30460222', 'hex'), Uint8Array.of(0), annexSignature.subarray(4)])],
    ['r of zero', encodeEcSignature({ r: 0n, s: BigInt(`0x${ANNEX_A.s}`) })],
    ['s of zero', encodeEcSignature({ r: BigInt(`0x${ANNEX_A.r}`), s: 0n })],
    ['r raised by n', encodeEcSignature({ r: BigInt(`0x${ANNEX_A.r}`) + order, s: BigInt(`0x${ANNEX_A.s}`) })],
    ['s raised by n', encodeEcSignature({ r: BigInt(`0x${ANNEX_A.r}`), s: BigInt(`0x${ANNEX_A.s}`) + order })],
    ['r + s equal to n', encodeEcSignature({ r: 5n, s: order - 5n })],
    ['the raw form r‖s', Buffer.from(ANNEX_A.r + ANNEX_A.s, 'hex')],
    ['nothing', new Uint8Array()],
  ])('a signature with %s does not hold', (_, signature) => {
    expect(sm2.verify(spki, ANNEX_A.message, signature)).toBe(false)
  })
})

const strangerSpki = generateSm2KeyPair().spki

test('Z of annex A is the standard’s', () => {
  expect(Buffer.from(sm2Z(point)).toString('hex').toUpperCase()).toBe(ANNEX_A.z)
})

test('node:crypto computes the standard’s example, so the native engine is chosen', () => {
  expect(sm2Provider()).toBe('native')
})

test('trap 1: the one-shot calls use an empty user id, and are not what we call', () => {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  expect(verify('sm3', ANNEX_A.message, key, annexSignature)).toBe(false)
  expect(verifySm2(spki, message, sign('sm3', message, annexPrivateKey()))).toBe(false)
})

test('trap 2: a key fresh from generateKeyPair signs plain ECDSA, and is refused as KEY', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' })
  expect(privateKey.asymmetricKeyType).toBe('ec')
  expect(() => signSm2(privateKey, message)).toThrow(expect.objectContaining({ code: 'KEY' }))
  const { privateKey: imported, spki: itsSpki } = generateSm2KeyPair()
  expect(imported.asymmetricKeyType).toBeUndefined()
  expect(sm2On(nobleEngine).verify(itsSpki, message, signSm2(imported, message))).toBe(true)
})

test('trap 3: raw r‖s becomes DER with the same numbers, only where it is 64 bytes and no DER', () => {
  const raw = Buffer.from(ANNEX_A.r + ANNEX_A.s, 'hex')
  const der = derFromRawSignature(raw)
  expect(der && verifySm2(spki, ANNEX_A.message, der)).toBe(true)
  expect(derFromRawSignature(raw.subarray(1))).toBeNull()
  expect(derFromRawSignature(annexSignature)).toBeNull()
  const derOf64Bytes = encodeEcSignature({ r: 1n << 230n, s: 1n << 230n })
  expect(derOf64Bytes).toHaveLength(64)
  expect(derFromRawSignature(derOf64Bytes)).toBeNull()
})

test('raw r‖s that merely starts like DER is still raw', () => {
  const raw = Buffer.from(`303e${'00'.repeat(62)}`, 'hex')
  const der = derFromRawSignature(raw)
  expect(der && decodeEcSignature(der)).toEqual({ r: 0x303en << 240n, s: 0n })
})

test.each([
  ['the point at infinity', '3019301306072a8648ce3d020106082a811ccf5501822d03020000'],
  ['a compressed point', `3039301306072a8648ce3d020106082a811ccf5501822d03220003${ANNEX_A.x}`],
  ['a point off the curve', `3059301306072a8648ce3d020106082a811ccf5501822d03420004${ANNEX_A.x}${ANNEX_A.x}`],
  ['coordinates not below p', `3059301306072a8648ce3d020106082a811ccf5501822d03420004${'FF'.repeat(64)}`],
  ['the hybrid form of a point', `3059301306072a8648ce3d020106082a811ccf5501822d03420007${ANNEX_A.x}${ANNEX_A.y}`],
  ['a P-256 curve', `3059301306072a8648ce3d020106082a8648ce3d03010703420004${ANNEX_A.x}${ANNEX_A.y}`],
  ['bytes after the key', `3059301306072a8648ce3d020106082a811ccf5501822d03420004${ANNEX_A.x}${ANNEX_A.y}00`],
  ['nothing', ''],
])('trap 4: refused as KEY, %s', (_, hex) => {
  const bad = Buffer.from(hex, 'hex')
  expect(() => verifySm2(bad, message, annexSignature)).toThrow(expect.objectContaining({ code: 'KEY' }))
})

test('trap 4: node imports infinity, compressed points and explicit parameters, which are refused as KEY here', () => {
  const explicit = generateKeyPairSync('ec', { namedCurve: 'SM2', paramEncoding: 'explicit' }).publicKey
  const imported = [
    explicit.export({ format: 'der', type: 'spki' }),
    Buffer.from('3019301306072a8648ce3d020106082a811ccf5501822d03020000', 'hex'),
    Buffer.from(`3039301306072a8648ce3d020106082a811ccf5501822d03220003${ANNEX_A.x}`, 'hex'),
  ]
  for (const key of imported) {
    expect(createPublicKey({ key, format: 'der', type: 'spki' }).type).toBe('public')
    expect(() => verifySm2(key, message, annexSignature)).toThrow(expect.objectContaining({ code: 'KEY' }))
  }
})

test('trap 5: X509Certificate.verify() denies a certificate that is properly signed', () => {
  const { ca, maker } = testPki(Date.UTC(2026, 0, 1))
  const issuerKey = createPublicKey({ key: Buffer.from(ca.spki), format: 'der', type: 'spki' })
  expect(new X509Certificate(maker.certificate).verify(issuerKey)).toBe(false)
})

test('trap 7: an engine that ignores Z, or that accepts everything, or that throws, fails the known-answer test', () => {
  const ignoringZ: Sm2Engine = {
    name: 'native',
    verifier: (its) => (_z, bytes, signature) => {
      const key = createPublicKey({ key: Buffer.from(sm2SpkiOf(its)), format: 'der', type: 'spki' })
      return createVerify('sm3').update(bytes).verify(key, signature)
    },
    sign: (key, _z, bytes) => createSign('sm3').update(bytes).sign(key),
  }
  const credulous: Sm2Engine = { ...nativeEngine, verifier: () => () => true }
  const signingWithoutZ: Sm2Engine = { ...nativeEngine, sign: ignoringZ.sign }
  const throwing: Sm2Engine = {
    ...nativeEngine,
    verifier: () => {
      throw new TypeError('Invalid digest')
    },
  }
  expect([ignoringZ, credulous, signingWithoutZ, throwing].map(passesKnownAnswerTest)).toEqual([false, false, false, false])
})

test('keys held in the cache are told apart, and a refused key is not kept', () => {
  const bad = Uint8Array.from(spki)
  bad[30] = (bad[30] ?? 0) ^ 1
  for (let i = 0; i < 2; i++) {
    expect(() => verifySm2(bad, ANNEX_A.message, annexSignature)).toThrow(expect.objectContaining({ code: 'KEY' }))
    expect(verifySm2(spki, ANNEX_A.message, annexSignature)).toBe(true)
    expect(verifySm2(strangerSpki, ANNEX_A.message, annexSignature)).toBe(false)
  }
})

test('the private key of another algorithm is refused as KEY', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  expect(() => signSm2(privateKey, message)).toThrow(expect.objectContaining({ code: 'KEY' }))
  expect(() => signSm2(createPublicKey(annexPrivateKey()), message)).toThrow(expect.objectContaining({ code: 'KEY' }))
})

test('a point is on the curve or it is none', () => {
  expect(isSm2Point(point)).toBe(true)
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (xy) => {
      expect(isSm2Point(Uint8Array.of(4, ...xy))).toBe(false)
    }),
  )
})

test('coordinates beyond the field name no point, although they are of one when reduced', () => {
  const p = BigInt(`0x${SM2_CURVE.p}`)
  const [a, b] = [BigInt(`0x${SM2_CURVE.a}`), BigInt(`0x${SM2_CURVE.b}`)]
  const power = (base: bigint, exponent: bigint): bigint => {
    let [result, square] = [1n, base % p]
    for (let rest = exponent; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = (result * square) % p
      square = (square * square) % p
    }
    return result
  }
  const pointAt = (x: bigint, y: bigint) =>
    Buffer.from(`04${x.toString(16).padStart(64, '0')}${y.toString(16).padStart(64, '0')}`, 'hex')
  for (let x = 1n, found = 0; found < 3; x++) {
    const square = (x ** 3n + a * x + b) % p
    const y = power(square, (p + 1n) / 4n)
    if ((y * y) % p !== square) continue
    found++
    expect([isSm2Point(pointAt(x, y)), isSm2Point(pointAt(x + p, y))]).toEqual([true, false])
  }
  expect(codeOf(() => sm2SpkiOf(Uint8Array.of(4, ...new Uint8Array(64))))).toBe('KEY')
})

test('r and s of a signature are in [1, n − 1]', () => {
  const is = (r: bigint, s: bigint) => isEcSignature(encodeEcSignature({ r, s }), order)
  expect([is(1n, 1n), is(order - 1n, order - 1n)]).toEqual([true, true])
  expect([is(0n, 1n), is(1n, 0n), is(order, 1n), is(1n, order)]).toEqual([false, false, false, false])
})
