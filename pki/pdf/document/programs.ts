import { PkiError } from '../../error.ts'
import { childrenOf, parseXml, type XmlElement } from '../../xml.ts'
import type { PdfFile } from '../file/file.ts'
import { PDF_LIMITS } from '../limits.ts'
import { decodeStream } from '../syntax/stream-data.ts'
import { textIn } from '../syntax/text-string.ts'
import { ofKind } from '../syntax/value.ts'
import { catalogOf } from './catalog.ts'

const MOST = 32
const LONGEST = 256

/**
 * The programs that made a document, by its own word: /Creator and /Producer of the document information (ISO 32000-2 14.3.3), then
 * what its XMP metadata (14.3.2, ISO 16684-1) name, their history included. Each once, at most 32, none that cannot be read.
 */
export function programsOf(file: PdfFile): readonly string[] {
  const named = [...readOrNone(() => informed(file)), ...readOrNone(() => described(file))]
  return [...new Set(named.filter((name) => name.trim() !== ''))].slice(0, MOST)
}

/** A document whose metadata are broken is not broken for that: they say nothing. */
function readOrNone(read: () => readonly string[]): readonly string[] {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof PkiError) return []
    throw cause
  }
}

function informed({ current }: PdfFile): readonly string[] {
  const information = ofKind('DICTIONARY', current.resolve(current.trailer.get('Info')))?.entries
  return ['Creator', 'Producer'].flatMap((key) => textIn(current.resolve(information?.get(key))) ?? [])
}

function described({ current, budget }: PdfFile): readonly string[] {
  const stream = ofKind('STREAM', current.resolve(catalogOf(current).get('Metadata')))
  if (!stream) return []
  const bytes = decodeStream(stream, budget, PDF_LIMITS.metadata)
  return programsIn(parseXml(bytes))
}

const XMP = 'http://ns.adobe.com/xap/1.0/'
const PDF = 'http://ns.adobe.com/pdf/1.3/'
const EVENT = 'http://ns.adobe.com/xap/1.0/sType/ResourceEvent#'

/** Properties that name a program, by namespace and name. In XMP each may be an element or an attribute. */
const PROPERTIES: readonly (readonly [namespace: string, name: string])[] = [
  [XMP, 'CreatorTool'],
  [PDF, 'Producer'],
  [EVENT, 'softwareAgent'],
]

function programsIn(root: XmlElement): readonly string[] {
  const found: string[] = []
  const waiting: XmlElement[] = [root]
  for (let element = waiting.pop(); element !== undefined && found.length < MOST; element = waiting.pop()) {
    for (const [namespace, name] of PROPERTIES) {
      const written = element.qualified.get(`${namespace} ${name}`)
      if (written !== undefined) found.push(written)
      for (const child of childrenOf(element, name)) if (child.namespace === namespace) found.push(child.text)
    }
    waiting.push(...element.children.toReversed())
  }
  return found.map((text) => text.slice(0, LONGEST))
}
