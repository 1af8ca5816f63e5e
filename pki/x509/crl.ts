import { type AlgorithmIdentifier, decodeAlgorithmIdentifier, sameAlgorithm } from '../algorithm.ts'
import { type DerReader, openDer } from '../der/reader.ts'
import { contextConstructed, TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { CrlEntries } from './crl-entries.ts'
import { CrlExtensions } from './crl-extensions.ts'
import { decodeExtensions } from './extension.ts'
import { decodeName, type Name } from './name.ts'
import { decodeTime } from './validity.ts'

/** CertificateList, RFC 5280 §5.1, as received: complete, delta, or limited in scope by its extensions. */
export interface CertificateRevocationList {
  readonly encoded: Uint8Array
  /** TBSCertList as received: what the signature covers. */
  readonly tbs: Uint8Array
  readonly version: 1 | 2
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly issuer: Name
  /** UTC milliseconds. */
  readonly thisUpdate: number
  /** UTC milliseconds; null when the list names none, and then it never counts as current. */
  readonly nextUpdate: number | null
  readonly entries: CrlEntries
  readonly extensions: CrlExtensions
  readonly signature: Uint8Array
}

const MAXIMUM_BYTES = 64 * 1024 * 1024

/**
 * Reads one CRL in strict DER. Its entries are walked when first asked about, its extensions when asked for.
 * @throws PkiError DER, STRUCTURE (also: inner and outer algorithm differ, an extension twice, extensions in version 1),
 *   TOO_DEEP, TOO_LARGE (over 64 MiB)
 */
export function decodeCrl(der: Uint8Array): CertificateRevocationList {
  if (der.length > MAXIMUM_BYTES) throw new PkiError('TOO_LARGE', `CRL over ${MAXIMUM_BYTES} bytes`)
  const bytes = new Uint8Array(der.buffer, der.byteOffset, der.length) // views of a Buffer cost twice as much
  const reader = openDer(bytes)
  const outer = reader.sequence()
  reader.end()
  const fields = outer.sequence()
  const signatureAlgorithm = decodeAlgorithmIdentifier(outer)
  const signature = outer.bitStringBytes()
  outer.end()
  return { encoded: bytes, ...decodeTbs(fields, signatureAlgorithm), signature }
}

/** TBSCertList, RFC 5280 5.1.2. */
function decodeTbs(
  fields: DerReader,
  signatureAlgorithm: AlgorithmIdentifier,
): Omit<CertificateRevocationList, 'encoded' | 'signature'> {
  const version = decodeVersion(fields)
  if (!sameAlgorithm(decodeAlgorithmIdentifier(fields), signatureAlgorithm))
    throw new PkiError('STRUCTURE', 'the signed algorithm is not the one beside the signature')
  const issuer = decodeName(fields)
  const [thisUpdate] = decodeTime(fields)
  const nextUpdate = isTime(fields.peek()) ? decodeTime(fields)[0] : null
  const revoked = fields.peek() === TAG.SEQUENCE ? fields.any().encoded : null
  const extensions = decodeExtensionsField(fields.optional(contextConstructed(0)), version)
  fields.end()
  const entries = new CrlEntries(revoked, issuer, version)
  return { tbs: fields.encoded, version, signatureAlgorithm, issuer, thisUpdate, nextUpdate, entries, extensions }
}

/** Version, RFC 5280 5.1.2.1: absent means 1; 2 is written as 1. */
function decodeVersion(fields: DerReader): 1 | 2 {
  if (fields.peek() !== TAG.INTEGER) return 1
  if (fields.integer() !== 1) throw new PkiError('STRUCTURE', 'no such version of a CRL')
  return 2
}

function isTime(tag: number | null): boolean {
  return tag === TAG.UTC_TIME || tag === TAG.GENERALIZED_TIME
}

function decodeExtensionsField(wrapper: DerReader | null, version: number): CrlExtensions {
  if (wrapper === null) return new CrlExtensions(new Map())
  if (version !== 2) throw new PkiError('STRUCTURE', 'extensions in a version 1 CRL')
  const extensions = new CrlExtensions(decodeExtensions(wrapper))
  wrapper.end()
  return extensions
}
