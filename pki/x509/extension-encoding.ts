import { createHash } from 'node:crypto'
import {
  encodeBitString,
  encodeBoolean,
  encodeExplicit,
  encodeImplicit,
  encodeInteger,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
} from '../der/writer.ts'
import { decodeSpki } from '../spki.ts'
import { KEY_USAGES, type KeyUsage } from './extension-constraints.ts'

/** An extension to write. */
export interface ExtensionTemplate {
  readonly oid: string
  readonly critical: boolean
  /** DER that goes into extnValue. */
  readonly value: Uint8Array
}

/** Extension, RFC 5280 §4.1.2.9; `critical` is left out where it is the DEFAULT. */
export function encodeExtension({ oid, critical, value }: ExtensionTemplate): Uint8Array {
  const flag = critical ? [encodeBoolean(true)] : []
  return encodeSequence(encodeObjectIdentifier(oid), ...flag, encodeOctetString(value))
}

/** RFC 5280 4.2.1.9. @param pathLength null for no limit */
export function basicConstraints(ca: boolean, pathLength: number | null = null): ExtensionTemplate {
  const fields = [...(ca ? [encodeBoolean(true)] : []), ...(pathLength === null ? [] : [encodeInteger(pathLength)])]
  return { oid: '2.5.29.19', critical: true, value: encodeSequence(...fields) }
}

/** RFC 5280 4.2.1.3: a named bit list, trailing zero bits removed. */
export function keyUsage(...usages: readonly KeyUsage[]): ExtensionTemplate {
  return { oid: '2.5.29.15', critical: true, value: encodeNamedBits(usages.map((usage) => KEY_USAGES.indexOf(usage))) }
}

/** RFC 5280 4.2.1.12: purposes as dotted OIDs. */
export function extendedKeyUsage(purposes: readonly string[], critical = false): ExtensionTemplate {
  return { oid: '2.5.29.37', critical, value: encodeSequence(...purposes.map(encodeObjectIdentifier)) }
}

/** RFC 5280 4.2.1.2, identifier of method 1: SHA-1 of the public key's bits, as a name and not for security. */
export function subjectKeyIdentifier(spki: Uint8Array): ExtensionTemplate {
  return { oid: '2.5.29.14', critical: false, value: encodeOctetString(keyIdentifierOf(spki)) }
}

/** RFC 5280 4.2.1.1, the form with the key identifier of the issuer's key. */
export function authorityKeyIdentifier(issuerSpki: Uint8Array): ExtensionTemplate {
  return { oid: '2.5.29.35', critical: false, value: encodeSequence(encodeImplicit(0, keyIdentifierOf(issuerSpki))) }
}

/** RFC 5280 4.2.1.13: one point for each URL. */
export function crlDistributionPoints(urls: readonly string[]): ExtensionTemplate {
  const points = urls.map((url) => encodeSequence(encodeExplicit(0, encodeExplicit(0, uniformResourceIdentifier(url)))))
  return { oid: '2.5.29.31', critical: false, value: encodeSequence(...points) }
}

/** RFC 5280 4.2.1.4: policies as dotted OIDs. */
export function certificatePolicies(policies: readonly string[], critical = false): ExtensionTemplate {
  const list = policies.map((policy) => encodeSequence(encodeObjectIdentifier(policy)))
  return { oid: '2.5.29.32', critical, value: encodeSequence(...list) }
}

/** RFC 5280 4.2.1.10: subtrees of encoded GeneralNames. */
export function nameConstraints(subtrees: {
  readonly permitted?: readonly Uint8Array[]
  readonly excluded?: readonly Uint8Array[]
}): ExtensionTemplate {
  const list = (number: number, names: readonly Uint8Array[] = []) =>
    names.length === 0 ? [] : [encodeExplicit(number, ...names.map((name) => encodeSequence(name)))]
  return {
    oid: '2.5.29.30',
    critical: true,
    value: encodeSequence(...list(0, subtrees.permitted), ...list(1, subtrees.excluded)),
  }
}

/** RFC 5280 4.2.1.6: encoded GeneralNames. */
export function subjectAlternativeName(names: readonly Uint8Array[], critical = false): ExtensionTemplate {
  return { oid: '2.5.29.17', critical, value: encodeSequence(...names) }
}

/** GeneralName `[2]`, RFC 5280 4.2.1.6. */
export function dnsName(name: string): Uint8Array {
  return encodeImplicit(2, Buffer.from(name, 'latin1'))
}

/** GeneralName `[4]`: an encoded Name; the CHOICE makes the tag explicit. */
export function directoryName(encodedName: Uint8Array): Uint8Array {
  return encodeExplicit(4, encodedName)
}

/** GeneralName `[6]`. */
export function uniformResourceIdentifier(url: string): Uint8Array {
  return encodeImplicit(6, Buffer.from(url, 'latin1'))
}

/** RFC 5280 4.2.1.2 method 1: 20 bytes. */
export function keyIdentifierOf(spki: Uint8Array): Uint8Array {
  return createHash('sha1').update(decodeSpki(spki).publicKey).digest()
}

/** X.690 §11.2.2: the bits that are set, by number, without trailing zero bits. */
export function encodeNamedBits(bits: readonly number[]): Uint8Array {
  const highest = Math.max(-1, ...bits)
  const bytes = new Uint8Array((highest >> 3) + 1)
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
  return encodeBitString(bytes, highest < 0 ? 0 : 7 - (highest & 7))
}
