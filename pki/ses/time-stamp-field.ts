import { type DerReader, openDer } from '../der/reader.ts'
import { contextConstructed, contextPrimitive, TAG } from '../der/tag.ts'
import { PkiError } from '../error.ts'
import type { Departures } from './departures.ts'
import { readOctets } from './loose-fields.ts'
import type { TagForm } from './tag-form.ts'

/** `timeStamp [0] BIT STRING OPTIONAL` of a signature, and of a seal since GM/T 0031-2025. */
export interface TimeStampField {
  readonly form: TagForm
  /** What the BIT STRING holds: a TimeStampToken, if all is well. */
  readonly token: Uint8Array
}

const TOKEN = { name: 'timeStamp', tag: TAG.BIT_STRING }

/** The next element as a time-stamp in any of the three forms; null at the end. @throws PkiError DER, STRUCTURE */
export function readTimeStampField(reader: DerReader, departures: Departures): TimeStampField | null {
  if (reader.isEmpty()) return null
  const found = readTagged(reader, departures)
  const token = tokenInResponse(found.token)
  if (token === null) return found
  departures.note('timeStamp 是整个时间戳响应', 'timeStamp is the whole response of the time-stamp service')
  return { ...found, token }
}

function readTagged(reader: DerReader, departures: Departures): TimeStampField {
  if (reader.peek() === contextPrimitive(0)) return { form: 'IMPLICIT', token: octetsOf(reader.primitive(contextPrimitive(0))) }
  if (reader.peek() !== contextConstructed(0)) return { form: 'UNTAGGED', token: readOctets(reader, TOKEN, departures) }
  const tagged = reader.constructed(contextConstructed(0))
  const token = tagged.peek() === TAG.SEQUENCE ? bareToken(tagged, departures) : readOctets(tagged, TOKEN, departures)
  tagged.end()
  return { form: 'EXPLICIT', token }
}

/** A token that stands under `[0]` as it is. */
function bareToken(tagged: DerReader, departures: Departures): Uint8Array {
  departures.note('timeStamp 未放入 BIT STRING', 'timeStamp stands in no BIT STRING')
  return tagged.any().encoded
}

/** The token in a TimeStampResp (RFC 3161 §2.4.2), whose first element is a status; null for bytes that are none with a token. */
function tokenInResponse(bytes: Uint8Array): Uint8Array | null {
  try {
    const whole = openDer(bytes)
    const response = whole.sequence()
    whole.end()
    if (response.peek() !== TAG.SEQUENCE || response.sequence().peek() !== TAG.INTEGER) return null
    const token = response.sequence().encoded
    response.end()
    return token
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}

function octetsOf(content: Uint8Array): Uint8Array {
  if (content[0] !== 0) throw new PkiError('DER', 'BIT STRING does not hold whole octets')
  return content.subarray(1)
}
