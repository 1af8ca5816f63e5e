import { createHash } from 'node:crypto'
import { PkiError } from '../error.ts'
import { verifySignature } from '../signature.ts'
import { decodeSpki } from '../spki.ts'
import { type Certificate, decodeCertificate } from '../x509/certificate.ts'
import { EXTENSION } from '../x509/extension.ts'
import { namesEqual } from '../x509/name-matching.ts'
import type { BasicOcspResponse, ResponderId } from './response.ts'

/** id-kp-OCSPSigning, RFC 6960 4.2.2.2. */
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'
/** id-pkix-ocsp-nocheck, RFC 6960 4.2.2.2.1. */
const NO_CHECK = '1.3.6.1.5.5.7.48.1.5'
const UNDERSTOOD: ReadonlySet<string> = new Set([
  EXTENSION.keyUsage,
  EXTENSION.extKeyUsage,
  EXTENSION.basicConstraints,
  EXTENSION.authorityKeyIdentifier,
  EXTENSION.subjectKeyIdentifier,
  NO_CHECK,
])

export interface Responder {
  readonly certificate: Certificate
  /** The same certificate where the issuer delegated to it; null when it is the issuer. */
  readonly delegate: Certificate | null
  /** Whether somebody still has to see that the delegate is not revoked. */
  readonly unchecked: boolean
}

/**
 * Who may have signed a response (RFC 6960 4.2.2.2): the issuer of the certificate, or a certificate that came along, issued
 * directly by that issuer for OCSP signing and valid when the response was made. Null when there is nobody.
 */
export function findResponder(basic: BasicOcspResponse, issuer: Certificate): Responder | null {
  if (isNamedBy(basic.responderId, issuer)) return { certificate: issuer, delegate: null, unchecked: false }
  for (const der of basic.certificates) {
    const delegate = readDelegate(der, issuer, basic)
    if (delegate) return { certificate: delegate, delegate, unchecked: !delegate.extensions.all.has(NO_CHECK) }
  }
  return null
}

function isNamedBy(id: ResponderId, certificate: Certificate): boolean {
  if ('name' in id) return namesEqual(id.name, certificate.subject)
  const keyHash = createHash('sha1').update(decodeSpki(certificate.spki).publicKey).digest()
  return Buffer.compare(id.keyHash, keyHash) === 0
}

function readDelegate(der: Uint8Array, issuer: Certificate, basic: BasicOcspResponse): Certificate | null {
  try {
    const certificate = decodeCertificate(der)
    return isNamedBy(basic.responderId, certificate) && isDelegate(certificate, issuer, basic.producedAt) ? certificate : null
  } catch (error) {
    if (error instanceof PkiError) return null // what cannot be read or verified is nobody's delegate
    throw error
  }
}

/** @throws PkiError for an extension, key or algorithm that cannot be used */
function isDelegate(certificate: Certificate, issuer: Certificate, at: number): boolean {
  const { validity, extensions, signatureAlgorithm, tbs, signature } = certificate
  return (
    namesEqual(certificate.issuer, issuer.subject) &&
    validity.notBefore <= at &&
    at <= validity.notAfter &&
    (extensions.extKeyUsage?.has(OCSP_SIGNING) ?? false) &&
    (extensions.keyUsage?.has('digitalSignature') ?? true) &&
    [...extensions.all.values()].every(({ critical, oid }) => !critical || UNDERSTOOD.has(oid)) &&
    verifySignature(signatureAlgorithm, issuer.spki, tbs, signature)
  )
}
