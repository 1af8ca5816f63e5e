import { PkiError } from '../error.ts'
import { documentBodies, type ListedSignature } from './document.ts'
import type { OfdPackage } from './package.ts'
import { shownFiles } from './shown-files.ts'
import { readSignatureFile, type SignatureFile } from './signature-file.ts'

/** A signature of a package with its file, or why that could not be read. */
export interface OfdSignature {
  readonly listed: ListedSignature
  /** Absolute path of the list it stands in. */
  readonly list: string
  readonly file: SignatureFile | null
  /** Null exactly where `file` is there. */
  readonly fault: string | null
  /** The files of its document body, OFD.xml among them. */
  readonly shown: ReadonlySet<string>
}

/**
 * Every signature of every document body, in the order of OFD.xml and of the lists.
 * @throws PkiError STRUCTURE when OFD.xml or a list cannot be read; TOO_LARGE, TOO_DEEP over a limit.
 */
export function readSignatures(files: OfdPackage): readonly OfdSignature[] {
  return documentBodies(files).flatMap((body) => {
    const { list } = body
    if (list === null) return []
    const shown = shownFiles(files, body)
    return list.signatures.map((listed) => ({ listed, list: list.path, shown, ...readFile(files, listed) }))
  })
}

function readFile(files: OfdPackage, { path, location }: ListedSignature): Pick<OfdSignature, 'file' | 'fault'> {
  if (path === null) return { file: null, fault: `no file at ${location.slice(0, 200)}` }
  try {
    return { file: readSignatureFile(files, path), fault: null }
  } catch (cause) {
    if (!(cause instanceof PkiError) || cause.code === 'TOO_LARGE' || cause.code === 'TOO_DEEP') throw cause
    return { file: null, fault: cause.message }
  }
}
