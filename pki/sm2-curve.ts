import { sm3 } from './sm3.ts'

/** The recommended curve sm2p256v1, GB/T 32918.5-2017 clause 2; big-endian hexadecimal as the standard prints it. */
export const SM2_CURVE = {
  p: 'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF',
  a: 'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC',
  b: '28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93',
  n: 'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123',
  Gx: '32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7',
  Gy: 'BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0',
} as const

/** The user id when none is agreed, GM/T 0009-2012 clause 10; every real certificate and seal met uses it. */
export const DEFAULT_USER_ID: Uint8Array = Buffer.from('1234567812345678', 'latin1')

const P = BigInt(`0x${SM2_CURVE.p}`)
const A = BigInt(`0x${SM2_CURVE.a}`)
const B = BigInt(`0x${SM2_CURVE.b}`)
const PARAMETERS = Buffer.from(SM2_CURVE.a + SM2_CURVE.b + SM2_CURVE.Gx + SM2_CURVE.Gy, 'hex')

/** Whether 65 bytes `04‖x‖y` are a point of the curve, coordinates below p. The point at infinity and compressed points are not. */
export function isSm2Point(point: Uint8Array): boolean {
  if (point.length !== 65 || point[0] !== 0x04) return false
  const x = unsigned(point.subarray(1, 33))
  const y = unsigned(point.subarray(33))
  return x < P && y < P && (y * y - (x * x * x + A * x + B)) % P === 0n
}

/** Z of GB/T 32918.2 clause 5.5: SM3(ENTL ‖ ID ‖ a ‖ b ‖ xG ‖ yG ‖ xA ‖ yA). */
export function sm2Z(point: Uint8Array, userId: Uint8Array = DEFAULT_USER_ID): Uint8Array {
  const bits = userId.length * 8
  return sm3(Uint8Array.of(bits >> 8, bits & 0xff), userId, PARAMETERS, point.subarray(1))
}

/** A non-negative integer from big-endian bytes. */
export function unsigned(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex') || '0'}`)
}
