import { encodeBitString, encodeObjectIdentifier, encodeOctetString, encodeSequence } from '../der/writer.ts'
import { PkiError } from '../error.ts'
import type { Signer } from '../signer.ts'
import { encodeTimeStampField } from './encode-fields.ts'
import { encodeSealInfo } from './encode-seal-info.ts'
import type { SealHeader, SealInfo, SesFormat } from './seal-info.ts'
import { type SignatureForm, writeSignature } from './signature-form.ts'
import type { TagForm } from './tag-form.ts'

/** What a seal is to say. Times in UTC milliseconds, kept to the second; pictures in millimetres. */
export interface SealToMake extends Omit<SealInfo, 'encoded' | 'header' | 'extDatas'> {
  readonly format: SesFormat
  /** Name of the making system. */
  readonly vid: string
  readonly extDatas?: SealInfo['extDatas']
  /** In place of "ES" and the number of the format: for seals that are to be wrong. */
  readonly header?: Partial<SealHeader>
  /** GM/T 0031-2025 only: gets the token over the maker's signature. */
  readonly timeStamp?: (signedValue: Uint8Array) => Promise<Uint8Array>
  readonly timeStampForm?: TagForm
  readonly signatureForm?: SignatureForm
}

const VERSIONS: Readonly<Record<SesFormat, number>> = { SES_V1: 1, SES_V4: 4, SES_V5: 5 }

/**
 * Makes a seal (GM/T 0031-2014 §6.1, GB/T 38540-2020 §6.2, GM/T 0031-2025) and returns its DER. Whether the maker may make it,
 * and whether its certificate stands, is asked by the caller before (GM/T 0031-2025).
 * @throws PkiError STRUCTURE for what the format cannot say: a list of digests or a time-stamp where it has none.
 */
export async function makeSeal(seal: SealToMake, maker: Signer): Promise<Uint8Array> {
  const { format, vid, esID, property, picture, extDatas = null } = seal
  if (format === 'SES_V1' && property.certList.certListType !== 1)
    throw new PkiError('STRUCTURE', 'GM/T 0031-2014 lists certificates')
  if (format !== 'SES_V5' && seal.timeStamp) throw new PkiError('STRUCTURE', 'only GM/T 0031-2025 has a time-stamp in the seal')
  const header = { id: 'ES', version: VERSIONS[format], vid, ...seal.header }
  const info = encodeSealInfo({ header, esID, property, picture, extDatas }, format)
  const signer = [encodeOctetString(maker.certificate), encodeObjectIdentifier(maker.algorithm)]
  const signed = format === 'SES_V1' ? encodeSequence(info, ...signer) : info
  const value = writeSignature(await maker.sign(signed), seal.signatureForm)
  if (format === 'SES_V1') return encodeSequence(info, encodeSequence(...signer, encodeBitString(value)))
  const token = await seal.timeStamp?.(value)
  const timeStamp = token ? { form: seal.timeStampForm ?? ('EXPLICIT' as const), token } : null
  return encodeSequence(info, ...signer, encodeBitString(value), ...encodeTimeStampField(timeStamp))
}
