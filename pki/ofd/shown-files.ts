import { PkiError } from '../error.ts'
import { parseXml, type XmlElement } from '../xml.ts'
import type { DocumentBody } from './document.ts'
import { ENTRY } from './document.ts'
import { resolveLocation } from './location.ts'
import type { OfdPackage } from './package.ts'

const LONGEST_PATH = 512

/** XML looked through for the names of files, all documents of a package together. */
const MAXIMUM_XML = 64 * 1024 * 1024

/** Which files each file of a package names, looked up once; for all its documents. */
export class NamedFiles {
  readonly #files: OfdPackage
  readonly #known = new Map<string, readonly string[]>()
  #bytes = 0

  constructor(files: OfdPackage) {
    this.#files = files
  }

  /** @throws PkiError TOO_LARGE when over 64 MiB of XML would have to be looked through. */
  namedIn(path: string): readonly string[] {
    const known = this.#known.get(path)
    if (known) return known
    const bytes = this.#files.get(path)
    const isXml = bytes !== undefined && looksLikeXml(bytes)
    if (isXml) this.#bytes += bytes.length
    if (this.#bytes > MAXIMUM_XML) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_XML} bytes of XML`)
    const named = isXml ? filesNamedIn(this.#files, path, bytes) : []
    this.#known.set(path, named)
    return named
  }

  /** Those named by one document body of OFD.xml; its list of signatures is none of them. */
  namedByBody({ element }: DocumentBody): readonly string[] {
    return filesNamed(this.#files, ENTRY, wordsIn(element, 'Signatures'), null)
  }
}

/**
 * The files a reader can come to from one document body: what is shown, and what is attached; OFD.xml among them, its list of
 * signatures not. Rather one too many than one too few: every attribute and text that names a file of the package counts,
 * whatever its element, relative to its file, to the folder in the root's `BaseLoc`, or to the root of the package.
 */
export function shownFiles(named: NamedFiles, body: DocumentBody): ReadonlySet<string> {
  const shown = new Set([ENTRY])
  const waiting = [...named.namedByBody(body)]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (shown.has(path) || path === body.list?.path) continue
    shown.add(path)
    waiting.push(...named.namedIn(path))
  }
  return shown
}

function filesNamedIn(files: OfdPackage, path: string, bytes: Uint8Array): readonly string[] {
  const root = readableXml(bytes)
  if (root === null) return filesNamed(files, path, roughWords(bytes), null)
  return filesNamed(files, path, wordsIn(root), root.attributes.get('BaseLoc') ?? null)
}

function filesNamed(files: OfdPackage, holder: string, words: Iterable<string>, folder: string | null): readonly string[] {
  const found: string[] = []
  for (const word of words) {
    if (word === '' || word.length > LONGEST_PATH) continue
    const readings = [resolveLocation(holder, word), resolveLocation('/', word)]
    if (folder !== null) readings.push(resolveLocation(holder, `${folder}/${word}`), resolveLocation('/', `${folder}/${word}`))
    for (const path of readings) if (path !== null && files.has(path)) found.push(path)
  }
  return found
}

/** Every attribute value and text below an element, but for children of a name. */
function* wordsIn(root: XmlElement, except?: string): Generator<string> {
  const waiting = [root]
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    yield* element.attributes.values()
    yield element.text
    waiting.push(...element.children.filter(({ name }) => name !== except))
  }
}

/** Malformed XML, which real documents hold, still names files for readers that bear with it. */
function roughWords(bytes: Uint8Array): readonly string[] {
  return Buffer.from(bytes)
    .toString('utf8')
    .split(/["'<>]/)
    .map((word) => word.trim())
}

function looksLikeXml(bytes: Uint8Array): boolean {
  return /^\ufeff?\s*</.test(Buffer.from(bytes.subarray(0, 64)).toString('utf8'))
}

function readableXml(bytes: Uint8Array): XmlElement | null {
  try {
    return parseXml(bytes)
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}
