import {
  encodeGeneralizedTime,
  encodeIa5String,
  encodeInteger,
  encodeOctetString,
  encodePrintableString,
  encodeSequence,
  encodeUtcTime,
  encodeUtf8String,
} from '../der/writer.ts'
import type { CertList } from './cert-list.ts'
import { encodeExtensionDatas } from './encode-fields.ts'
import type { SealInfo, SealPicture, SealProperty, SesFormat } from './seal-info.ts'

/** Encodes SES_SealInfo: UTCTime and no certListType in GM/T 0031-2014, GeneralizedTime and the type in the later standards. */
export function encodeSealInfo(info: Omit<SealInfo, 'encoded'>, format: SesFormat): Uint8Array {
  const { header, esID, property, picture, extDatas } = info
  return encodeSequence(
    encodeSequence(encodeIa5String(header.id), encodeInteger(header.version), encodeIa5String(header.vid)),
    encodeIa5String(esID),
    format === 'SES_V1' ? encodeFirstProperty(property) : encodeProperty(property),
    encodePicture(picture),
    ...encodeExtensionDatas(extDatas),
  )
}

function encodeFirstProperty({ type, name, certList, createDate, validStart, validEnd }: SealProperty): Uint8Array {
  return encodeSequence(
    encodeInteger(type),
    encodeUtf8String(name),
    encodeCertList(certList),
    encodeUtcTime(createDate),
    encodeUtcTime(validStart),
    encodeUtcTime(validEnd),
  )
}

function encodeProperty({ type, name, certList, createDate, validStart, validEnd }: SealProperty): Uint8Array {
  return encodeSequence(
    encodeInteger(type),
    encodeUtf8String(name),
    encodeInteger(certList.certListType),
    encodeCertList(certList),
    encodeGeneralizedTime(createDate),
    encodeGeneralizedTime(validStart),
    encodeGeneralizedTime(validEnd),
  )
}

function encodeCertList(list: CertList): Uint8Array {
  if (list.certListType === 1) return encodeSequence(...list.certs.map(encodeOctetString))
  return encodeSequence(
    ...list.digests.map(({ type, value }) => encodeSequence(encodePrintableString(type), encodeOctetString(value))),
  )
}

function encodePicture({ type, data, width, height }: SealPicture): Uint8Array {
  return encodeSequence(encodeIa5String(type), encodeOctetString(data), encodeInteger(width), encodeInteger(height))
}
