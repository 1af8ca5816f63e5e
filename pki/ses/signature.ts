import { type DerReader, openDer } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import type { Remark } from './check-row.ts'
import { Departures } from './departures.ts'
import { type ExtensionDatas, readExtensionDatas } from './extension-data.ts'
import { LIMITS, smallNumber, within } from './limits.ts'
import { readOctets, readText } from './loose-fields.ts'
import { elementCount, readSeal, type Seal } from './seal.ts'
import type { SesFormat } from './seal-info.ts'
import { readSignerPart, type SignerPart } from './signer-part.ts'
import { readTimeInfo, type TimeInfo } from './time-info.ts'
import { readTimeStampField, type TimeStampField } from './time-stamp-field.ts'

/** SES_Signature of any version; every part is a view of the received bytes. */
export interface SealSignature {
  readonly format: SesFormat
  /** The whole SEQUENCE as received. */
  readonly encoded: Uint8Array
  readonly toSign: ToBeSigned
  /** DER of the signer's certificate. */
  readonly cert: Uint8Array
  readonly signatureAlgID: string
  readonly signature: Uint8Array
  readonly timeStamp: TimeStampField | null
  /** What `signature` covers in every version: TBS_Sign as received. */
  readonly signedBytes: Uint8Array
  /** Fields beside the seal that were written in another type than the standard's. */
  readonly departures: readonly Remark[]
}

/** TBS_Sign. */
export interface ToBeSigned {
  readonly encoded: Uint8Array
  readonly version: number
  readonly eseal: Seal
  readonly timeInfo: TimeInfo
  readonly dataHash: Uint8Array
  readonly propertyInfo: string
  readonly extDatas: ExtensionDatas | null
}

/**
 * Decodes a signature value that fills the bytes.
 * @throws PkiError DER, STRUCTURE, TOO_DEEP, TOO_LARGE (over 6 MiB, or a seal over its own limits).
 */
export function decodeSignature(bytes: Uint8Array): SealSignature {
  within(LIMITS.signature, bytes.length, 'signature bytes')
  const reader = openDer(bytes)
  const fields = reader.sequence()
  reader.end()
  // Two elements are GM/T 0031-2014; four and five the later standards, whose certificate stands outside TBS_Sign.
  return elementCount(bytes) === 2 ? readFirst(fields) : readLater(fields)
}

const SIGNATURE = { name: 'signature', tag: TAG.BIT_STRING }

function readFirst(fields: DerReader): SealSignature {
  const departures = new Departures()
  const tbs = fields.sequence()
  const signature = readOctets(fields, SIGNATURE, departures)
  fields.end()
  const common = readCommon(tbs, TAG.BIT_STRING, departures)
  const signer = readSignerPart(tbs, departures)
  tbs.end()
  const toSign = { encoded: tbs.encoded, ...common, extDatas: null }
  const parts = { toSign, ...named(signer), signature, timeStamp: null, signedBytes: tbs.encoded }
  return { format: 'SES_V1', encoded: fields.encoded, ...parts, departures: departures.remarks }
}

function readLater(fields: DerReader): SealSignature {
  const departures = new Departures()
  const tbs = fields.sequence()
  const signer = readSignerPart(fields, departures)
  const signature = readOctets(fields, SIGNATURE, departures)
  const timeStamp = readTimeStampField(fields, departures)
  fields.end()
  const common = readCommon(tbs, TAG.GENERALIZED_TIME, departures)
  const extDatas = readExtensionDatas(tbs, departures)
  tbs.end()
  const toSign = { encoded: tbs.encoded, ...common, extDatas }
  const format = common.version === 5 ? 'SES_V5' : 'SES_V4'
  const parts = { toSign, ...named(signer), signature, timeStamp, signedBytes: tbs.encoded }
  return { format, encoded: fields.encoded, ...parts, departures: departures.remarks }
}

/** The fields of TBS_Sign that every version has, in the same order; `timeTag` is the type of its timeInfo. */
function readCommon(tbs: DerReader, timeTag: number, departures: Departures): Omit<ToBeSigned, 'encoded' | 'extDatas'> {
  return {
    version: smallNumber(tbs),
    eseal: readSeal(tbs),
    timeInfo: readTimeInfo(tbs, timeTag, departures),
    dataHash: readOctets(tbs, { name: 'dataHash', tag: TAG.BIT_STRING }, departures),
    propertyInfo: readText(tbs, { name: 'propertyInfo', tag: TAG.IA5_STRING }, LIMITS.protectedRange, departures),
  }
}

function named({ cert, algorithm }: SignerPart): { cert: Uint8Array; signatureAlgID: string } {
  return { cert, signatureAlgID: algorithm }
}
