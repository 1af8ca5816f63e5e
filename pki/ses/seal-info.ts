import type { DerReader } from '../der/reader.ts'
import { TAG } from '../der/tag.ts'
import { type CertList, readCertList } from './cert-list.ts'
import type { Departures } from './departures.ts'
import { type ExtensionDatas, readExtensionDatas } from './extension-data.ts'
import { LIMITS, smallNumber } from './limits.ts'
import { readOctets, readText, readTimeField } from './loose-fields.ts'

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
export function readSealInfo(fields: DerReader, format: SesFormat, departures: Departures): SealInfo {
  const header = readHeader(fields.sequence(), departures)
  const esID = readIdentifier(fields, 'esID', departures)
  const property = readProperty(fields.sequence(), format, departures)
  const picture = readPicture(fields.sequence(), departures)
  const extDatas = readExtensionDatas(fields, departures)
  fields.end()
  return { encoded: fields.encoded, header, esID, property, picture, extDatas }
}

function readHeader(fields: DerReader, departures: Departures): SealHeader {
  const id = readIdentifier(fields, 'header.ID', departures)
  const version = smallNumber(fields)
  const vid = readIdentifier(fields, 'header.Vid', departures)
  fields.end()
  return { id, version, vid }
}

function readProperty(fields: DerReader, format: SesFormat, departures: Departures): SealProperty {
  const isFirst = format === 'SES_V1'
  const type = smallNumber(fields)
  const name = readText(fields, { name: 'name', tag: TAG.UTF8_STRING }, LIMITS.name, departures)
  const certList = readCertList(fields, isFirst ? 1 : smallNumber(fields), departures)
  const tag = isFirst ? TAG.UTC_TIME : TAG.GENERALIZED_TIME
  const readTime = (name: string) => readTimeField(fields, { name, tag }, departures)
  const times = { createDate: readTime('createDate'), validStart: readTime('validStart'), validEnd: readTime('validEnd') }
  fields.end()
  return { type, name, certList, ...times }
}

function readPicture(fields: DerReader, departures: Departures): SealPicture {
  const type = readIdentifier(fields, 'picture.type', departures)
  const data = readOctets(fields, { name: 'picture.data', tag: TAG.OCTET_STRING }, departures)
  const picture = { type, data, width: smallNumber(fields), height: smallNumber(fields) }
  fields.end()
  return picture
}

function readIdentifier(fields: DerReader, name: string, departures: Departures): string {
  return readText(fields, { name, tag: TAG.IA5_STRING }, LIMITS.identifier, departures)
}
