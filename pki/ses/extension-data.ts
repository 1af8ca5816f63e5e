import { type DerReader, openDer } from '../der/reader.ts'
import { contextConstructed, TAG } from '../der/tag.ts'
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
 * The next element as ExtensionDatas, in any of the three forms; null at the end.
 * @throws PkiError DER, STRUCTURE, TOO_LARGE with over 64 extensions.
 */
export function readExtensionDatas(reader: DerReader): ExtensionDatas | null {
  if (reader.isEmpty()) return null
  if (reader.peek() === TAG.SEQUENCE) return { form: 'UNTAGGED', items: readItems(reader.sequence()) }
  const tagged = reader.constructed(contextConstructed(0))
  const form = isListOfExtensions(tagged) ? 'IMPLICIT' : 'EXPLICIT'
  if (form === 'IMPLICIT') return { form, items: readItems(tagged) }
  const items = readItems(tagged.sequence())
  tagged.end()
  return { form, items }
}

/** `[0] IMPLICIT` holds extensions at once (each begins with its OID), `[0] EXPLICIT` the SEQUENCE that holds them. */
function isListOfExtensions(tagged: DerReader): boolean {
  if (tagged.isEmpty()) return true
  const inside = openDer(tagged.encoded).constructed(contextConstructed(0))
  return inside.sequence().peek() === TAG.OBJECT_IDENTIFIER
}

function readItems(list: DerReader): ExtData[] {
  const items: ExtData[] = []
  while (!list.isEmpty()) {
    within(LIMITS.extensions, items.length + 1, 'extensions')
    items.push(readExtData(list.sequence()))
  }
  return items
}

function readExtData(fields: DerReader): ExtData {
  const extnID = fields.oid()
  const written = fields.peek() === TAG.BOOLEAN ? fields.boolean() : null
  const extnValue = fields.octetString()
  fields.end()
  return { extnID, critical: written === true, writesDefault: written === false, extnValue }
}
