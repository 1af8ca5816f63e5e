import { bareAlgorithm } from '../../pki/algorithm.ts'
import {
  encodeExplicit,
  encodeGeneralizedTime,
  encodeInteger,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
} from '../../pki/der/writer.ts'
import { sm3 } from '../../pki/sm3.ts'

const SM3_DIGEST = '1.2.156.10197.1.401'

/** The outer layers of a TimeStampToken over bytes: RFC 3161 §2.4.2 as far as structure goes, signed by nobody. */
export function timeStampToken(stamped: Uint8Array, genTime: number, digest = SM3_DIGEST): Uint8Array {
  const imprint = encodeSequence(bareAlgorithm(digest).encoded, encodeOctetString(sm3(stamped)))
  const tstInfo = encodeSequence(
    encodeInteger(1),
    encodeObjectIdentifier('1.2.3.4'),
    imprint,
    encodeInteger(1),
    encodeGeneralizedTime(genTime),
  )
  const content = encodeSequence(
    encodeObjectIdentifier('1.2.840.113549.1.9.16.1.4'),
    encodeExplicit(0, encodeOctetString(tstInfo)),
  )
  const signedData = encodeSequence(encodeInteger(3), encodeSetOf(bareAlgorithm(digest).encoded), content, encodeSetOf())
  return encodeSequence(encodeObjectIdentifier('1.2.840.113549.1.7.2'), encodeExplicit(0, signedData))
}
