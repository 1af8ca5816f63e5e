import type { KeyObject } from 'node:crypto'
import type { AlgorithmIdentifier } from '../algorithm.ts'
import { encodeBitString, encodeExplicit, encodeInteger, encodeSequence, encodeTime } from '../der/writer.ts'
import { signingAlgorithmOf, signMessage } from '../sign.ts'
import { type ExtensionTemplate, encodeExtension } from './extension-encoding.ts'

/** Every field of a certificate, free to be odd; encoded parts are written as they are. */
export interface CertificateFields {
  /** What is written into the version field, 2 for version 3; null leaves it out. */
  readonly version: number | null
  readonly serialNumber: bigint
  /** Encoded Names. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly notBefore: number
  readonly notAfter: number
  /** Encoded Validity, in place of the two times. */
  readonly validity?: Uint8Array
  readonly spki: Uint8Array
  /** In the order given, duplicates and all; null leaves the field out. */
  readonly extensions: readonly ExtensionTemplate[] | null
  readonly issuerKey: KeyObject
  /** The algorithm written inside; by default the one the key signs with. */
  readonly innerAlgorithm?: AlgorithmIdentifier
  /** The algorithm written beside the signature. */
  readonly outerAlgorithm?: AlgorithmIdentifier
  /** Changes the bytes between signing and writing. */
  readonly tamper?: (tbs: Uint8Array) => Uint8Array
}

/** Makes any certificate, right or wrong, for tests that need odd ones. Use `issueCertificate` for proper ones. */
export function issueAny(fields: CertificateFields): Uint8Array {
  const algorithm = signingAlgorithmOf(fields.issuerKey)
  const { version, extensions } = fields
  const tbs = encodeSequence(
    ...(version === null ? [] : [encodeExplicit(0, encodeInteger(version))]),
    encodeInteger(fields.serialNumber),
    (fields.innerAlgorithm ?? algorithm).encoded,
    fields.issuer,
    fields.validity ?? encodeSequence(encodeTime(fields.notBefore), encodeTime(fields.notAfter)),
    fields.subject,
    fields.spki,
    ...(extensions === null ? [] : [encodeExplicit(3, encodeSequence(...extensions.map(encodeExtension)))]),
  )
  const signature = signMessage(fields.issuerKey, tbs)
  return encodeSequence(fields.tamper?.(tbs) ?? tbs, (fields.outerAlgorithm ?? algorithm).encoded, encodeBitString(signature))
}
