import { type DerReader, openDer } from '../der/reader.ts'
import { PkiError } from '../error.ts'
import { decodeExtensions, EXTENSION, type ExtensionMap } from './extension.ts'
import { decodeAltName } from './extension-identifiers.ts'
import type { Name } from './name.ts'
import { decodeTime } from './validity.ts'

/** CRLReason, RFC 5280 5.3.1, by number; 7 is unused. */
const CRL_REASONS = [
  'unspecified', 'keyCompromise', 'cACompromise', 'affiliationChanged', 'superseded', 'cessationOfOperation',
  'certificateHold', null, 'removeFromCRL', 'privilegeWithdrawn', 'aACompromise',
] as const // biome-ignore format: a table

export type CrlReason = NonNullable<(typeof CRL_REASONS)[number]>

/** One of revokedCertificates, RFC 5280 5.1.2.6. */
export interface CrlEntry {
  /** Lower-case hex of the INTEGER's content octets. */
  readonly serialNumber: string
  /** UTC milliseconds. */
  readonly revokedAt: number
  readonly reason: CrlReason
  /** Since when the key is thought to be compromised, UTC milliseconds. */
  readonly invalidityDate: number | null
}

/** Entry extensions we understand; a CRL with any other critical one must not be used (RFC 5280 §5.3). */
const UNDERSTOOD: ReadonlySet<string> = new Set([EXTENSION.reasonCode, EXTENSION.invalidityDate, EXTENSION.certificateIssuer])

/** Reads a whole entry. @throws PkiError DER, STRUCTURE */
export function decodeCrlEntry(encoded: Uint8Array): CrlEntry {
  const fields = openDer(encoded).sequence()
  const serialNumber = Buffer.from(fields.integerBytes()).toString('hex')
  const [revokedAt] = decodeTime(fields)
  const extensions = decodeEntryExtensions(fields)
  const reason = extensions.get(EXTENSION.reasonCode)
  const invalidity = extensions.get(EXTENSION.invalidityDate)
  return {
    serialNumber,
    revokedAt,
    reason: reason ? decodeReason(reason.value) : 'unspecified',
    invalidityDate: invalidity ? decodeInvalidityDate(invalidity.value) : null,
  }
}

/**
 * The extensions at the end of an entry.
 * @throws PkiError STRUCTURE for a critical one that nobody here understands
 */
export function decodeEntryExtensions(fields: DerReader): ExtensionMap {
  const extensions = fields.isEmpty() ? new Map() : decodeExtensions(fields)
  fields.end()
  for (const { critical, oid } of extensions.values()) {
    if (critical && !UNDERSTOOD.has(oid)) throw new PkiError('STRUCTURE', `critical entry extension ${oid} is not known`)
  }
  return extensions
}

/** CertificateIssuer, RFC 5280 5.3.3: the one directory name in it; null when the entry has none of its own. */
export function certificateIssuerOf(extensions: ExtensionMap): Name | null {
  const extension = extensions.get(EXTENSION.certificateIssuer)
  if (!extension) return null
  const names = decodeAltName(extension.value).filter((name) => name.kind === 'directoryName')
  const [issuer] = names
  if (!issuer || names.length > 1) throw new PkiError('STRUCTURE', 'a certificate issuer is one directory name')
  return issuer.name
}

/** CRLReason, RFC 5280 5.3.1, from its whole TLV. @throws PkiError DER, STRUCTURE for a number without meaning */
export function decodeReason(value: Uint8Array): CrlReason {
  const reader = openDer(value)
  const number = reader.enumerated()
  reader.end()
  const reason = CRL_REASONS[number]
  if (!reason) throw new PkiError('STRUCTURE', `no such revocation reason: ${number}`)
  return reason
}

function decodeInvalidityDate(value: Uint8Array): number {
  const reader = openDer(value)
  const instant = reader.generalizedTime()
  reader.end()
  return instant
}
