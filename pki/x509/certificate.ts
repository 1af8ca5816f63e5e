import { hash } from 'node:crypto'
import { type AlgorithmIdentifier, decodeAlgorithmIdentifier, sameAlgorithm } from '../algorithm.ts'
import { type DerReader, openDer } from '../der/reader.ts'
import { contextConstructed, contextPrimitive } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { CertificateExtensions } from './certificate-extensions.ts'
import { decodeExtensions } from './extension.ts'
import { decodeName, isEmptyName, type Name } from './name.ts'
import { decodeValidity, type Validity } from './validity.ts'

/**
 * Rules of RFC 5280 §4.1 that real certificates break without becoming unreadable. The decoder names them; whether they
 * are borne with is for path validation to say.
 */
export type CertificateDefect =
  | 'SERIAL_NUMBER' // not positive, or over 20 octets (4.1.2.2)
  | 'VALIDITY_TYPE' // GeneralizedTime before 2050, or with a fraction (4.1.2.5)
  | 'VALIDITY_ORDER' // ends before it begins (4.1.2.5)
  | 'EMPTY_ISSUER' // 4.1.2.4

/** Certificate, RFC 5280 §4.1, as received. */
export interface Certificate {
  readonly encoded: Uint8Array
  /** TBSCertificate as received: what the signature covers. */
  readonly tbs: Uint8Array
  readonly version: 1 | 2 | 3
  /** Lower-case hex of the INTEGER's content octets. */
  readonly serialNumber: string
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly issuer: Name
  /** UTC milliseconds, both ends included. */
  readonly validity: Validity
  readonly subject: Name
  /** SubjectPublicKeyInfo as received. */
  readonly spki: Uint8Array
  readonly extensions: CertificateExtensions
  readonly signature: Uint8Array
  readonly defects: readonly CertificateDefect[]
}

const MAXIMUM_BYTES = 64 * 1024
const MAXIMUM_SERIAL_OCTETS = 20

/**
 * Reads one X.509 certificate in strict DER. Extensions are walked, and read when asked for.
 * @throws PkiError DER, STRUCTURE (also: inner and outer algorithm differ, an extension twice, extensions below version 3),
 *   TOO_DEEP, TOO_LARGE (over 64 KiB)
 */
export function decodeCertificate(der: Uint8Array): Certificate {
  if (der.length > MAXIMUM_BYTES) throw new PkiError('TOO_LARGE', `certificate over ${MAXIMUM_BYTES} bytes`)
  const bytes = new Uint8Array(der.buffer, der.byteOffset, der.length) // views of a Buffer cost twice as much
  const reader = openDer(bytes)
  const outer = reader.sequence()
  reader.end()
  const fields = outer.sequence()
  const signatureAlgorithm = decodeAlgorithmIdentifier(outer)
  const signature = outer.bitStringBytes()
  outer.end()
  return decodeTbs(fields, { encoded: bytes, signatureAlgorithm, signature })
}

type Outer = Pick<Certificate, 'encoded' | 'signatureAlgorithm' | 'signature'>

/** TBSCertificate, RFC 5280 4.1.2. */
function decodeTbs(fields: DerReader, { encoded, signatureAlgorithm, signature }: Outer): Certificate {
  const version = decodeVersion(fields.optional(contextConstructed(0)))
  const serial = fields.integerBytes()
  if (!sameAlgorithm(decodeAlgorithmIdentifier(fields), signatureAlgorithm))
    throw new PkiError('STRUCTURE', 'the signed algorithm is not the one beside the signature')
  const issuer = decodeName(fields)
  const validity = decodeValidity(fields)
  const subject = decodeName(fields)
  const spki = fields.sequence().encoded
  skipUniqueIdentifiers(fields, version)
  const extensions = decodeExtensionsField(fields.optional(contextConstructed(3)), version)
  fields.end()
  const defects: CertificateDefect[] = []
  if ((serial[0] ?? 0) >= 0x80 || serial.length > MAXIMUM_SERIAL_OCTETS || (serial.length === 1 && serial[0] === 0))
    defects.push('SERIAL_NUMBER')
  if (!validity.wellTyped) defects.push('VALIDITY_TYPE')
  if (validity.notAfter < validity.notBefore) defects.push('VALIDITY_ORDER')
  if (isEmptyName(issuer)) defects.push('EMPTY_ISSUER')
  const serialNumber = Buffer.from(serial.buffer, serial.byteOffset, serial.length).toString('hex')
  const tbs = fields.encoded
  return {
    encoded,
    tbs,
    version,
    serialNumber,
    signatureAlgorithm,
    issuer,
    validity,
    subject,
    spki,
    extensions,
    signature,
    defects,
  }
}

/** Version, RFC 5280 4.1.2.1: version 1 is the DEFAULT and not written out. */
function decodeVersion(wrapper: DerReader | null): 1 | 2 | 3 {
  if (wrapper === null) return 1
  const version = wrapper.integer()
  wrapper.end()
  if (version !== 1 && version !== 2) throw new PkiError('STRUCTURE', `no such version: ${version}`)
  return version === 1 ? 2 : 3
}

/** RFC 5280 4.1.2.8: never used, still read. */
function skipUniqueIdentifiers(fields: DerReader, version: number): void {
  for (const tag of [contextPrimitive(1), contextPrimitive(2)]) {
    if (fields.peek() !== tag) continue
    if (version === 1) throw new PkiError('STRUCTURE', 'unique identifier in version 1')
    fields.primitive(tag)
  }
}

function decodeExtensionsField(wrapper: DerReader | null, version: number): CertificateExtensions {
  if (wrapper === null) return new CertificateExtensions(new Map())
  if (version !== 3) throw new PkiError('STRUCTURE', 'extensions below version 3')
  const extensions = new CertificateExtensions(decodeExtensions(wrapper))
  wrapper.end()
  return extensions
}

/** Lower-case hex SHA-256 over the DER. */
export function fingerprintOf(der: Uint8Array): string {
  return hash('sha256', der, 'hex')
}
