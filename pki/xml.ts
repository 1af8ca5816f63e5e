import { isAscii } from 'node:buffer'
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { decodeUtf8 } from './der/reader.ts'
import { PkiError } from './error.ts'

/** An element, by its local name: those who write OFD differ in prefix and namespace (domain reference 2). */
export interface XmlElement {
  readonly name: string
  readonly namespace: string
  /** Those without a namespace. */
  readonly attributes: ReadonlyMap<string, string>
  /** Those of a namespace, under `namespace` and local name with a space between. */
  readonly qualified: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** The character data directly inside, trimmed. */
  readonly text: string
}

interface Growing extends XmlElement {
  readonly children: XmlElement[]
  text: string
}

const MAXIMUM_BYTES = 16 * 1024 * 1024
const MAXIMUM_DEPTH = 64
const MAXIMUM_ELEMENTS = 200_000
const MAXIMUM_ATTRIBUTES = 400_000

/**
 * Parses a document strictly: UTF-8 and not declared otherwise, well formed, no document type and so no entities of its own, nothing external.
 * @throws PkiError STRUCTURE for all else; TOO_LARGE over 16 MiB, 200,000 elements or 400,000 attributes, TOO_DEEP over 64 levels.
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  if (bytes.length > MAXIMUM_BYTES) throw new PkiError('TOO_LARGE', `XML over ${MAXIMUM_BYTES} bytes`)
  const parser = new SaxesParser({ xmlns: true, position: false })
  const open: Growing[] = []
  let root: XmlElement | null = null
  let count = 0
  let attributes = 0
  parser.on('error', (cause) => {
    throw new PkiError('STRUCTURE', `not well-formed XML: ${cause.message}`, { cause })
  })
  parser.on('doctype', () => {
    throw new PkiError('STRUCTURE', 'XML with a document type')
  })
  parser.on('xmldecl', ({ encoding }) => refuseOtherReading(encoding, bytes))
  parser.on('attribute', () => {
    if (++attributes > MAXIMUM_ATTRIBUTES) throw new PkiError('TOO_LARGE', `XML of over ${MAXIMUM_ATTRIBUTES} attributes`)
  })
  parser.on('opentag', (tag) => {
    if (++count > MAXIMUM_ELEMENTS) throw new PkiError('TOO_LARGE', `XML of over ${MAXIMUM_ELEMENTS} elements`)
    if (open.length >= MAXIMUM_DEPTH) throw new PkiError('TOO_DEEP', `XML over ${MAXIMUM_DEPTH} levels`)
    const element = elementOf(tag)
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  const append = (text: string) => {
    const element = open.at(-1)
    if (element) element.text += text
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => {
    const element = open.pop()
    if (element) element.text = element.text.trim()
  })
  parser.write(textOf(bytes)).close()
  if (root === null) throw new PkiError('STRUCTURE', 'XML without an element')
  return root
}

function elementOf({ local, uri, attributes }: SaxesTagNS): Growing {
  const plain = new Map<string, string>()
  const qualified = new Map<string, string>()
  for (const attribute of Object.values(attributes)) {
    if (attribute.uri === '') plain.set(attribute.local, attribute.value)
    else qualified.set(`${attribute.uri} ${attribute.local}`, attribute.value)
  }
  return { name: local, namespace: uri, attributes: plain, qualified, children: [], text: '' }
}

const UTF_8: readonly string[] = ['utf-8', 'utf8', 'us-ascii']
/** In which ASCII means what it means in UTF-8. */
const LIKE_ASCII: readonly string[] = ['gb2312', 'gbk', 'gb18030', 'iso-8859-1']

/** Readers that go by the declared encoding must see what we see. */
function refuseOtherReading(declared: string | undefined, bytes: Uint8Array): void {
  const encoding = declared?.toLowerCase() ?? 'utf-8'
  if (UTF_8.includes(encoding) || (LIKE_ASCII.includes(encoding) && isAscii(bytes))) return
  throw new PkiError('STRUCTURE', `XML that says it is in ${encoding}`)
}

function textOf(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes).replace(/^\ufeff/, '')
  } catch (cause) {
    throw new PkiError('STRUCTURE', 'XML that is not UTF-8', { cause })
  }
}

/** Children of a name, in document order. */
export function childrenOf(element: XmlElement | null, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

/** The only child of a name; null when there is none. @throws PkiError STRUCTURE when there are several. */
export function childOf(element: XmlElement | null, name: string): XmlElement | null {
  const [first, second] = childrenOf(element, name)
  if (second) throw new PkiError('STRUCTURE', `${name} more than once`)
  return first ?? null
}
