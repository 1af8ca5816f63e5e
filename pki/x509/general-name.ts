import { decodeOid } from '../der/oid.ts'
import { type DerReader, decodeAscii } from '../der/reader.ts'
import { contextConstructed, contextPrimitive } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import { decodeName, type Name } from './name.ts'

/** GeneralName, RFC 5280 4.2.1.6. Forms nobody compares keep their bytes. */
export type GeneralName =
  | { readonly kind: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly text: string }
  | { readonly kind: 'directoryName'; readonly name: Name }
  | { readonly kind: 'iPAddress'; readonly address: Uint8Array }
  | { readonly kind: 'registeredID'; readonly oid: string }
  | { readonly kind: 'otherName' | 'x400Address' | 'ediPartyName'; readonly encoded: Uint8Array }

export type GeneralNameKind = GeneralName['kind']

const MAXIMUM_NAMES = 4096

/**
 * Reads GeneralNames from an opened SEQUENCE, at least one.
 * @throws PkiError DER, STRUCTURE, TOO_LARGE (over 4096)
 */
export function decodeGeneralNames(sequence: DerReader): readonly GeneralName[] {
  const names: GeneralName[] = []
  do {
    if (names.length === MAXIMUM_NAMES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_NAMES} general names`)
    names.push(decodeGeneralName(sequence))
  } while (!sequence.isEmpty())
  return names
}

/** Reads one GeneralName, whichever of the nine it is. */
export function decodeGeneralName(reader: DerReader): GeneralName {
  const tag = reader.peek()
  switch (tag) {
    case contextConstructed(0):
      return { kind: 'otherName', encoded: decodeOtherName(reader.constructed(tag)) }
    case contextPrimitive(1):
      return { kind: 'rfc822Name', text: decodeAscii(reader.primitive(tag)) }
    case contextPrimitive(2):
      return { kind: 'dNSName', text: decodeAscii(reader.primitive(tag)) }
    case contextConstructed(3):
      return { kind: 'x400Address', encoded: reader.any().encoded }
    case contextConstructed(4):
      return { kind: 'directoryName', name: decodeExplicitName(reader.constructed(tag)) }
    case contextConstructed(5):
      return { kind: 'ediPartyName', encoded: reader.any().encoded }
    case contextPrimitive(6):
      return { kind: 'uniformResourceIdentifier', text: decodeAscii(reader.primitive(tag)) }
    case contextPrimitive(7):
      return { kind: 'iPAddress', address: reader.primitive(tag) }
    case contextPrimitive(8):
      return { kind: 'registeredID', oid: decodeOid(reader.primitive(tag)) }
    default:
      throw new PkiError(
        'STRUCTURE',
        tag === null ? 'a general name is missing' : `no general name has tag 0x${tag.toString(16)}`,
      )
  }
}

/** OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }. */
function decodeOtherName(fields: DerReader): Uint8Array {
  fields.oid()
  const value = fields.constructed(contextConstructed(0))
  value.any()
  value.end()
  fields.end()
  return fields.encoded
}

/** A CHOICE is always tagged explicitly (X.680 §31.2.7). */
function decodeExplicitName(wrapper: DerReader): Name {
  const name = decodeName(wrapper)
  wrapper.end()
  return name
}
