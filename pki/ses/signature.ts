import { type DerReader, openDer } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { type ExtensionDatas, readExtensionDatas } from './extension-data.ts'
import { boundedText, LIMITS, smallNumber, within } from './limits.ts'
import { readSeal, type Seal } from './seal.ts'
import type { SesFormat } from './seal-info.ts'
import { readSignerPart, type SignerPart } from './signer-part.ts'
import { readFirstTimeInfo, type TimeInfo } from './time-info.ts'
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
  const toSign = fields.sequence()
  // Two elements are GM/T 0031-2014; four and five the later standards, whose certificate stands outside TBS_Sign.
  return fields.peek() === TAG.BIT_STRING ? readFirst(fields, toSign) : readLater(fields, toSign)
}

function readFirst(fields: DerReader, tbs: DerReader): SealSignature {
  const signature = fields.bitStringBytes()
  fields.end()
  const version = smallNumber(tbs)
  const eseal = readSeal(tbs)
  const timeInfo = readFirstTimeInfo(tbs.bitStringBytes())
  const { dataHash, propertyInfo } = readContent(tbs)
  const signer = readSignerPart(tbs)
  tbs.end()
  const toSign = { encoded: tbs.encoded, version, eseal, timeInfo, dataHash, propertyInfo, extDatas: null }
  return assemble('SES_V1', fields, toSign, signer, signature, null)
}

function readLater(fields: DerReader, tbs: DerReader): SealSignature {
  const signer = readSignerPart(fields)
  const signature = fields.bitStringBytes()
  const timeStamp = readTimeStampField(fields)
  fields.end()
  const version = smallNumber(tbs)
  const eseal = readSeal(tbs)
  const timeInfo: TimeInfo = { form: 'TIME', time: tbs.generalizedTime(), token: null }
  const { dataHash, propertyInfo } = readContent(tbs)
  const extDatas = readExtensionDatas(tbs)
  tbs.end()
  const toSign = { encoded: tbs.encoded, version, eseal, timeInfo, dataHash, propertyInfo, extDatas }
  return assemble(version === 5 ? 'SES_V5' : 'SES_V4', fields, toSign, signer, signature, timeStamp)
}

function readContent(tbs: DerReader): { dataHash: Uint8Array; propertyInfo: string } {
  const dataHash = tbs.bitStringBytes()
  return { dataHash, propertyInfo: boundedText(tbs.ia5String(), LIMITS.protectedRange, 'propertyInfo') }
}

function assemble(
  format: SesFormat,
  fields: DerReader,
  toSign: ToBeSigned,
  { cert, algorithm }: SignerPart,
  signature: Uint8Array,
  timeStamp: TimeStampField | null,
): SealSignature {
  return {
    format,
    encoded: fields.encoded,
    toSign,
    cert,
    signatureAlgID: algorithm,
    signature,
    timeStamp,
    signedBytes: toSign.encoded,
  }
}
