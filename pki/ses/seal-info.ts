import type { DerReader } from '../der/reader.ts'
import { type CertList, readCertList } from './cert-list.ts'
import { type ExtensionDatas, readExtensionDatas } from './extension-data.ts'
import { boundedText, LIMITS, smallNumber } from './limits.ts'

/** GM/T 0031-2014, GB/T 38540-2020, GM/T 0031-2025. */
export type SesFormat = 'SES_V1' | 'SES_V4' | 'SES_V5'

/** SES_SealInfo, in the standard's words. Times in UTC milliseconds. */
export interface SealInfo {
  /** The whole SEQUENCE as received. */
  readonly encoded: Uint8Array
  readonly header: SealHeader
  readonly esID: string
  readonly property: SealProperty
  readonly picture: SealPicture
  readonly extDatas: ExtensionDatas | null
}

/** SES_Header: `id` should be "ES". */
export interface SealHeader {
  readonly id: string
  readonly version: number
  readonly vid: string
}

/** SES_ESPropertyInfo. GM/T 0031-2014 has no certListType: its list holds certificates. */
export interface SealProperty {
  readonly type: number
  readonly name: string
  readonly certList: CertList
  readonly createDate: number
  readonly validStart: number
  readonly validEnd: number
}

/** SES_ESPictureInfo: width and height in millimetres. */
export interface SealPicture {
  readonly type: string
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** Reads the content of SES_SealInfo and leaves nothing over. @throws PkiError DER, STRUCTURE, TOO_LARGE */
export function readSealInfo(fields: DerReader, format: SesFormat): SealInfo {
  const header = readHeader(fields.sequence())
  const esID = boundedText(fields.ia5String(), LIMITS.identifier, 'esID')
  const property = readProperty(fields.sequence(), format)
  const picture = readPicture(fields.sequence())
  const extDatas = readExtensionDatas(fields)
  fields.end()
  return { encoded: fields.encoded, header, esID, property, picture, extDatas }
}

function readHeader(fields: DerReader): SealHeader {
  const id = boundedText(fields.ia5String(), LIMITS.identifier, 'header.ID')
  const version = smallNumber(fields)
  const vid = boundedText(fields.ia5String(), LIMITS.identifier, 'header.Vid')
  fields.end()
  return { id, version, vid }
}

function readProperty(fields: DerReader, format: SesFormat): SealProperty {
  const isFirst = format === 'SES_V1'
  const type = smallNumber(fields)
  const name = boundedText(fields.utf8String(), LIMITS.name, 'name')
  const certList = readCertList(fields, isFirst ? 1 : smallNumber(fields))
  const readTime = () => (isFirst ? fields.utcTime() : fields.generalizedTime())
  const property = { type, name, certList, createDate: readTime(), validStart: readTime(), validEnd: readTime() }
  fields.end()
  return property
}

function readPicture(fields: DerReader): SealPicture {
  const type = boundedText(fields.ia5String(), LIMITS.identifier, 'picture type')
  const picture = { type, data: fields.octetString(), width: smallNumber(fields), height: smallNumber(fields) }
  fields.end()
  return picture
}
