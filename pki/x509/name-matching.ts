import { attributeText, type Name, type NameAttribute } from './name.ts'

interface CanonicalName {
  /** One text a relative distinguished name, the attributes of a multi-valued one sorted: a set has no order. */
  readonly relativeNames: readonly string[]
  readonly key: string
}

const canonicalNames = new WeakMap<Name, CanonicalName>()

/**
 * Whether two names are the same by RFC 5280 §7.1: case, insignificant white space and the type of string play no part.
 * Names equal byte for byte, as nearly all are, are not looked into.
 */
export function namesEqual(a: Name, b: Name): boolean {
  if (Buffer.compare(a.encoded, b.encoded) === 0) return true
  if (a.relativeNames.length !== b.relativeNames.length) return false
  return isWithinName(a, b)
}

/** Whether `name` lies in the subtree of `base`: its first relative names are those of `base` (RFC 5280 §7.1). */
export function isWithinName(name: Name, base: Name): boolean {
  const { relativeNames } = canonicalName(name)
  return canonicalName(base).relativeNames.every((relativeName, i) => relativeName === relativeNames[i])
}

/** A text that two names share exactly when they are the same by RFC 5280 §7.1; for look-ups. */
export function nameKey(name: Name): string {
  return canonicalName(name).key
}

function canonicalName(name: Name): CanonicalName {
  const known = canonicalNames.get(name)
  if (known) return known
  const relativeNames = name.relativeNames.map(canonicalRelativeName)
  const canonical = { relativeNames, key: relativeNames.join('\u0000') }
  canonicalNames.set(name, canonical)
  return canonical
}

/** A JSON text of the attributes: no value can look like the seam between two. */
function canonicalRelativeName(attributes: readonly NameAttribute[]): string {
  const texts = attributes.map(canonicalAttribute)
  return JSON.stringify(texts.length > 1 ? texts.sort() : texts)
}

function canonicalAttribute(attribute: NameAttribute): string {
  const text = attributeText(attribute)
  const value = text === null ? `#${attribute.tag}:${Buffer.from(attribute.value).toString('hex')}` : `=${prepare(text)}`
  return `${attribute.type}${value}`
}

/** Visible ASCII and common Chinese characters, single spaces between them: preparation changes nothing but the case. */
const PLAIN = /^[!-~\u4e00-\u9fa5]+(?: [!-~\u4e00-\u9fa5]+)*$/

/** String preparation of RFC 4518 §2: what is mapped to nothing, what to a space, case and compatibility folded, spaces folded. */
function prepare(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  return text
    .replace(/\u00ad|\u034f|\u1806|[\u180b-\u180d]|[\ufe00-\ufe0f]|\ufffc|\u200b/g, '')
    .replace(/[\t\n\v\f\r\u0085\p{Z}]/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/ +/g, ' ')
    .trim()
}
