import type { KeyObject } from 'node:crypto'
import type { AlgorithmIdentifier } from '../algorithm.ts'
import {
  encodeBitString,
  encodeEnumerated,
  encodeExplicit,
  encodeGeneralizedTime,
  encodeInteger,
  encodeSequence,
  encodeTime,
} from '../der/writer.ts'
import { spkiOf } from '../key.ts'
import { signingAlgorithmOf, signMessage } from '../sign.ts'
import { authorityKeyIdentifier, type ExtensionTemplate, encodeExtension } from './extension-encoding.ts'
import { encodeName, type NameTemplate } from './name-encoding.ts'

/** A revoked certificate to write; times are UTC milliseconds. */
export interface CrlEntryOptions {
  readonly serialNumber: bigint
  readonly revokedAt: number
  /** CRLReason number, RFC 5280 5.3.1: 1 keyCompromise, 4 superseded, 6 certificateHold …; left out for unspecified. */
  readonly reason?: number
  readonly invalidityDate?: number
  readonly extensions?: readonly ExtensionTemplate[]
}

/** What a CRL says. */
export interface CrlOptions {
  /** An encoded Name is copied as it is. */
  readonly issuer: NameTemplate | Uint8Array
  readonly issuerKey: KeyObject
  readonly number: bigint
  readonly thisUpdate: number
  /** Null leaves it out, against RFC 5280 5.1.2.5. */
  readonly nextUpdate: number | null
  readonly entries?: readonly CrlEntryOptions[]
  /** Written after the authority key identifier and the number, an issuing distribution point for instance. */
  readonly extensions?: readonly ExtensionTemplate[]
  /** The algorithm written beside the signature, for odd CRLs. */
  readonly outerAlgorithm?: AlgorithmIdentifier
}

/** Issues a complete version 2 CRL, RFC 5280 §5. Returns DER. @throws PkiError KEY, ALGORITHM for a key that is not accepted */
export function issueCrl(options: CrlOptions): Uint8Array {
  const { issuer, issuerKey, entries = [], nextUpdate } = options
  const algorithm = signingAlgorithmOf(issuerKey)
  const extensions = [authorityKeyIdentifier(spkiOf(issuerKey)), crlNumber(options.number), ...(options.extensions ?? [])]
  const tbs = encodeSequence(
    encodeInteger(1),
    algorithm.encoded,
    issuer instanceof Uint8Array ? issuer : encodeName(issuer),
    encodeTime(options.thisUpdate),
    ...(nextUpdate === null ? [] : [encodeTime(nextUpdate)]),
    ...(entries.length === 0 ? [] : [encodeSequence(Buffer.concat(entries.map(encodeEntry)))]), // 5.1.2.6: absent where there is none
    encodeExplicit(0, encodeSequence(...extensions.map(encodeExtension))),
  )
  const signature = signMessage(issuerKey, tbs)
  return encodeSequence(tbs, (options.outerAlgorithm ?? algorithm).encoded, encodeBitString(signature))
}

function encodeEntry(entry: CrlEntryOptions): Uint8Array {
  const extensions = entryExtensions(entry).map(encodeExtension)
  return encodeSequence(
    encodeInteger(entry.serialNumber),
    encodeTime(entry.revokedAt),
    ...(extensions.length === 0 ? [] : [encodeSequence(...extensions)]),
  )
}

function entryExtensions({ reason, invalidityDate, extensions = [] }: CrlEntryOptions): readonly ExtensionTemplate[] {
  const written: ExtensionTemplate[] = []
  if (reason !== undefined) written.push({ oid: '2.5.29.21', critical: false, value: encodeEnumerated(reason) })
  if (invalidityDate !== undefined)
    written.push({ oid: '2.5.29.24', critical: false, value: encodeGeneralizedTime(invalidityDate) })
  return [...written, ...extensions]
}

/** RFC 5280 5.2.3. */
function crlNumber(number: bigint): ExtensionTemplate {
  return { oid: '2.5.29.20', critical: false, value: encodeInteger(number) }
}
