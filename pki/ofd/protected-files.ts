import { type Finding, finding, PASSED } from '../ses/check-row.ts'
import { type DigestMethod, digestMethodNamed } from './digest-method.ts'
import type { FileDigests } from './file-digests.ts'
import { legible } from './legible.ts'
import type { FileReference, SignatureFile } from './signature-file.ts'

/** What checking one protected file found. */
export interface FileFinding {
  readonly path: string
  readonly found: Finding
}

/**
 * Digests every file a signature protects (GB/T 33190-2016 18.2.2). Weak methods never pass: what they do not contradict is UNKNOWN.
 * @returns the files that do not pass; none when all do.
 */
export function checkProtectedFiles(digests: FileDigests, { references, checkMethod }: SignatureFile): readonly FileFinding[] {
  const method = digestMethodNamed(checkMethod)
  const checked = references.map((reference) => ({
    path: legible(reference.path ?? reference.fileRef),
    found: checkFile(digests, reference, method, checkMethod),
  }))
  return checked.filter(({ found }) => found.outcome !== 'PASSED')
}

function checkFile(
  digests: FileDigests,
  { path, isAmbiguous, checkValue }: FileReference,
  method: DigestMethod | null,
  name: string | null,
): Finding {
  if (method === null)
    return finding('UNKNOWN', `不认识的摘要方法“${legible(name ?? '')}”`, `the unknown check method “${legible(name ?? '')}”`)
  if (isAmbiguous) return finding('FAILED', '路径可指两个文件', 'the location can mean two files')
  const digest = path === null ? null : digests.digest(path, method)
  if (digest === null) return finding('FAILED', '文件不存在', 'the file is not there')
  if (Buffer.compare(digest, checkValue) !== 0) return finding('FAILED', '内容被改动', 'the content was changed')
  return method.isWeak
    ? finding('UNKNOWN', `摘要方法 ${method.name} 过弱`, `the check method ${method.name} is too weak`)
    : PASSED
}
