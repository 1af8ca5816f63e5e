import { type DerReader, openDer } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { encodeSequence } from '../der/writer.ts'
import { LIMITS, within } from './limits.ts'
import { readSealInfo, type SealInfo, type SesFormat } from './seal-info.ts'
import { readSignerPart, type SignerPart } from './signer-part.ts'
import { readTimeStampField, type TimeStampField } from './time-stamp-field.ts'

/** SESeal of any version; every part is a view of the received bytes. */
export interface Seal {
  readonly format: SesFormat
  /** The whole SEQUENCE as received. */
  readonly encoded: Uint8Array
  readonly eSealInfo: SealInfo
  /** DER of the maker's certificate. */
  readonly cert: Uint8Array
  readonly signAlgID: string
  readonly signedValue: Uint8Array
  readonly timeStamp: TimeStampField | null
  /**
   * What `signedValue` covers. GB/T 38540-2020 and GM/T 0031-2025: eSealInfo as received. GM/T 0031-2014 §6.1: eSealInfo,
   * cert and signatureAlgorithm as received, one after another in a SEQUENCE of their own.
   */
  readonly signedBytes: Uint8Array
}

/**
 * Decodes a seal that fills the bytes.
 * @throws PkiError DER, STRUCTURE, TOO_DEEP, TOO_LARGE (over 5 MiB, 64 certificates or 64 extensions).
 */
export function decodeSeal(bytes: Uint8Array): Seal {
  within(LIMITS.seal, bytes.length, 'seal bytes')
  const reader = openDer(bytes)
  const seal = readSeal(reader)
  reader.end()
  return seal
}

/**
 * Reads one SESeal. Its shape decides what it is, never `header.version` alone: two elements are GM/T 0031-2014, four
 * GB/T 38540-2020 or GM/T 0031-2025, told apart by `header.version` 5, and five GM/T 0031-2025.
 */
export function readSeal(reader: DerReader): Seal {
  const fields = reader.sequence()
  within(LIMITS.seal, fields.encoded.length, 'seal bytes')
  const info = fields.sequence()
  return fields.peek() === TAG.SEQUENCE ? readFirst(fields, info) : readLater(fields, info)
}

function readFirst(fields: DerReader, info: DerReader): Seal {
  const signInfo = fields.sequence()
  fields.end()
  const maker = readSignerPart(signInfo)
  const signedValue = signInfo.bitStringBytes()
  signInfo.end()
  const eSealInfo = readSealInfo(info, 'SES_V1')
  const signedBytes = encodeSequence(eSealInfo.encoded, ...maker.encoded)
  const timeStamp = null
  return { format: 'SES_V1', encoded: fields.encoded, eSealInfo, ...named(maker), signedValue, timeStamp, signedBytes }
}

function readLater(fields: DerReader, info: DerReader): Seal {
  const maker = readSignerPart(fields)
  const signedValue = fields.bitStringBytes()
  const timeStamp = readTimeStampField(fields)
  fields.end()
  const eSealInfo = readSealInfo(info, 'SES_V4')
  const format = timeStamp !== null || eSealInfo.header.version === 5 ? 'SES_V5' : 'SES_V4'
  const signedBytes = eSealInfo.encoded
  return { format, encoded: fields.encoded, eSealInfo, ...named(maker), signedValue, timeStamp, signedBytes }
}

function named({ cert, algorithm }: SignerPart): { cert: Uint8Array; signAlgID: string } {
  return { cert, signAlgID: algorithm }
}
