import type { DerReader } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import type { Departures } from './departures.ts'
import { LIMITS, within } from './limits.ts'
import { readCertificateField, readOctets, readText } from './loose-fields.ts'

/** SES_CertList (GB/T 38540-2020 6.1): who may sign with the seal. `certListType` alone tells which of the two it is. */
export type CertList =
  | { readonly certListType: 1; readonly certs: readonly Uint8Array[] }
  | { readonly certListType: 2; readonly digests: readonly CertDigest[] }

/** CertDigestObj: `type` is free text in the standard. */
export interface CertDigest {
  readonly type: string
  readonly value: Uint8Array
}

const DIGEST_TYPE = { name: 'CertDigestObj.type', tag: TAG.PRINTABLE_STRING }
const DIGEST_VALUE = { name: 'CertDigestObj.value', tag: TAG.OCTET_STRING }

/** Reads the list of a type. @throws PkiError DER, STRUCTURE (another type than 1 and 2), TOO_LARGE over 64 entries. */
export function readCertList(reader: DerReader, certListType: number, departures: Departures): CertList {
  const list = reader.sequence()
  if (certListType === 1)
    return { certListType, certs: readAll(list, (entries) => readCertificateField(entries, 'certList', departures).content) }
  if (certListType === 2) return { certListType, digests: readAll(list, (entries) => readCertDigest(entries, departures)) }
  throw new PkiError('STRUCTURE', `certListType ${certListType}`)
}

function readCertDigest(list: DerReader, departures: Departures): CertDigest {
  const fields = list.sequence()
  const type = readDigestType(fields, departures)
  const value = readOctets(fields, DIGEST_VALUE, departures)
  fields.end()
  return { type, value }
}

/** The standard has free text; its type's own name, an OID, is taken as text as well. */
function readDigestType(fields: DerReader, departures: Departures): string {
  if (fields.peek() !== TAG.OBJECT_IDENTIFIER) return readText(fields, DIGEST_TYPE, LIMITS.identifier, departures)
  departures.note('CertDigestObj.type 用了 OBJECT IDENTIFIER', 'CertDigestObj.type is written as OBJECT IDENTIFIER')
  return fields.oid()
}

function readAll<Entry>(list: DerReader, read: (list: DerReader) => Entry): Entry[] {
  const entries: Entry[] = []
  while (!list.isEmpty()) {
    within(LIMITS.certificates, entries.length + 1, 'certificates')
    entries.push(read(list))
  }
  return entries
}
