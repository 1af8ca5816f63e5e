import type { DerPart, DerReader } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'

/** Extensions of RFC 5280 §4.2, §5.2 and §5.3 by name. */
export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const

/** Extension, RFC 5280 4.1.2.9: what stands in `value` is read when asked for. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
}

/** As read: the view of the value is made when it is looked at. */
class DecodedExtension implements Extension {
  readonly oid: string
  readonly critical: boolean
  readonly #value: DerPart

  constructor(oid: string, critical: boolean, value: DerPart) {
    this.oid = oid
    this.critical = critical
    this.#value = value
  }

  get value(): Uint8Array {
    return this.#value.bytes
  }
}

/** Extensions by their OID, in encoding order. */
export type ExtensionMap = ReadonlyMap<string, Extension>

const MAXIMUM_EXTENSIONS = 128

/**
 * Reads Extensions: at least one, none twice.
 * @throws PkiError DER (`critical FALSE` written out), STRUCTURE (none, or one twice), TOO_LARGE (over 128)
 */
export function decodeExtensions(reader: DerReader): ExtensionMap {
  const list = reader.sequence()
  const extensions = new Map<string, Extension>()
  do {
    const extension = decodeExtension(list.sequence())
    if (extensions.has(extension.oid)) throw new PkiError('STRUCTURE', `extension ${extension.oid} twice`)
    if (extensions.size === MAXIMUM_EXTENSIONS) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_EXTENSIONS} extensions`)
    extensions.set(extension.oid, extension)
  } while (!list.isEmpty())
  return extensions
}

function decodeExtension(fields: DerReader): Extension {
  const oid = fields.oid()
  const critical = fields.peek() === TAG.BOOLEAN && decodeCritical(fields)
  const value = fields.part(TAG.OCTET_STRING)
  fields.end()
  return new DecodedExtension(oid, critical, value)
}

/** X.690 §11.5: a DEFAULT value is not encoded. */
function decodeCritical(fields: DerReader): boolean {
  if (!fields.boolean()) throw new PkiError('DER', 'DEFAULT FALSE written out')
  return true
}
