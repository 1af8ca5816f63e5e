import {
  encodeBitString,
  encodeGeneralizedTime,
  encodeIa5String,
  encodeInteger,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeUtcTime,
  encodeUtf8String,
} from '../../pki/der/writer.ts'
import type { SesFormat } from '../../pki/ses/seal-info.ts'
import { sm3 } from '../../pki/sm3.ts'
import { CONTENT, MADE_AT, pki, sealToMake } from './seals.ts'

type Fields = Readonly<Record<string, Uint8Array>>

const VERSIONS: Readonly<Record<SesFormat, number>> = { SES_V1: 1, SES_V4: 4, SES_V5: 5 }
const SM2_WITH_SM3 = encodeObjectIdentifier('1.2.156.10197.1.501')
const bits = (bytes: Uint8Array) => encodeBitString(bytes)
const sequence = (fields: Fields) => encodeSequence(...Object.values(fields))

/** Encoded fields in place of the standard's, by the standard's names; an empty one leaves the field out. */
export interface OddSeal {
  readonly header?: Fields
  readonly esID?: Uint8Array
  readonly property?: Fields
  readonly picture?: Fields
  readonly extDatas?: Uint8Array
  readonly cert?: Uint8Array
  readonly algorithm?: Uint8Array
  /** How the value is wrapped; a BIT STRING by the standard. */
  readonly signedValue?: (value: Uint8Array) => Uint8Array
  /** GM/T 0031-2014: how SES_SignInfo is wrapped. */
  readonly signInfo?: (signInfo: Uint8Array) => Uint8Array
  /** Encoded, after the value. */
  readonly timeStamp?: (value: Uint8Array) => Uint8Array
}

/** A seal by the test PKI's maker with fields written otherwise; its signature holds over the bytes as they are. */
export async function oddSeal(format: SesFormat, odd: OddSeal): Promise<Uint8Array> {
  const isFirst = format === 'SES_V1'
  const { property, picture, esID, vid } = sealToMake(format)
  const time = isFirst ? encodeUtcTime : encodeGeneralizedTime
  const header = { id: encodeIa5String('ES'), version: encodeInteger(VERSIONS[format]), vid: encodeIa5String(vid), ...odd.header }
  const properties = {
    type: encodeInteger(property.type),
    name: encodeUtf8String(property.name),
    ...(isFirst ? {} : { certListType: encodeInteger(1) }),
    certList: encodeSequence(encodeOctetString(pki.signer.certificate)),
    createDate: time(property.createDate),
    validStart: time(property.validStart),
    validEnd: time(property.validEnd),
    ...odd.property,
  }
  const pictures = {
    type: encodeIa5String(picture.type),
    data: encodeOctetString(picture.data),
    width: encodeInteger(picture.width),
    height: encodeInteger(picture.height),
    ...odd.picture,
  }
  const parts = [sequence(header), odd.esID ?? encodeIa5String(esID), sequence(properties), sequence(pictures)]
  const info = encodeSequence(...parts, odd.extDatas ?? new Uint8Array())
  const signer = [odd.cert ?? encodeOctetString(pki.maker.certificate), odd.algorithm ?? SM2_WITH_SM3]
  const value = await pki.maker.signer.sign(isFirst ? encodeSequence(info, ...signer) : info)
  const signed = (odd.signedValue ?? bits)(value)
  if (isFirst) return encodeSequence(info, (odd.signInfo ?? ((one) => one))(encodeSequence(...signer, signed)))
  return encodeSequence(info, ...signer, signed, odd.timeStamp?.(value) ?? new Uint8Array())
}

/** The same for a signature over CONTENT. */
export interface OddSignature {
  readonly version?: Uint8Array
  readonly timeInfo?: Uint8Array
  readonly dataHash?: Uint8Array
  readonly propertyInfo?: Uint8Array
  readonly extDatas?: Uint8Array
  readonly cert?: Uint8Array
  readonly algorithm?: Uint8Array
  readonly signature?: (value: Uint8Array) => Uint8Array
  readonly timeStamp?: (value: Uint8Array) => Uint8Array
}

/** A signature by the test PKI's signer with fields written otherwise. */
export async function oddSignature(format: SesFormat, seal: Uint8Array, odd: OddSignature): Promise<Uint8Array> {
  const isFirst = format === 'SES_V1'
  const fields = [
    odd.version ?? encodeInteger(VERSIONS[format]),
    seal,
    odd.timeInfo ?? (isFirst ? bits(encodeUtcTime(MADE_AT)) : encodeGeneralizedTime(MADE_AT)),
    odd.dataHash ?? bits(sm3(CONTENT)),
    odd.propertyInfo ?? encodeIa5String('/Doc_0/Signs/Sign_0/Signature.xml'),
  ]
  const signer = [odd.cert ?? encodeOctetString(pki.signer.certificate), odd.algorithm ?? SM2_WITH_SM3]
  const toSign = encodeSequence(...fields, ...(isFirst ? signer : [odd.extDatas ?? new Uint8Array()]))
  const value = await pki.signer.signer.sign(toSign)
  const signed = (odd.signature ?? bits)(value)
  if (isFirst) return encodeSequence(toSign, signed)
  return encodeSequence(toSign, ...signer, signed, odd.timeStamp?.(value) ?? new Uint8Array())
}
