import type { KeyObject } from 'node:crypto'
import { spkiOf } from '../key.ts'
import type { KeyUsage } from './extension-constraints.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  crlDistributionPoints,
  type ExtensionTemplate,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
} from './extension-encoding.ts'
import { type CertificateFields, issueAny } from './issue-any.ts'
import { encodeName, type NameTemplate } from './name-encoding.ts'

/** What a certificate says; times are UTC milliseconds. */
export interface CertificateOptions {
  readonly subject: NameTemplate
  /** SubjectPublicKeyInfo of the subject, DER. */
  readonly spki: Uint8Array
  /** Positive, at most 20 octets (RFC 5280 4.1.2.2). */
  readonly serialNumber: bigint
  readonly notBefore: number
  readonly notAfter: number
  /** Left out: self-signed. An encoded Name is copied as it is. */
  readonly issuer?: NameTemplate | Uint8Array
  readonly issuerKey: KeyObject
  /** Left out: an end entity. */
  readonly ca?: { readonly pathLength?: number }
  /** By default keyCertSign and cRLSign for a CA, digitalSignature and nonRepudiation for an end entity. */
  readonly keyUsage?: readonly KeyUsage[]
  /** Purposes as dotted OIDs. */
  readonly extendedKeyUsage?: readonly string[]
  readonly crlUrls?: readonly string[]
  /** Written after the others. */
  readonly extensions?: readonly ExtensionTemplate[]
}

/**
 * Issues a version 3 certificate by the profile of RFC 5280 §4 and GB/T 20518. Returns DER.
 * @throws PkiError KEY, ALGORITHM for keys that are not accepted
 */
export function issueCertificate(options: CertificateOptions): Uint8Array {
  return issueAny(certificateFields(options))
}

/** The fields of a proper certificate, for tests that change one of them and hand the rest to `issueAny`. */
export function certificateFields(options: CertificateOptions): CertificateFields {
  const subject = encodeName(options.subject)
  const { issuer = subject } = options
  return {
    version: 2,
    serialNumber: options.serialNumber,
    issuer: issuer instanceof Uint8Array ? issuer : encodeName(issuer),
    subject,
    notBefore: options.notBefore,
    notAfter: options.notAfter,
    spki: options.spki,
    extensions: profileExtensions(options),
    issuerKey: options.issuerKey,
  }
}

function profileExtensions(options: CertificateOptions): readonly ExtensionTemplate[] {
  const isCa = options.ca !== undefined
  const usages = options.keyUsage ?? (isCa ? CA_USAGES : END_ENTITY_USAGES)
  return [
    authorityKeyIdentifier(spkiOf(options.issuerKey)),
    subjectKeyIdentifier(options.spki),
    basicConstraints(isCa, options.ca?.pathLength ?? null),
    keyUsage(...usages),
    ...(options.extendedKeyUsage ? [extendedKeyUsage(options.extendedKeyUsage)] : []),
    ...(options.crlUrls ? [crlDistributionPoints(options.crlUrls)] : []),
    ...(options.extensions ?? []),
  ]
}

const CA_USAGES: readonly KeyUsage[] = ['keyCertSign', 'cRLSign']
const END_ENTITY_USAGES: readonly KeyUsage[] = ['digitalSignature', 'nonRepudiation']
