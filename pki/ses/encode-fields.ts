import { contextConstructed, contextPrimitive } from '../der/tag.ts'
import {
  encodeBitString,
  encodeBoolean,
  encodeElement,
  encodeExplicit,
  encodeObjectIdentifier,
  encodeOctetString,
  encodeSequence,
} from '../der/writer.ts'
import type { ExtData, ExtensionDatas } from './extension-data.ts'
import type { TimeStampField } from './time-stamp-field.ts'

/** ExtensionDatas in the form asked for; nothing for null. */
export function encodeExtensionDatas(extensions: ExtensionDatas | null): readonly Uint8Array[] {
  if (extensions === null) return []
  const items = extensions.items.map(encodeExtData)
  if (extensions.form === 'IMPLICIT') return [encodeElement(contextConstructed(0), ...items)]
  const list = encodeSequence(...items)
  return [extensions.form === 'EXPLICIT' ? encodeExplicit(0, list) : list]
}

function encodeExtData({ extnID, critical, writesDefault, extnValue }: ExtData): Uint8Array {
  const flag = critical || writesDefault ? [encodeBoolean(critical)] : []
  return encodeSequence(encodeObjectIdentifier(extnID), ...flag, encodeOctetString(extnValue))
}

/** `timeStamp [0]` in the form asked for; nothing for null. */
export function encodeTimeStampField(field: TimeStampField | null): readonly Uint8Array[] {
  if (field === null) return []
  const bits = encodeBitString(field.token)
  if (field.form === 'UNTAGGED') return [bits]
  if (field.form === 'EXPLICIT') return [encodeExplicit(0, bits)]
  return [encodeElement(contextPrimitive(0), Uint8Array.of(0), field.token)]
}
