import { createPrivateKey } from 'node:crypto'
import { sm2Z } from './sm2-curve.ts'
import type { Sm2Engine } from './sm2-engine.ts'
import { encodeEcSignature } from './sm2-signature.ts'

/** GB/T 32918.5-2017 annex A.2: signature over the recommended curve with the user id 1234567812345678. */
export const ANNEX_A = {
  message: Buffer.from('message digest', 'latin1'),
  privateKey: '3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8',
  x: '09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020',
  y: 'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
  z: 'B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3',
  r: 'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3',
  s: 'B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
} as const

const PKCS8_PREFIX = '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420'
const PKCS8_POINT = 'a14403420004'

/**
 * Whether an engine computes standard SM2: it accepts the standard's own signature, refuses it for another message and without Z,
 * and signs what it then accepts (which proves something only because its verification is known to be right).
 * An engine that throws has failed.
 */
export function passesKnownAnswerTest(engine: Sm2Engine): boolean {
  try {
    const point = Buffer.from(`04${ANNEX_A.x}${ANNEX_A.y}`, 'hex')
    const signature = encodeEcSignature({ r: BigInt(`0x${ANNEX_A.r}`), s: BigInt(`0x${ANNEX_A.s}`) })
    const z = sm2Z(point)
    const verify = engine.verifier(point)
    return (
      Buffer.from(ANNEX_A.z, 'hex').equals(z) &&
      verify(z, ANNEX_A.message, signature) &&
      !verify(z, Buffer.from('message digesT', 'latin1'), signature) &&
      !verify(new Uint8Array(), ANNEX_A.message, signature) &&
      verify(z, ANNEX_A.message, engine.sign(annexPrivateKey(), z, ANNEX_A.message))
    )
  } catch {
    return false // whatever went wrong, this engine is not to be used
  }
}

/** The private key of annex A as node:crypto imports it. */
export function annexPrivateKey() {
  const der = Buffer.from(`${PKCS8_PREFIX}${ANNEX_A.privateKey}${PKCS8_POINT}${ANNEX_A.x}${ANNEX_A.y}`, 'hex')
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}
