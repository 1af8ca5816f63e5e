import { type DerReader, openDer } from '../der/reader.ts'
import { contextConstructed, TAG } from '../der/tag.ts'
import type { Departures } from './departures.ts'
import { LIMITS, within } from './limits.ts'
import type { TagForm } from './tag-form.ts'

/** ExtData (GB/T 38540-2020 6.1): `extnValue` is the content of its OCTET STRING. */
export interface ExtData {
  readonly extnID: string
  readonly critical: boolean
  /** `critical` FALSE was written out although it is the DEFAULT: no DER, but what real seals do. */
  readonly writesDefault: boolean
  readonly extnValue: Uint8Array
}

/** ExtensionDatas, in the order received. */
export interface ExtensionDatas {
  readonly form: TagForm
  readonly items: readonly ExtData[]
}

/**
 * The next element as ExtensionDatas, in any of the three forms or in an OCTET STRING; null at the end.
 * @throws PkiError DER, STRUCTURE, TOO_LARGE with over 64 extensions.
 */
export function readExtensionDatas(reader: DerReader, departures: Departures): ExtensionDatas | null {
  if (reader.isEmpty()) return null
  if (reader.peek() === TAG.SEQUENCE) return { form: 'UNTAGGED', items: readItems(reader.sequence(), departures) }
  if (reader.peek() === TAG.OCTET_STRING) return readWrapped(reader.octetString(), departures)
  const tagged = reader.constructed(contextConstructed(0))
  const form = isListOfExtensions(tagged) ? 'IMPLICIT' : 'EXPLICIT'
  if (form === 'IMPLICIT') return { form, items: readItems(tagged, departures) }
  const items = readItems(tagged.sequence(), departures)
  tagged.end()
  return { form, items }
}

function readWrapped(content: Uint8Array, departures: Departures): ExtensionDatas {
  departures.note('extDatas 包在 OCTET STRING 中', 'extDatas stands in an OCTET STRING')
  const wrapped = openDer(content)
  const items = readItems(wrapped.sequence(), departures)
  wrapped.end()
  return { form: 'UNTAGGED', items }
}

/** `[0] IMPLICIT` holds extensions at once (each begins with its OID), `[0] EXPLICIT` the SEQUENCE that holds them. */
function isListOfExtensions(tagged: DerReader): boolean {
  if (tagged.isEmpty()) return true
  const inside = openDer(tagged.encoded).constructed(contextConstructed(0))
  return inside.sequence().peek() === TAG.OBJECT_IDENTIFIER
}

function readItems(list: DerReader, departures: Departures): ExtData[] {
  const items: ExtData[] = []
  while (!list.isEmpty()) {
    within(LIMITS.extensions, items.length + 1, 'extensions')
    items.push(readExtData(list.sequence(), departures))
  }
  return items
}

function readExtData(fields: DerReader, departures: Departures): ExtData {
  const extnID = fields.oid()
  const written = fields.peek() === TAG.BOOLEAN ? readFlag(fields, departures) : null
  const extnValue = readValue(fields, departures)
  fields.end()
  return { extnID, critical: written === true, writesDefault: written === false, extnValue }
}

/** TRUE is 0xff in DER and anything but zero in BER (X.690 §8.2.2): what might be critical is. */
function readFlag(fields: DerReader, departures: Departures): boolean {
  const { content } = fields.any()
  const isDer = content.length === 1 && (content[0] === 0x00 || content[0] === 0xff)
  if (!isDer) departures.note('critical 不是 DER 的 BOOLEAN', 'critical is no BOOLEAN in DER')
  return !isDer || content[0] !== 0x00
}

function readValue(fields: DerReader, departures: Departures): Uint8Array {
  if (fields.peek() === TAG.OCTET_STRING) return fields.octetString()
  departures.note('extnValue 未放入 OCTET STRING', 'extnValue stands in no OCTET STRING')
  return fields.any().encoded
}
