import { PkiError } from '../error.ts'
import { type DocumentBody, documentBodies, type ListedSignature } from './document.ts'
import type { OfdPackage } from './package.ts'
import { NamedFiles, ShownFiles } from './shown-files.ts'
import { readSignatureFile, type SignatureFile } from './signature-file.ts'

/** A signature of a package with its file, or why that could not be read. */
export interface OfdSignature {
  readonly listed: ListedSignature
  /** Absolute path of the list it stands in. */
  readonly list: string
  readonly file: SignatureFile | null
  /** Null exactly where `file` is there. */
  readonly fault: string | null
  readonly body: DocumentBody
  /** Whether the package has no other document body. */
  readonly isOnlyDocument: boolean
  /** The files of its document body, OFD.xml among them. */
  readonly shown: ShownFiles
}

const MAXIMUM_SIGNATURES = 256

/**
 * Every signature of every document body, in the order of OFD.xml and of the lists. One whose file or value another has already
 * is not read: two signatures have two of each.
 * @throws PkiError STRUCTURE when OFD.xml or a list cannot be read; TOO_LARGE, TOO_DEEP over a limit.
 */
export function readSignatures(
  files: OfdPackage,
  bodies: readonly DocumentBody[] = documentBodies(files),
): readonly OfdSignature[] {
  const named = new NamedFiles(files)
  const taken = new Set<string>()
  const signatures: OfdSignature[] = []
  for (const body of bodies) {
    const { list } = body
    if (list === null) continue
    const shown = new ShownFiles(named, body)
    for (const listed of list.signatures) {
      if (signatures.length === MAXIMUM_SIGNATURES) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_SIGNATURES} signatures`)
      signatures.push({
        listed,
        list: list.path,
        body,
        isOnlyDocument: bodies.length === 1,
        shown,
        ...readFile(files, listed, taken),
      })
    }
  }
  return signatures
}

function readFile(files: OfdPackage, listed: ListedSignature, taken: Set<string>): Pick<OfdSignature, 'file' | 'fault'> {
  const { path, fault } = listed
  if (path === null) return { file: null, fault }
  if (taken.has(path)) return { file: null, fault: 'its file is that of another signature' }
  taken.add(path)
  try {
    const file = readSignatureFile(files, path)
    if (taken.has(file.valuePath)) return { file: null, fault: 'its value is that of another signature' }
    taken.add(file.valuePath)
    return { file, fault: null }
  } catch (cause) {
    if (!(cause instanceof PkiError) || cause.code === 'TOO_LARGE' || cause.code === 'TOO_DEEP') throw cause
    return { file: null, fault: cause.message }
  }
}
