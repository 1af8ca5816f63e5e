import type { FileReader } from '../../model/files.ts'
import { decodeBase64 } from '../../pki/base64.ts'
import { type Refusal, refusalOf, refuse } from './refusal.ts'

/** What a row of an import brings: its bytes right here, or the digest of a file sent to `POST /files`; exactly one of the two. */
export interface FileReference {
  readonly digest?: string | null
  readonly base64?: string | null
}

/** Of all rows of one import together. */
const MAXIMUM_BYTES = 128 * 1024 * 1024

/** Reads the bytes of rows one after another. What cannot be had is refused with its code and harms no other row. */
export async function importBytes(
  references: readonly FileReference[],
  files: FileReader,
): Promise<readonly (Uint8Array | Refusal)[]> {
  const rows: (Uint8Array | Refusal)[] = []
  let left = MAXIMUM_BYTES
  for (const reference of references) {
    const bytes = await bytesOf(reference, files)
    left -= 'code' in bytes ? 0 : bytes.length
    rows.push(left < 0 ? TOO_MUCH : bytes)
  }
  return rows
}

const TOO_MUCH = refuse('TOO_LARGE', '一次导入的数据过多，请分批导入', 'too much at once: import it in parts')

async function bytesOf({ digest, base64 }: FileReference, files: FileReader): Promise<Uint8Array | Refusal> {
  if ((typeof digest === 'string') === (typeof base64 === 'string'))
    return refuse('BAD_INPUT', 'digest 与 base64 须且只须给出一个', 'give exactly one of digest and base64')
  if (typeof digest === 'string')
    return (await files.read(digest)) ?? refuse('NOT_FOUND', '没有该文件或已过期', 'no such file, or it has expired')
  try {
    return decodeBase64(base64 ?? '')
  } catch (error) {
    return refusalOf(error)
  }
}
