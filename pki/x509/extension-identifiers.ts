import { openDer } from '../der/reader.ts'
import { contextConstructed, contextPrimitive } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { decodeGeneralNames, type GeneralName } from './general-name.ts'

/** AuthorityKeyIdentifier, RFC 5280 4.2.1.1. */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | null
  readonly issuer: readonly GeneralName[] | null
  /** Lower-case hex of the INTEGER's content octets. */
  readonly serialNumber: string | null
}

/** AccessDescription, RFC 5280 4.2.2.1. */
export interface AccessDescription {
  readonly method: string
  readonly location: GeneralName
}

/** Reads an AuthorityKeyIdentifier; issuer and serial number come together or not at all. */
export function decodeAuthorityKeyIdentifier(value: Uint8Array): AuthorityKeyIdentifier {
  const reader = openDer(value)
  const fields = reader.sequence()
  reader.end()
  const keyIdentifier = fields.peek() === contextPrimitive(0) ? fields.primitive(contextPrimitive(0)) : null
  const names = fields.optional(contextConstructed(1))
  const issuer = names ? decodeGeneralNames(names) : null
  const serial = fields.peek() === contextPrimitive(2) ? fields.primitive(contextPrimitive(2)) : null
  fields.end()
  if ((issuer === null) !== (serial === null)) throw new PkiError('STRUCTURE', 'authority issuer and serial number come together')
  return { keyIdentifier, issuer, serialNumber: serial && Buffer.from(serial).toString('hex') }
}

/** SubjectKeyIdentifier, RFC 5280 4.2.1.2. */
export function decodeSubjectKeyIdentifier(value: Uint8Array): Uint8Array {
  const reader = openDer(value)
  const identifier = reader.octetString()
  reader.end()
  return identifier
}

/** SubjectAltName or IssuerAltName, RFC 5280 4.2.1.6: at least one name. */
export function decodeAltName(value: Uint8Array): readonly GeneralName[] {
  const reader = openDer(value)
  const names = decodeGeneralNames(reader.sequence())
  reader.end()
  return names
}

/** AuthorityInfoAccess, RFC 5280 4.2.2.1: at least one description. */
export function decodeInfoAccess(value: Uint8Array): readonly AccessDescription[] {
  const reader = openDer(value)
  const list = reader.sequence()
  reader.end()
  const descriptions: AccessDescription[] = []
  do {
    const fields = list.sequence()
    const method = fields.oid()
    const [location] = decodeGeneralNames(fields)
    if (!location || !fields.isEmpty()) throw new PkiError('STRUCTURE', 'an access description has one location')
    descriptions.push({ method, location })
  } while (!list.isEmpty())
  return descriptions
}
