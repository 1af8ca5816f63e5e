import { createHash } from 'node:crypto'
import { type AlgorithmIdentifier, algorithmWithNull, decodeAlgorithmIdentifier } from '../algorithm.ts'
import type { DerReader } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { encodeElement, encodeOctetString, encodeSequence } from '../der/writer.ts'
import { decodeSpki } from '../spki.ts'
import type { Certificate } from '../x509/certificate.ts'

/** Hashes a CertID may name its issuer with. They only identify: what counts is the signature over the answer. */
const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '1.2.156.10197.1.401': 'sm3',
}

/** CertID, RFC 6960 4.1.1: the certificate asked about. */
export interface CertId {
  readonly hashAlgorithm: AlgorithmIdentifier
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  /** Lower-case hex of the INTEGER's content octets. */
  readonly serialNumber: string
}

/** What of a certificate a CertID names: its number under its issuer's name. */
export type CertIdSubject = Pick<Certificate, 'serialNumber' | 'issuer'>

/** Reads one CertID. @throws PkiError DER, STRUCTURE */
export function decodeCertId(reader: DerReader): CertId {
  const fields = reader.sequence()
  const certId = {
    hashAlgorithm: decodeAlgorithmIdentifier(fields),
    issuerNameHash: fields.octetString(),
    issuerKeyHash: fields.octetString(),
    serialNumber: Buffer.from(fields.integerBytes()).toString('hex'),
  }
  fields.end()
  return certId
}

/**
 * Writes the CertID of a certificate under its issuer.
 * @param hash dotted OID of SHA-1 (what every responder knows, and the default), SHA-256 or SM3
 */
export function encodeCertId(certificate: CertIdSubject, issuer: Certificate, hash = '1.3.14.3.2.26'): Uint8Array {
  const name = HASHES[hash] ?? 'sha1'
  return encodeSequence(
    algorithmWithNull(hash).encoded,
    encodeOctetString(digest(name, certificate.issuer.encoded)),
    encodeOctetString(digest(name, decodeSpki(issuer.spki).publicKey)),
    encodeElement(TAG.INTEGER, Buffer.from(certificate.serialNumber, 'hex')),
  )
}

/** Whether a CertID names this certificate under this issuer's name and key. False for a hash nobody here knows. */
export function isCertIdOf(certId: CertId, certificate: CertIdSubject, issuer: Certificate): boolean {
  const hash = HASHES[certId.hashAlgorithm.oid]
  if (!hash || certId.serialNumber !== certificate.serialNumber) return false
  return (
    Buffer.compare(certId.issuerNameHash, digest(hash, certificate.issuer.encoded)) === 0 &&
    Buffer.compare(certId.issuerKeyHash, digest(hash, decodeSpki(issuer.spki).publicKey)) === 0
  )
}

function digest(hash: string, bytes: Uint8Array): Uint8Array {
  return createHash(hash).update(bytes).digest()
}
