import type { DerReader } from '../der/reader.ts'
import { contextConstructed, contextPrimitive, TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import type { TagForm } from './tag-form.ts'

/** `timeStamp [0] BIT STRING OPTIONAL` of a signature, and of a seal since GM/T 0031-2025. */
export interface TimeStampField {
  readonly form: TagForm
  /** What the BIT STRING holds: a TimeStampToken, if all is well. */
  readonly token: Uint8Array
}

/** The next element as a time-stamp in any of the three forms; null at the end. @throws PkiError DER, STRUCTURE */
export function readTimeStampField(reader: DerReader): TimeStampField | null {
  if (reader.isEmpty()) return null
  if (reader.peek() === TAG.BIT_STRING) return { form: 'UNTAGGED', token: reader.bitStringBytes() }
  if (reader.peek() === contextPrimitive(0)) return { form: 'IMPLICIT', token: octetsOf(reader.primitive(contextPrimitive(0))) }
  const tagged = reader.constructed(contextConstructed(0))
  const token = tagged.bitStringBytes()
  tagged.end()
  return { form: 'EXPLICIT', token }
}

function octetsOf(content: Uint8Array): Uint8Array {
  if (content[0] !== 0) throw new PkiError('DER', 'BIT STRING does not hold whole octets')
  return content.subarray(1)
}
