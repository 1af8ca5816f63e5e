import { PkiError } from '../error.ts'
import { type DocumentBody, ENTRY } from './document.ts'
import { FileNames, folded, lastName } from './file-names.ts'
import type { OfdPackage } from './package.ts'
import { wordsIn, wordsOf, xmlText } from './xml-words.ts'

/** XML looked through for the names of files, all documents of a package together. */
const MAXIMUM_XML = 64 * 1024 * 1024

/** Which files each file of a package names, looked up once; for all its documents. */
export class NamedFiles {
  readonly #files: OfdPackage
  readonly #texts = new Map<string, string | null>()
  readonly #named = new Map<string, readonly string[]>()
  readonly #unnamed = new Set<string>()
  #names: FileNames | null = null
  #read = 0

  constructor(files: OfdPackage) {
    this.#files = files
  }

  /** @throws PkiError TOO_LARGE when over 64 MiB of XML would have to be looked through. */
  namedIn(path: string): readonly string[] {
    const known = this.#named.get(path)
    if (known) return known
    const bytes = this.#files.get(path)
    const text = bytes === undefined ? null : this.#textOf(path, bytes)
    if (bytes === undefined || text === null) return []
    this.#read += bytes.length
    if (this.#read > MAXIMUM_XML) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_XML} bytes of XML`)
    const named = this.#filesNamed(wordsOf(bytes, text))
    this.#named.set(path, named)
    return named
  }

  /** Those named by one document body of OFD.xml; its list of signatures is none of them. */
  namedByBody({ element }: DocumentBody): readonly string[] {
    return this.#filesNamed(wordsIn(element, 'Signatures'))
  }

  /**
   * False only where a plain look at every file but some shows that it names none of these: then nothing has to be parsed.
   * @param except the same whenever it is asked of one package
   */
  mayName(paths: readonly string[], except: ReadonlySet<string>): boolean {
    const names = paths.map((path) => lastName(folded(path))).filter((name) => !this.#unnamed.has(name))
    if (names.length === 0) return false
    let size = 0
    for (const [path, bytes] of this.#files) {
      const text = except.has(path) && path !== ENTRY ? null : this.#textOf(path, bytes)
      if (text === null) continue
      size += bytes.length
      if (size > MAXIMUM_XML || mayHideNames(text)) return true
      const plain = (text.length === bytes.length ? text : text.normalize('NFC')).toLowerCase()
      if (names.some((name) => plain.includes(name))) return true
    }
    for (const name of names) this.#unnamed.add(name)
    return false
  }

  #filesNamed(words: Iterable<string>): readonly string[] {
    this.#names ??= new FileNames(this.#files)
    const found = new Set<string>()
    for (const word of words) for (const path of this.#names.named(word)) found.add(path)
    return [...found]
  }

  #textOf(path: string, bytes: Uint8Array): string | null {
    const known = this.#texts.get(path)
    if (known !== undefined) return known
    const text = xmlText(bytes)
    this.#texts.set(path, text)
    return text
  }
}

/** What may hide a name from a plain look at XML: references to characters, declarations, comments, CDATA, percent signs. */
function mayHideNames(text: string): boolean {
  return text.includes('&#') || text.includes('<!') || (text.includes('%') && /%[0-9a-f]{2}/i.test(text))
}

/**
 * The files a reader can come to from one document body: what is shown, and what is attached; OFD.xml among them, its list of
 * signatures not. Rather one too many than one too few: every attribute and text that could name a file of the package counts,
 * whatever its element.
 */
export class ShownFiles {
  readonly #named: NamedFiles
  readonly #body: DocumentBody
  #all: ReadonlySet<string> | null = null

  constructor(named: NamedFiles, body: DocumentBody) {
    this.#named = named
    this.#body = body
  }

  /**
   * Those of some files that are shown.
   * @param parts the files of signatures: what only they name is not shown, so that mostly a plain look at the others will do.
   * @throws PkiError TOO_LARGE when over 64 MiB of XML would have to be looked through.
   */
  among(paths: readonly string[], parts: ReadonlySet<string>): readonly string[] {
    const list = this.#body.list?.path
    const [entry, others] = [paths.filter((path) => path === ENTRY), paths.filter((path) => path !== ENTRY && path !== list)]
    const named = [...others, ...parts].filter((path) => path !== list)
    if (others.length === 0 || (this.#all === null && !this.#named.mayName(named, parts))) return entry
    const all = this.#everyFile()
    return paths.filter((path) => all.has(path))
  }

  #everyFile(): ReadonlySet<string> {
    this.#all ??= this.#walk()
    return this.#all
  }

  #walk(): ReadonlySet<string> {
    const shown = new Set([ENTRY])
    const waiting = [...this.#named.namedByBody(this.#body)]
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (shown.has(path) || path === this.#body.list?.path) continue
      shown.add(path)
      waiting.push(...this.#named.namedIn(path))
    }
    return shown
  }
}
