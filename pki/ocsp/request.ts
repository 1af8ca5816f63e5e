import { encodeExplicit, encodeObjectIdentifier, encodeOctetString, encodeSequence } from '../der/writer.ts'
import type { Certificate } from '../x509/certificate.ts'
import { encodeCertId } from './cert-id.ts'

/** id-pkix-ocsp-nonce, RFC 8954 §2.1. */
export const OCSP_NONCE = '1.3.6.1.5.5.7.48.1.2'

export interface OcspQuestion {
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** 1 to 32 random octets, RFC 8954 §2.1. */
  readonly nonce?: Uint8Array
  /** Dotted OID of the CertID's hash, SHA-1 by default. */
  readonly hash?: string
}

/** OCSPRequest for one certificate, RFC 6960 §4.1, unsigned. Returns DER. */
export function encodeOcspRequest({ certificate, issuer, nonce, hash }: OcspQuestion): Uint8Array {
  const requestList = encodeSequence(encodeSequence(encodeCertId(certificate, issuer, hash)))
  const extensions = nonce ? [encodeExplicit(2, encodeSequence(nonceExtension(nonce)))] : []
  return encodeSequence(encodeSequence(requestList, ...extensions))
}

/** The extension with which a request asks for a fresh answer and a response proves to be one. */
export function nonceExtension(nonce: Uint8Array): Uint8Array {
  return encodeSequence(encodeObjectIdentifier(OCSP_NONCE), encodeOctetString(nonceValue(nonce)))
}

/** The DER that stands in extnValue: an OCTET STRING inside the OCTET STRING. */
export function nonceValue(nonce: Uint8Array): Uint8Array {
  return encodeOctetString(nonce)
}
