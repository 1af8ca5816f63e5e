import { openDer } from '../../pki/der/reader.ts'
import { contextConstructed, TAG } from '../../pki/der/tag.ts'
import { encodeElement, encodeExplicit, encodeObjectIdentifier, encodeSequence } from '../../pki/der/writer.ts'
import { attribute } from './cades.ts'

export const CERTIFICATE_VALUES = '1.2.840.113549.1.9.16.2.23'
export const REVOCATION_VALUES = '1.2.840.113549.1.9.16.2.24'
const ARCHIVAL = '1.2.840.113583.1.1.8'

/** Signed data, of whichever standard, with CRLs or other revocation values beside its certificates; no signature covers these. */
export function withCrls(signedData: Uint8Array, crls: readonly Uint8Array[]): Uint8Array {
  if (crls.length === 0) return signedData
  const contentInfo = openDer(signedData).sequence()
  const type = contentInfo.oid()
  const fields = contentInfo.constructed(contextConstructed(0)).sequence()
  const parts: Uint8Array[] = []
  while (!fields.isEmpty()) parts.push(fields.any().encoded)
  const signers = parts.pop() ?? new Uint8Array()
  if (signers[0] !== TAG.SET) throw new TypeError('signed data ends with its signers')
  const inner = encodeSequence(...parts, encodeElement(contextConstructed(1), ...crls), signers)
  return encodeSequence(encodeObjectIdentifier(type), encodeExplicit(0, inner))
}

/** RevocationValues or RevocationInfoArchival: CRLs, and OCSP responses as either wants them. */
export function revocationValues(crls: readonly Uint8Array[], responses: readonly Uint8Array[]): Uint8Array {
  const list = (number: number, items: readonly Uint8Array[]) =>
    items.length === 0 ? [] : [encodeExplicit(number, encodeSequence(...items))]
  return encodeSequence(...list(0, crls), ...list(1, responses))
}

/** Adobe's attribute. */
export function archivalAttribute(crls: readonly Uint8Array[], responses: readonly Uint8Array[]): Uint8Array {
  return attribute(ARCHIVAL, revocationValues(crls, responses))
}
