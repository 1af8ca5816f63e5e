import type { SignerInfo } from './signed-data.ts'

/** Why a signer's signature does not hold, or cannot be said to. */
export type SignerFailure =
  | 'CONTENT_MISSING' // detached, and no content was given
  | 'CONTENT_DIFFERS' // the content given is not the content that is embedded
  | 'CERTIFICATE_MISSING' // the signer's certificate is not among those at hand
  | 'ATTRIBUTES' // content type or message digest is missing, malformed or of another type
  | 'DIGEST_MISMATCH' // the content is not the one whose digest was signed
  | 'SIGNATURE' // the signature does not hold
  | 'ALGORITHM' // digest or signature algorithm is not accepted, or they disagree
  | 'KEY' // the certificate's key is no valid key

/** Departures from the standards that are met in real signatures and borne with. */
export type SignerQuirk =
  | 'CONTENT_TYPE_OF_OTHER_STANDARD' // the content says pkcs7-data, the attribute GB/T 35275 data, or the other way round
  | 'ATTRIBUTES_NOT_IN_DER_ORDER' // the signature covers them as they stand
  | 'CONTENT_IS_DIGEST' // the signed content is the SM3 digest of the content given
  | 'CONTENT_IS_DIGEST_IN_BASE64'
  | 'ATTRIBUTE_IS_DIGEST_OF_ORIGINAL' // the content is a digest, the attribute holds that very digest and not the digest of it
  | 'SIGNATURE_IS_RAW' // r‖s instead of DER
  | 'SIGNER_NAMED_OTHERWISE' // the issuer's name is encoded differently in certificate and SignerInfo
  | 'INDEFINITE_LENGTHS' // the outer layers are BER
  | 'WITHOUT_CONTENT_INFO' // SignedData without the ContentInfo around it

/** The result for one signer. Whether its certificate is to be trusted is not judged here. */
export interface SignerVerification {
  readonly signer: SignerInfo
  /** The certificate under whose key it was checked, DER; null where none was at hand or it never came to that. */
  readonly certificate: Uint8Array | null
  readonly holds: boolean
  /** Null exactly where it holds. */
  readonly failure: SignerFailure | null
  readonly quirks: readonly SignerQuirk[]
  /** What the signer claims, UTC milliseconds; null where it claims nothing, or where its digest does not match the content. */
  readonly signingTime: number | null
}
