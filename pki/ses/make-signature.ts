import { openDer } from '../der/reader.ts'
import {
  encodeBitString,
  encodeGeneralizedTime,
  encodeIa5String,
  encodeInteger,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
  encodeUtcTime,
} from '../der/writer.ts'
import { PkiError } from '../error.ts'
import type { Signer } from '../signer.ts'
import { digestOfAlgorithm } from './data-hash.ts'
import { digestOf } from './digest-name.ts'
import { encodeExtensionDatas, encodeTimeStampField } from './encode-fields.ts'
import type { ExtensionDatas } from './extension-data.ts'
import { readSeal } from './seal.ts'
import type { SesFormat } from './seal-info.ts'
import { type SignatureForm, writeSignature } from './signature-form.ts'
import type { TagForm } from './tag-form.ts'

/** What a signature is to say. */
export interface SignatureToMake {
  /** DER of the seal, put in as it is. */
  readonly seal: Uint8Array
  /** The protected bytes as stored; `dataHash` is their digest. */
  readonly content: Uint8Array
  /** Where they lie (`propertyInfo`): for OFD the path of Signature.xml. */
  readonly protects: string
  /** UTC milliseconds, kept to the second. */
  readonly signedAt: number
  /** In place of the seal's own: for signatures that are to be wrong. */
  readonly format?: SesFormat
  readonly version?: number
  readonly extDatas?: ExtensionDatas
  /** GM/T 0031-2014: what stands in the BIT STRING instead of a UTCTime. */
  readonly timeInfo?: Uint8Array
  /** Later standards: gets the token over the signature. */
  readonly timeStamp?: (signature: Uint8Array) => Promise<Uint8Array>
  readonly timeStampForm?: TagForm
  readonly signatureForm?: SignatureForm
}

/**
 * Signs with a seal and returns the DER of SES_Signature. Whether the signer is in the seal's list, which GM/T 0031-2014 §6.2.2 c
 * demands, is for the caller to ask before.
 * @throws PkiError DER, STRUCTURE for a seal that cannot be read or what the format cannot say, ALGORITHM for a signer without a digest.
 */
export async function makeSignature(signature: SignatureToMake, signer: Signer): Promise<Uint8Array> {
  const eseal = readSeal(openDer(signature.seal))
  const format = signature.format ?? eseal.format
  const version = signature.version ?? eseal.eSealInfo.header.version
  const parts = [encodeOctetString(signer.certificate), encodeObjectIdentifier(signer.algorithm)]
  const head = [encodeInteger(version), signature.seal]
  if (format !== 'SES_V1') return signLater(signature, signer, head, parts)
  if (signature.extDatas || signature.timeStamp) throw new PkiError('STRUCTURE', 'GM/T 0031-2014 has no such field')
  const timeInfo = encodeBitString(signature.timeInfo ?? encodeUtcTime(signature.signedAt))
  const toSign = encodeSequence(...head, timeInfo, ...contentPart(signature, signer), ...parts)
  return encodeSequence(toSign, encodeBitString(await sign(signature, signer, toSign)))
}

async function signLater(
  signature: SignatureToMake,
  signer: Signer,
  head: readonly Uint8Array[],
  parts: readonly Uint8Array[],
): Promise<Uint8Array> {
  const timeInfo = encodeGeneralizedTime(signature.signedAt)
  const extDatas = encodeExtensionDatas(signature.extDatas ?? null)
  const toSign = encodeSequence(...head, timeInfo, ...contentPart(signature, signer), ...extDatas)
  const value = await sign(signature, signer, toSign)
  const token = await signature.timeStamp?.(value)
  const timeStamp = token ? { form: signature.timeStampForm ?? ('EXPLICIT' as const), token } : null
  return encodeSequence(toSign, ...parts, encodeBitString(value), ...encodeTimeStampField(timeStamp))
}

function contentPart({ content, protects }: SignatureToMake, signer: Signer): readonly Uint8Array[] {
  const digest = digestOfAlgorithm(signer.algorithm)
  if (digest === null) throw new PkiError('ALGORITHM', `${signer.algorithm} names no digest`)
  return [encodeBitString(digestOf(digest, content)), encodeIa5String(protects)]
}

async function sign({ signatureForm }: SignatureToMake, signer: Signer, toSign: Uint8Array): Promise<Uint8Array> {
  return writeSignature(await signer.sign(toSign), signatureForm)
}
