import { HubError } from '../../model/error.ts'
import type { FileReader } from '../../model/files.ts'

/** A file named by its digest, or its bytes right here: exactly one of the two. */
export interface FileReference {
  readonly digest?: string | null
  readonly base64?: Uint8Array | null
}

const MAXIMUM_INLINE_BYTES = 1024 * 1024
const DIGEST = /^[0-9a-f]{64}$/

/**
 * The bytes a reference stands for, the caller's own to hand on.
 * @throws HubError BAD_INPUT for none or both, or what is no digest; TOO_LARGE over 1 MiB inline; NOT_FOUND when the file is not held (any more).
 */
export async function bytesOf({ digest, base64 }: FileReference, files: FileReader): Promise<Uint8Array> {
  if (typeof digest === 'string' && !base64) return held(digest, files)
  if (!base64 || typeof digest === 'string') {
    throw new HubError('BAD_INPUT', 'digest 与 base64 须且只须给出一个', 'give exactly one of digest and base64')
  }
  if (base64.length > MAXIMUM_INLINE_BYTES) {
    throw new HubError('TOO_LARGE', '超过 1 MiB 的文件请先上传到 /files', 'files over 1 MiB go to /files first')
  }
  return Uint8Array.from(base64)
}

async function held(digest: string, files: FileReader): Promise<Uint8Array> {
  if (!DIGEST.test(digest))
    throw new HubError('BAD_INPUT', '文件摘要须为 64 位小写十六进制', 'a file digest is 64 lower-case hex digits')
  const bytes = await files.read(digest)
  if (bytes === null) throw new HubError('NOT_FOUND', '没有该文件或已过期', 'no such file, or it has expired')
  return bytes
}
