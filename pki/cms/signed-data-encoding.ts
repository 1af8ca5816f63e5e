import { bareAlgorithm } from '../algorithm.ts'
import { TAG } from '../der/tag.ts'
import {
  encodeElement,
  encodeExplicit,
  encodeInteger,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeSetOf,
} from '../der/writer.ts'
import { SM2_WITH_SM3 } from '../signature-algorithms.ts'
import type { Signer } from '../signer.ts'
import { type Certificate, decodeCertificate } from '../x509/certificate.ts'
import { encodeAttributes, underImplicitTag } from './attributes.ts'
import { digestFor, messageDigest, SM2_SIGNATURE } from './cms-algorithms.ts'
import { type CmsStandard, DATA, SIGNED_DATA } from './content-types.ts'

/** How to write signed data. */
export interface SignedDataOptions {
  /** Leaves the content out. */
  readonly detached?: boolean
  /** Certificates, DER, embedded after the signer's own. */
  readonly certificates?: readonly Uint8Array[]
  /** UTC milliseconds, the signer's claim; left out: no claim. */
  readonly signingTime?: number
  /** Signs the content itself and not attributes with its digest; the signing time is then left out. */
  readonly withoutAttributes?: boolean
  /** GB/T 35275 for SM2 signers, RFC 5652 for others, unless told otherwise. */
  readonly standard?: CmsStandard
  /** OID of the content's type; plain data unless told otherwise. */
  readonly contentType?: string
}

/**
 * Writes ContentInfo with SignedData of one signer (GB/T 35275-2017 clause 8, RFC 5652 §5), with the signer's certificate embedded.
 * Rejects with what the signer rejects with. @throws PkiError ALGORITHM if no digest goes with the signer's algorithm
 */
export async function encodeSignedData(
  content: Uint8Array,
  signer: Signer,
  options: SignedDataOptions = {},
): Promise<Uint8Array> {
  const standard = options.standard ?? (signer.algorithm === SM2_WITH_SM3 ? 'GB/T 35275' : 'RFC 5652')
  const contentType = options.contentType ?? DATA[standard]
  const digestAlgorithm = bareAlgorithm(digestFor(signer.algorithm))
  const attributes = options.withoutAttributes
    ? null
    : encodeAttributes(contentType, messageDigest(digestAlgorithm, content), options.signingTime)
  const signature = await signer.sign(attributes ?? content)
  const signerInfo = encodeSequence(
    encodeInteger(1),
    encodeIdentifier(decodeCertificate(signer.certificate)),
    digestAlgorithm.encoded,
    ...(attributes ? [underImplicitTag(attributes)] : []),
    bareAlgorithm(namedAlgorithm(signer.algorithm, standard)).encoded,
    encodeOctetString(signature),
  )
  const signedData = encodeSequence(
    encodeInteger(contentType === DATA[standard] ? 1 : 3), // RFC 5652 §5.1
    encodeSetOf(digestAlgorithm.encoded),
    encodeSequence(
      encodeObjectIdentifier(contentType),
      ...(options.detached ? [] : [encodeExplicit(0, encodeOctetString(content))]),
    ),
    underImplicitTag(encodeSetOf(signer.certificate, ...(options.certificates ?? []))),
    encodeSetOf(signerInfo),
  )
  return encodeSequence(encodeObjectIdentifier(SIGNED_DATA[standard]), encodeExplicit(0, signedData))
}

/** GB/T 35275 names the SM2 signature; everyone else the algorithm with its digest. */
function namedAlgorithm(algorithm: string, standard: CmsStandard): string {
  return algorithm === SM2_WITH_SM3 && standard === 'GB/T 35275' ? SM2_SIGNATURE : algorithm
}

/** IssuerAndSerialNumber, RFC 5652 §10.2.4. */
function encodeIdentifier({ issuer, serialNumber }: Certificate): Uint8Array {
  return encodeSequence(issuer.encoded, encodeElement(TAG.INTEGER, Buffer.from(serialNumber, 'hex')))
}
