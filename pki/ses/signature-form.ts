import { decodeEcSignature } from '../sm2-signature.ts'

/** How an elliptic-curve signature value is written: DER by GB/T 35276 §7.3, or raw `r‖s` as some signing systems do. */
export type SignatureForm = 'DER' | 'RAW'

const SCALAR_DIGITS = 64

/** The value in the form asked for; DER as signers give it. */
export function writeSignature(der: Uint8Array, form: SignatureForm = 'DER'): Uint8Array {
  if (form === 'DER') return der
  const { r, s } = decodeEcSignature(der)
  return Buffer.from([r, s].map((scalar) => scalar.toString(16).padStart(SCALAR_DIGITS, '0')).join(''), 'hex')
}
