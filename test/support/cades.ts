import { createHash } from 'node:crypto'
import { bareAlgorithm } from '../../pki/algorithm.ts'
import { CONTENT_TYPE, MESSAGE_DIGEST, underImplicitTag } from '../../pki/cms/attributes.ts'
import { digestFor, messageDigest } from '../../pki/cms/cms-algorithms.ts'
import { DATA, SIGNED_DATA } from '../../pki/cms/content-types.ts'
import { TAG } from '../../pki/der/tag.ts'
import {
  encodeElement,
  encodeExplicit,
  encodeInteger,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
} from '../../pki/der/writer.ts'
import type { Signer } from '../../pki/signer.ts'
import { SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2 } from '../../pki/timestamp/signing-certificate.ts'
import { decodeCertificate } from '../../pki/x509/certificate.ts'

/** What a CAdES signature says, proper or odd. */
export interface CadesOptions {
  /** The certificate the signer names as its own; its own unless told otherwise. */
  readonly named?: Uint8Array
  readonly namedBy?: 'SHA-1' | 'SHA-256'
  /** Unsigned attributes of each signer, encoded, over its value. */
  readonly unsigned?: (signature: Uint8Array) => Uint8Array
  /** How many times the one SignerInfo stands there. */
  readonly signers?: number
}

/** A detached CMS signature whose signed attributes name a certificate (ETSI EN 319 122-1 5.2.2). */
export async function cadesSignature(content: Uint8Array, signer: Signer, options: CadesOptions = {}): Promise<Uint8Array> {
  const digest = bareAlgorithm(digestFor(signer.algorithm))
  const attributes = encodeSetOf(
    attribute(CONTENT_TYPE, encodeObjectIdentifier(DATA['RFC 5652'])),
    attribute(MESSAGE_DIGEST, encodeOctetString(messageDigest(digest, content))),
    naming(options.named ?? signer.certificate, options.namedBy ?? 'SHA-256'),
  )
  const signature = await signer.sign(attributes)
  const { issuer, serialNumber } = decodeCertificate(signer.certificate)
  const unsigned = options.unsigned?.(signature)
  const signerInfo = encodeSequence(
    encodeInteger(1),
    encodeSequence(issuer.encoded, encodeElement(TAG.INTEGER, Buffer.from(serialNumber, 'hex'))),
    digest.encoded,
    underImplicitTag(attributes),
    bareAlgorithm(signer.algorithm).encoded,
    encodeOctetString(signature),
    ...(unsigned ? [encodeElement(0xa1, unsigned)] : []),
  )
  const signedData = encodeSequence(
    encodeInteger(1),
    encodeSetOf(digest.encoded),
    encodeSequence(encodeObjectIdentifier(DATA['RFC 5652'])),
    underImplicitTag(encodeSetOf(signer.certificate)),
    encodeSetOf(...Array.from({ length: options.signers ?? 1 }, () => signerInfo)),
  )
  return encodeSequence(encodeObjectIdentifier(SIGNED_DATA['RFC 5652']), encodeExplicit(0, signedData))
}

/** One attribute with one value. */
export function attribute(type: string, value: Uint8Array): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(type), encodeSetOf(value))
}

function naming(certificate: Uint8Array, by: 'SHA-1' | 'SHA-256'): Uint8Array {
  const hash = createHash(by === 'SHA-1' ? 'sha1' : 'sha256')
    .update(certificate)
    .digest()
  const value = encodeSequence(encodeSequence(encodeSequence(encodeOctetString(hash))))
  return attribute(by === 'SHA-1' ? SIGNING_CERTIFICATE : SIGNING_CERTIFICATE_V2, value)
}
