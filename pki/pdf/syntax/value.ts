/** An object of ISO 32000-2 7.3. Numbers are plain numbers, whether written as integers or reals. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfArray | PdfDictionary | PdfReference | PdfStream

export interface PdfName {
  readonly kind: 'NAME'
  /** Without the slash, `#xx` decoded, one character a byte. */
  readonly name: string
}

export interface PdfString {
  readonly kind: 'STRING'
  readonly bytes: Uint8Array
  readonly form: 'LITERAL' | 'HEX'
  /** Where it stands in the bytes parsed, delimiters included. */
  readonly start: number
  readonly end: number
}

export interface PdfArray {
  readonly kind: 'ARRAY'
  readonly items: readonly PdfValue[]
}

export interface PdfDictionary {
  readonly kind: 'DICTIONARY'
  /** Keys with the value null are left out (7.3.7): they say the same as absent ones. */
  readonly entries: ReadonlyMap<string, PdfValue>
}

export interface PdfReference {
  readonly kind: 'REFERENCE'
  readonly number: number
  readonly generation: number
}

export interface PdfStream {
  readonly kind: 'STREAM'
  readonly entries: ReadonlyMap<string, PdfValue>
  /** The data as stored. */
  readonly data: Uint8Array
}

type Kind = Extract<PdfValue, { kind: string }>['kind']
type OfKind<K extends Kind> = Extract<PdfValue, { kind: K }>

/** The value if it is of a kind, null otherwise. */
export function ofKind<K extends Kind>(kind: K, value: PdfValue | undefined): OfKind<K> | null {
  return isOfKind(kind, value) ? value : null
}

function isOfKind<K extends Kind>(kind: K, value: PdfValue | undefined): value is OfKind<K> {
  return typeof value === 'object' && value !== null && value.kind === kind
}

/** The text of a name, null for anything else. */
export function nameIn(value: PdfValue | undefined): string | null {
  return ofKind('NAME', value)?.name ?? null
}

/** An integer that fits 53 bits, null for anything else. */
export function integerIn(value: PdfValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

/** Whether two values say the same, references being the same when they name the same object. */
export function sameValue(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  if (a === undefined || b === undefined || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return (a ?? null) === (b ?? null)
  if (a.kind === 'STREAM' && b.kind === 'STREAM')
    return Buffer.compare(a.data, b.data) === 0 && differingKeys(a.entries, b.entries).length === 0
  if (a.kind === 'DICTIONARY' && b.kind === 'DICTIONARY') return differingKeys(a.entries, b.entries).length === 0
  if (a.kind === 'ARRAY' && b.kind === 'ARRAY')
    return a.items.length === b.items.length && a.items.every((item, i) => sameValue(item, b.items[i]))
  if (a.kind === 'STRING' && b.kind === 'STRING') return Buffer.compare(a.bytes, b.bytes) === 0
  if (a.kind === 'NAME' && b.kind === 'NAME') return a.name === b.name
  return a.kind === 'REFERENCE' && b.kind === 'REFERENCE' && a.number === b.number && a.generation === b.generation
}

/** The keys under which two dictionaries differ, absent ones included. */
export function differingKeys(a: ReadonlyMap<string, PdfValue>, b: ReadonlyMap<string, PdfValue>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => !sameValue(a.get(key), b.get(key)))
}

/** Every object number a value refers to, in no particular order. */
export function referencesIn(root: PdfValue): Int32Array {
  const numbers: number[] = []
  const waiting: PdfValue[] = [root]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if (value.kind === 'REFERENCE') numbers.push(Math.min(value.number, NO_OBJECT))
    if (value.kind === 'ARRAY') for (const item of value.items) waiting.push(item)
    if (value.kind === 'DICTIONARY' || value.kind === 'STREAM') for (const item of value.entries.values()) waiting.push(item)
  }
  return Int32Array.from(numbers)
}

/** No object has a number this large; references with larger ones lead nowhere either. */
const NO_OBJECT = 0x7fffffff
