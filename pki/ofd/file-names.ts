import { PkiError } from '../error.ts'
import type { OfdPackage } from './package.ts'

const LONGEST = 512
/** Names compared for one package: each word with every file that has its last name. Ten thousand pages that name each other need as many. */
const MAXIMUM_COMPARISONS = 100_000_000

/**
 * The files of a package by what some reader might call them: without regard to case, form of characters, percent signs, the kind of
 * slash and the folder a location starts from.
 */
export class FileNames {
  readonly #byLastName = new Map<string, { readonly path: string; readonly called: string }[]>()
  #compared = 0

  constructor(files: OfdPackage) {
    for (const path of files.keys()) {
      const called = folded(path)
      const alike = this.#byLastName.get(lastName(called))
      if (alike) alike.push({ path, called })
      else this.#byLastName.set(lastName(called), [{ path, called }])
    }
  }

  /** Every file a word could name. @throws PkiError TOO_LARGE when a hundred million names would have to be compared */
  named(word: string): readonly string[] {
    if (word === '' || word.length > LONGEST) return []
    const called = folded(word)
    const alike = this.#byLastName.get(lastName(called))
    if (alike === undefined) return []
    this.#compared += alike.length
    if (this.#compared > MAXIMUM_COMPARISONS) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_COMPARISONS} names compared`)
    const ending = `/${resolved(called)}`
    return alike.filter((file) => file.called.endsWith(ending)).map(({ path }) => path)
  }
}

/** A name or location in the one form they are compared in. */
export function folded(text: string): string {
  return unescaped(text.trim()).replaceAll('\\', '/').normalize('NFC').toLowerCase()
}

/** The last name of a path. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Without `.` and `..`: what the location ends with, wherever it starts. */
function resolved(called: string): string {
  const names: string[] = []
  for (const name of called.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return names.join('/')
}

function unescaped(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    if (cause instanceof URIError) return text
    throw cause
  }
}
