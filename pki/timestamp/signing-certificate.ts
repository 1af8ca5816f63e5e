import { createHash } from 'node:crypto'
import { decodeAlgorithmIdentifier } from '../algorithm.ts'
import { singleValue } from '../cms/attributes.ts'
import { messageDigest } from '../cms/cms-algorithms.ts'
import type { SignerInfo } from '../cms/signed-data.ts'
import type { DerReader } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'

/** RFC 2634 §5.4: names the signer's certificate by its SHA-1. */
export const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12'
/** RFC 5035 §3: by a digest of choice, SHA-256 where none is named. */
export const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47'

/**
 * Whether the signer itself, under its signature, names this certificate as its own (RFC 3161 §2.4.2, RFC 5816): without that,
 * another certificate of the same key could be passed off. Every attribute present must name it, and one must be.
 * @throws PkiError DER, STRUCTURE for a malformed attribute, ALGORITHM for a digest that is not accepted
 */
export function namesSigningCertificate({ signedAttributes }: SignerInfo, certificate: Uint8Array): boolean {
  if (!signedAttributes) return false
  const first = singleValue(signedAttributes, SIGNING_CERTIFICATE)
  const second = singleValue(signedAttributes, SIGNING_CERTIFICATE_V2)
  if (!first && !second) return false
  return (!first || namesBySha1(first, certificate)) && (!second || namesByDigest(second, certificate))
}

function namesBySha1(value: DerReader, certificate: Uint8Array): boolean {
  const hash = firstCertId(value).octetString()
  return Buffer.compare(hash, createHash('sha1').update(certificate).digest()) === 0
}

function namesByDigest(value: DerReader, certificate: Uint8Array): boolean {
  const certId = firstCertId(value)
  const algorithm = certId.peek() === TAG.SEQUENCE ? decodeAlgorithmIdentifier(certId) : null
  const digest = algorithm ? messageDigest(algorithm, certificate) : createHash('sha256').update(certificate).digest()
  return Buffer.compare(certId.octetString(), digest) === 0
}

/** The first of the certificate identifiers is the signer's own. */
function firstCertId(value: DerReader): DerReader {
  const fields = value.sequence()
  value.end()
  return fields.sequence().sequence()
}
