import { bareAlgorithm } from '../../../pki/algorithm.ts'
import { underImplicitTag } from '../../../pki/cms/attributes.ts'
import { DATA, SIGNED_DATA } from '../../../pki/cms/content-types.ts'
import { openDer } from '../../../pki/der/reader.ts'
import { TAG } from '../../../pki/der/tag.ts'
import {
  encodeElement,
  encodeExplicit,
  encodeInteger,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
} from '../../../pki/der/writer.ts'
import type { Signer } from '../../../pki/signer.ts'
import { decodeCertificate } from '../../../pki/x509/certificate.ts'

const SM3 = '1.2.156.10197.1.401'

/** What signed data is put together from, encoded. */
export interface SignedDataParts {
  /** Null: detached. */
  readonly content: Uint8Array | null
  readonly signerInfos: readonly Uint8Array[]
  readonly certificates: readonly Uint8Array[]
  /** OID of the content's type; plain data unless told otherwise. */
  readonly contentType?: string
}

/** Puts signed data of GB/T 35275 together from any parts, right or wrong. */
export function assemble({ content, signerInfos, certificates, contentType = DATA['GB/T 35275'] }: SignedDataParts): Uint8Array {
  const signedData = encodeSequence(
    encodeInteger(1),
    encodeSetOf(bareAlgorithm(SM3).encoded),
    encodeSequence(encodeObjectIdentifier(contentType), ...(content ? [encodeExplicit(0, encodeOctetString(content))] : [])),
    encodeElement(0xa0, ...certificates),
    encodeElement(TAG.SET, ...signerInfos),
  )
  return encodeSequence(encodeObjectIdentifier(SIGNED_DATA['GB/T 35275']), encodeExplicit(0, signedData))
}

/** One SignerInfo to be written, proper unless told otherwise. */
export interface SignerInfoParts {
  readonly attributes?: readonly Uint8Array[]
  readonly digestOid?: string
  readonly signatureOid?: string
  /** Encoded name. */
  readonly issuer?: Uint8Array
  /** Names the signer in place of issuer and serial number. */
  readonly keyIdentifier?: Uint8Array
  /** How the value is written. */
  readonly written?: (signature: Uint8Array) => Uint8Array
}

/** A SignerInfo over the attributes, or over a message where there are none. */
export async function signerInfo(message: Uint8Array, signer: Signer, parts: SignerInfoParts): Promise<Uint8Array> {
  const { attributes, digestOid = SM3, signatureOid = '1.2.156.10197.1.301.1', written = (value) => value } = parts
  const set = attributes ? encodeSetOf(...attributes) : null
  const { issuer, serialNumber } = decodeCertificate(signer.certificate)
  return encodeSequence(
    encodeInteger(1),
    parts.keyIdentifier
      ? encodeElement(0x80, parts.keyIdentifier)
      : encodeSequence(parts.issuer ?? issuer.encoded, encodeInteger(BigInt(`0x${serialNumber}`))),
    bareAlgorithm(digestOid).encoded,
    ...(set ? [underImplicitTag(set)] : []),
    bareAlgorithm(signatureOid).encoded,
    encodeOctetString(written(await signer.sign(set ?? message))),
  )
}

/** The encoded SignerInfos of signed data with embedded certificates. */
export function signerInfosOf(der: Uint8Array): readonly Uint8Array[] {
  const contentInfo = openDer(der).sequence()
  contentInfo.oid()
  const fields = contentInfo.constructed(0xa0).sequence()
  fields.integer()
  fields.set()
  fields.sequence()
  fields.constructed(0xa0)
  const set = fields.set()
  const infos: Uint8Array[] = []
  while (!set.isEmpty()) infos.push(set.any().encoded)
  return infos
}

/** The attribute of one value. */
export function attribute(type: string, value: Uint8Array): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(type), encodeSetOf(value))
}
