import type { OfdPackage } from './package.ts'
import type { OfdSignature } from './read-signatures.ts'

/** Files that no signature lists and that are no part of one, in the order of the package. What is shown is never taken for a part. */
export function uncoveredFiles(files: OfdPackage, all: readonly OfdSignature[]): readonly string[] {
  const covered = new Set(all.flatMap(coveredBy))
  const parts = signatureParts(all)
  const bare = [...files.keys()].filter((path) => !covered.has(path))
  const bareParts = bare.filter((path) => parts.has(path))
  const shown = new Set(all.flatMap((signature) => signature.shown.among(bareParts, parts)))
  return bare.filter((path) => !parts.has(path) || shown.has(path))
}

/** What came after a signature and is protected by a later one of the same list: told apart from what was changed under it. */
export function addedLater(files: OfdPackage, signature: OfdSignature, all: readonly OfdSignature[]): readonly string[] {
  const covered = new Set(coveredBy(signature))
  const later = new Set(laterThan(signature, all).flatMap(coveredBy))
  const own = signatureParts([signature])
  return [...files.keys()].filter((path) => later.has(path) && !covered.has(path) && !own.has(path))
}

/** The signatures after one in its own list. */
export function laterThan(signature: OfdSignature, all: readonly OfdSignature[]): readonly OfdSignature[] {
  return all.slice(all.indexOf(signature) + 1).filter(({ list }) => list === signature.list)
}

/** Paths of the list, the files, the values and the seals beside them. */
export function signatureParts(all: readonly OfdSignature[]): ReadonlySet<string> {
  const paths = all.flatMap(({ list, file }) => [list, ...(file ? [file.path, file.valuePath, file.sealPath] : [])])
  return new Set(paths.filter((path) => path !== null))
}

/** What a signature is over: the files it lists, and its own description. */
export function coveredBy({ file }: OfdSignature): readonly (string | null)[] {
  return file === null ? [] : [...file.references.map(({ path }) => path), file.path]
}
