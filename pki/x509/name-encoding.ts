import { encodeObjectIdentifier, encodePrintableString, encodeSequence, encodeSetOf, encodeUtf8String } from '../der/writer.ts'
import { ATTRIBUTE_TYPES } from './name.ts'

/** A name to write: attribute type (a keyword such as `CN`, or a dotted OID) and text, one relative name each, in encoding order. */
export type NameTemplate = readonly (readonly [type: string, value: string])[]

/** RFC 5280 appendix A: the country is a PrintableString, all else may be UTF8String. */
const COUNTRY = ATTRIBUTE_TYPES.C

/** Writes a Name, RFC 5280 §4.1.2.4. */
export function encodeName(template: NameTemplate): Uint8Array {
  return encodeSequence(...template.map(([type, value]) => encodeSetOf(encodeAttribute(oidOf(type), value))))
}

function encodeAttribute(oid: string, value: string): Uint8Array {
  const text = oid === COUNTRY ? encodePrintableString(value) : encodeUtf8String(value)
  return encodeSequence(encodeObjectIdentifier(oid), text)
}

function oidOf(type: string): string {
  return type in ATTRIBUTE_TYPES ? ATTRIBUTE_TYPES[type as keyof typeof ATTRIBUTE_TYPES] : type
}
