import type { DigestMethod } from './digest-method.ts'
import type { OfdPackage } from './package.ts'

/** Digests of the files of a package, each computed once: many signatures, or one that names a file many times, cost no more. */
export class FileDigests {
  readonly #files: OfdPackage
  readonly #known = new Map<string, Uint8Array>()

  constructor(files: OfdPackage) {
    this.#files = files
  }

  /** Null when there is no such file. */
  digest(path: string, method: DigestMethod): Uint8Array | null {
    const content = this.#files.get(path)
    if (content === undefined) return null
    const key = `${method.name}${path}`
    const digest = this.#known.get(key) ?? method.digest(content)
    this.#known.set(key, digest)
    return digest
  }
}
