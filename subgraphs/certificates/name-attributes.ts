import { ATTRIBUTE_TYPES, attributeText, EMAIL_ADDRESS, type Name } from '../../pki/x509/name.ts'

/** `NameAttribute` of the graph. */
export interface NameAttributeField {
  readonly oid: string
  /** A keyword of RFC 4514 or X.520; null for a type without one. */
  readonly type: string | null
  /** Null when the value is no readable text. */
  readonly value: string | null
}

const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(ATTRIBUTE_TYPES).map(([keyword, oid]) => [oid, keyword] as const),
  [EMAIL_ADDRESS, 'emailAddress'],
  ['2.5.4.4', 'surname'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.12', 'title'],
  ['2.5.4.42', 'givenName'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
])

/** A name in full, attribute by attribute, in encoding order. */
export function nameAttributes(name: Name): readonly NameAttributeField[] {
  return name.relativeNames.flat().map((attribute) => ({
    oid: attribute.type,
    type: KEYWORDS.get(attribute.type) ?? null,
    value: attributeText(attribute),
  }))
}
