import { type DerReader, openDer } from '../der/reader.ts'
import { contextConstructed, TAG } from '../der/tag.ts'
import { encodeEnumerated, encodeExplicit, encodeObjectIdentifier, encodeOctetString, encodeSequence } from '../der/writer.ts'
import { PkiError } from '../error.ts'
import type { SignedData, SignerInfo } from './signed-data.ts'

/** What came along with a signature for validating it later: nothing in it is decoded or trusted. */
export interface ValidationMaterial {
  /** DER. */
  readonly certificates: readonly Uint8Array[]
  /** CertificateList (RFC 5280 §5.1) or OCSPResponse (RFC 6960 §4.2.1), DER. */
  readonly revocations: readonly Uint8Array[]
  /** Why some of it could not be read; null when all could. */
  readonly fault: string | null
}

export const NO_MATERIAL: ValidationMaterial = { certificates: [], revocations: [], fault: null }

/** Of a kind, from one place. */
const MOST = 256

/**
 * Everything signed data brings along beside its certificates: the revocation values of SignedData itself (RFC 5652 §10.2.1, RFC 5940,
 * GB/T 35275), and of each signer the values of CAdES (ETSI EN 319 122-1 A.1) and Adobe's archival attribute (ISO 32000-2 12.8.3.3.2).
 * What cannot be read is left out and told, for no signature hangs on it.
 */
export function validationMaterialOf({ crls, signers }: SignedData): ValidationMaterial {
  return united([...crls.map((choice) => attempt(() => decodeChoice(choice))), ...signers.flatMap(materialOfSigner)])
}

/** Several as one, in their order. */
export function united(all: readonly ValidationMaterial[]): ValidationMaterial {
  if (all.length === 0) return NO_MATERIAL
  return {
    certificates: all.flatMap(({ certificates }) => certificates),
    revocations: all.flatMap(({ revocations }) => revocations),
    fault: all.find(({ fault }) => fault !== null)?.fault ?? null,
  }
}

function materialOfSigner({ signedAttributes, unsignedAttributes }: SignerInfo): readonly ValidationMaterial[] {
  const attributes = [...(signedAttributes?.attributes ?? []), ...(unsignedAttributes?.attributes ?? [])]
  return attributes.flatMap(({ type, values }) => {
    const decode = ATTRIBUTES[type]
    return decode ? values.map((value) => attempt(() => decode(openDer(value)))) : []
  })
}

/** How each attribute that carries such material is read. */
const ATTRIBUTES: Readonly<Record<string, (value: DerReader) => ValidationMaterial>> = {
  '1.2.840.113549.1.9.16.2.23': decodeCertificateValues, // id-aa-ets-certValues
  '1.2.840.113549.1.9.16.2.24': (value) => decodeRevocations(value, ocspResponseOf), // id-aa-ets-revocationValues
  '1.2.840.113583.1.1.8': (value) => decodeRevocations(value, (response) => response), // adbe-revocationInfoArchival
}

/** CertificateValues: SEQUENCE OF Certificate. */
function decodeCertificateValues(value: DerReader): ValidationMaterial {
  const certificates = listOf(value.sequence())
  value.end()
  return { ...NO_MATERIAL, certificates }
}

/** RevocationValues and RevocationInfoArchival: `[0]` CRLs, `[1]` OCSP responses, `[2]` others, which nobody here reads. */
function decodeRevocations(value: DerReader, responseOf: (item: Uint8Array) => Uint8Array): ValidationMaterial {
  const fields = value.sequence()
  value.end()
  const crls = explicitList(fields, 0)
  const responses = explicitList(fields, 1).map(responseOf)
  const others = fields.optional(contextConstructed(2))
  fields.end()
  return { ...NO_MATERIAL, revocations: [...crls, ...responses], fault: others ? 'revocation values of another kind' : null }
}

/** RevocationInfoChoice, RFC 5652 §10.2.1: a CertificateList, or `[1]` another format by its OID. */
function decodeChoice(encoded: Uint8Array): ValidationMaterial {
  if (encoded[0] === TAG.SEQUENCE) return { ...NO_MATERIAL, revocations: [encoded] }
  const fields = openDer(encoded).constructed(contextConstructed(1))
  const format = fields.oid()
  const value = fields.any().encoded
  fields.end()
  if (format === OCSP_RESPONSE) return { ...NO_MATERIAL, revocations: [value] }
  if (format === BASIC_OCSP_RESPONSE) return { ...NO_MATERIAL, revocations: [ocspResponseOf(value)] }
  return { ...NO_MATERIAL, fault: `revocation information of the format ${format}` }
}

/** id-ri-ocsp-response, RFC 5940 §2.1. */
const OCSP_RESPONSE = '1.3.6.1.5.5.7.16.2'
/** id-pkix-ocsp-basic, RFC 6960 §4.2.1. */
const BASIC_OCSP_RESPONSE = '1.3.6.1.5.5.7.48.1.1'

/** The successful OCSPResponse that a BasicOCSPResponse was taken out of: byte for byte, and no signature covers what is put around it. */
function ocspResponseOf(basic: Uint8Array): Uint8Array {
  const bytes = encodeSequence(encodeObjectIdentifier(BASIC_OCSP_RESPONSE), encodeOctetString(basic))
  return encodeSequence(encodeEnumerated(0), encodeExplicit(0, bytes))
}

function explicitList(fields: DerReader, number: number): readonly Uint8Array[] {
  const wrapper = fields.optional(contextConstructed(number))
  if (wrapper === null) return []
  const items = listOf(wrapper.sequence())
  wrapper.end()
  return items
}

function listOf(list: DerReader): readonly Uint8Array[] {
  const items: Uint8Array[] = []
  while (!list.isEmpty()) {
    if (items.length === MOST) throw new PkiError('TOO_LARGE', `over ${MOST} values of one kind`)
    items.push(list.sequence().encoded)
  }
  return items
}

function attempt(read: () => ValidationMaterial): ValidationMaterial {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof PkiError) return { ...NO_MATERIAL, fault: cause.message }
    throw cause
  }
}
