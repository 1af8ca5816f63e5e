import { createHash } from 'node:crypto'
import { bareAlgorithm } from '../../pki/algorithm.ts'
import { CONTENT_TYPE, MESSAGE_DIGEST, underImplicitTag } from '../../pki/cms/attributes.ts'
import { digestFor, messageDigest, SM3_DIGEST } from '../../pki/cms/cms-algorithms.ts'
import { type CmsStandard, SIGNED_DATA } from '../../pki/cms/content-types.ts'
import { TAG } from '../../pki/der/tag.ts'
import {
  encodeElement,
  encodeExplicit,
  encodeGeneralizedTime,
  encodeInteger,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
} from '../../pki/der/writer.ts'
import { signMessage } from '../../pki/sign.ts'
import { TST_INFO } from '../../pki/timestamp/tst-info.ts'
import { decodeCertificate } from '../../pki/x509/certificate.ts'
import type { TestParty } from './pki.ts'

/** A token to make, proper or odd. */
export interface TestTokenOptions {
  readonly stamped: Uint8Array
  readonly authority: TestParty
  /** UTC milliseconds. */
  readonly genTime: number
  /** OID of the imprint's digest, SM3 by default. */
  readonly digest?: string
  readonly standard?: CmsStandard
  /** Which certificate the signer names as its own: the authority's by default, none when null. */
  readonly named?: Uint8Array | null
  /** SHA-256 goes without saying; SM3 is said. */
  readonly namedBy?: 'SHA-1' | 'SHA-256' | 'SM3'
  /** Which it names by SHA-256 in a second attribute; none when null or left out. */
  readonly alsoNamed?: Uint8Array | null
  readonly certificates?: readonly Uint8Array[]
  /** Encoded fields after genTime. */
  readonly tail?: readonly Uint8Array[]
}

/** A time-stamp token as DER. */
export function testTimeStampToken(options: TestTokenOptions): Uint8Array {
  const { authority, standard = 'RFC 5652', digest = SM3_DIGEST } = options
  const imprint = bareAlgorithm(digest)
  const content = encodeSequence(
    encodeInteger(1),
    encodeObjectIdentifier('1.2.3.4.1'),
    encodeSequence(imprint.encoded, encodeOctetString(messageDigest(imprint, options.stamped))),
    encodeInteger(4711),
    encodeGeneralizedTime(options.genTime),
    ...(options.tail ?? []),
  )
  const signed = bareAlgorithm(digestFor(authority.signer.algorithm))
  const attributes = encodeSetOf(
    attribute(CONTENT_TYPE, encodeObjectIdentifier(TST_INFO)),
    attribute(MESSAGE_DIGEST, encodeOctetString(messageDigest(signed, content))),
    ...namingAttributes(options),
  )
  const { issuer, serialNumber } = decodeCertificate(authority.certificate)
  const signerInfo = encodeSequence(
    encodeInteger(1),
    encodeSequence(issuer.encoded, encodeElement(TAG.INTEGER, Buffer.from(serialNumber, 'hex'))),
    signed.encoded,
    underImplicitTag(attributes),
    bareAlgorithm(authority.signer.algorithm).encoded,
    encodeOctetString(signMessage(authority.privateKey, attributes)),
  )
  const signedData = encodeSequence(
    encodeInteger(3),
    encodeSetOf(signed.encoded),
    encodeSequence(encodeObjectIdentifier(TST_INFO), encodeExplicit(0, encodeOctetString(content))),
    underImplicitTag(encodeSetOf(...(options.certificates ?? [authority.certificate]))),
    encodeSetOf(signerInfo),
  )
  return encodeSequence(encodeObjectIdentifier(SIGNED_DATA[standard]), encodeExplicit(0, signedData))
}

function namingAttributes({
  authority,
  named = authority.certificate,
  namedBy = 'SHA-256',
  alsoNamed = null,
}: TestTokenOptions): Uint8Array[] {
  return [
    ...(named === null ? [] : [namingAttribute(named, namedBy)]),
    ...(alsoNamed === null ? [] : [namingAttribute(alsoNamed, 'SHA-256')]),
  ]
}

function namingAttribute(named: Uint8Array, by: NonNullable<TestTokenOptions['namedBy']>): Uint8Array {
  const hash = createHash(by.replace('-', '').toLowerCase()).update(named).digest()
  const type = by === 'SHA-1' ? '1.2.840.113549.1.9.16.2.12' : '1.2.840.113549.1.9.16.2.47'
  const algorithm = by === 'SM3' ? [bareAlgorithm(SM3_DIGEST).encoded] : []
  return attribute(type, encodeSequence(encodeSequence(encodeSequence(...algorithm, encodeOctetString(hash)))))
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(type), encodeSetOf(value))
}
