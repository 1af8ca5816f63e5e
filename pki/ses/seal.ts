import { type DerReader, openDer } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { encodeSequence } from '../der/writer.ts'
import type { Remark } from './check-row.ts'
import { Departures } from './departures.ts'
import { LIMITS, within } from './limits.ts'
import { readOctets } from './loose-fields.ts'
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
  /** Fields that were written in another type than the standard's. */
  readonly departures: readonly Remark[]
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
  const isFirst = elementCount(fields.encoded) === 2
  const info = fields.sequence()
  return isFirst ? readFirst(fields, info) : readLater(fields, info)
}

/** How many elements a SEQUENCE holds. @throws PkiError DER */
export function elementCount(encoded: Uint8Array): number {
  const fields = openDer(encoded).sequence()
  let count = 0
  for (; !fields.isEmpty(); count++) fields.any()
  return count
}

const SIGN_DATA = { name: 'signData', tag: TAG.BIT_STRING }

function readFirst(fields: DerReader, info: DerReader): Seal {
  const departures = new Departures()
  const signInfo = openSignInfo(fields, departures)
  fields.end()
  const maker = readSignerPart(signInfo, departures)
  const signedValue = readOctets(signInfo, SIGN_DATA, departures)
  signInfo.end()
  const eSealInfo = readSealInfo(info, 'SES_V1', departures)
  const signedBytes = encodeSequence(eSealInfo.encoded, ...maker.encoded)
  const parts = { eSealInfo, ...named(maker), signedValue, timeStamp: null, signedBytes }
  return { format: 'SES_V1', encoded: fields.encoded, ...parts, departures: departures.remarks }
}

/** SES_SignInfo; some write it into a BIT STRING. */
function openSignInfo(fields: DerReader, departures: Departures): DerReader {
  if (fields.peek() !== TAG.BIT_STRING) return fields.sequence()
  departures.note('signInfo 包在 BIT STRING 中', 'signInfo stands in a BIT STRING')
  const wrapped = openDer(fields.bitStringBytes())
  const signInfo = wrapped.sequence()
  wrapped.end()
  return signInfo
}

function readLater(fields: DerReader, info: DerReader): Seal {
  const departures = new Departures()
  const maker = readSignerPart(fields, departures)
  const signedValue = readOctets(fields, { name: 'signedValue', tag: TAG.BIT_STRING }, departures)
  const timeStamp = readTimeStampField(fields, departures)
  fields.end()
  const eSealInfo = readSealInfo(info, 'SES_V4', departures)
  const format = timeStamp !== null || eSealInfo.header.version === 5 ? 'SES_V5' : 'SES_V4'
  const parts = { eSealInfo, ...named(maker), signedValue, timeStamp, signedBytes: eSealInfo.encoded }
  return { format, encoded: fields.encoded, ...parts, departures: departures.remarks }
}

function named({ cert, algorithm }: SignerPart): { cert: Uint8Array; signAlgID: string } {
  return { cert, signAlgID: algorithm }
}
