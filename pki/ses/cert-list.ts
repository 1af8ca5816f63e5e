import type { DerReader } from '../der/reader.ts'
import { PkiError } from '../error.ts'
import { boundedText, LIMITS, within } from './limits.ts'

/** SES_CertList (GB/T 38540-2020 6.1): who may sign with the seal. `certListType` alone tells which of the two it is. */
export type CertList =
  | { readonly certListType: 1; readonly certs: readonly Uint8Array[] }
  | { readonly certListType: 2; readonly digests: readonly CertDigest[] }

/** CertDigestObj: `type` is free text in the standard. */
export interface CertDigest {
  readonly type: string
  readonly value: Uint8Array
}

/** Reads the list of a type. @throws PkiError DER, STRUCTURE (another type than 1 and 2), TOO_LARGE over 64 entries. */
export function readCertList(reader: DerReader, certListType: number): CertList {
  const list = reader.sequence()
  if (certListType === 1) return { certListType, certs: readAll(list, (entries) => entries.octetString()) }
  if (certListType === 2) return { certListType, digests: readAll(list, readCertDigest) }
  throw new PkiError('STRUCTURE', `certListType ${certListType}`)
}

function readCertDigest(list: DerReader): CertDigest {
  const fields = list.sequence()
  const type = boundedText(fields.printableString(), LIMITS.identifier, 'digest type')
  const value = fields.octetString()
  fields.end()
  return { type, value }
}

function readAll<Entry>(list: DerReader, read: (list: DerReader) => Entry): Entry[] {
  const entries: Entry[] = []
  while (!list.isEmpty()) {
    within(LIMITS.certificates, entries.length + 1, 'certificates')
    entries.push(read(list))
  }
  return entries
}
