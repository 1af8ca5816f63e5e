import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { HubError } from '../model/error.ts'
import type { FileReader } from '../model/files.ts'
import type { Clock } from '../model/time.ts'

export interface FileShelf extends FileReader {
  /**
   * Keeps a file for a while and names it by its SM3 digest (lower-case hex).
   * @throws HubError TOO_LARGE over the limit for one file, RATE_LIMITED when the shelf is full.
   */
  readonly put: (content: AsyncIterable<Uint8Array>) => Promise<{ digest: string; size: number }>
  /** Drops what is past its lifetime. */
  readonly sweep: () => Promise<void>
}

export interface FileShelfOptions {
  readonly folder: string
  readonly maximumBytes: number
  readonly quotaBytes: number
  /** Milliseconds. */
  readonly lifetime: number
  readonly now: Clock
}

const DIGEST = /^[0-9a-f]{64}$/
const DRAFT = '.draft'

/** A shelf of uploaded files: bounded per file and in all, each kept for its lifetime and addressed by content. */
export async function openFileShelf({ folder, maximumBytes, quotaBytes, lifetime, now }: FileShelfOptions): Promise<FileShelf> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let used = 0
  for (const entry of await entries(folder)) {
    if (entry.name.endsWith(DRAFT)) await rm(join(folder, entry.name), { force: true })
    else used += entry.size
  }

  async function sweep(): Promise<void> {
    let kept = 0
    for (const entry of await entries(folder)) {
      const isOver = !entry.name.endsWith(DRAFT) && entry.storedAt < now() - lifetime
      if (isOver) await rm(join(folder, entry.name), { force: true })
      else kept += entry.size
    }
    used = kept
  }

  async function put(content: AsyncIterable<Uint8Array>): Promise<{ digest: string; size: number }> {
    const draft = join(folder, `${randomBytes(12).toString('hex')}${DRAFT}`)
    let reserved = 0
    try {
      const { digest, size } = await writeDraft(draft, content, (bytes) => {
        reserved += bytes
        used += bytes
        if (reserved > maximumBytes)
          throw new HubError('TOO_LARGE', `文件超过 ${maximumBytes} 字节`, `file over ${maximumBytes} bytes`)
        if (used > quotaBytes)
          throw new HubError('RATE_LIMITED', '暂存空间已满，请稍后再试', 'the file shelf is full, try again later')
      })
      const known = await storedSize(join(folder, digest))
      await rename(draft, join(folder, digest))
      await utimes(join(folder, digest), now() / 1000, now() / 1000)
      used -= known
      return { digest, size }
    } catch (error) {
      used -= reserved
      await rm(draft, { force: true })
      throw error
    }
  }

  async function read(digest: string): Promise<Uint8Array | null> {
    if (!DIGEST.test(digest)) return null
    const path = join(folder, digest)
    const found = await stat(path).catch(absent)
    if (found === null || found.mtimeMs < now() - lifetime) return null
    return readFile(path).catch(absent)
  }

  return { put, read, sweep }
}

async function writeDraft(path: string, content: AsyncIterable<Uint8Array>, account: (bytes: number) => void) {
  const hash = createHash('sm3')
  const file = await open(path, 'wx', 0o600)
  let size = 0
  try {
    for await (const chunk of content) {
      account(chunk.length)
      size += chunk.length
      hash.update(chunk)
      await file.writeFile(chunk)
    }
  } finally {
    await file.close()
  }
  return { digest: hash.digest('hex'), size }
}

async function entries(folder: string): Promise<{ name: string; size: number; storedAt: number }[]> {
  const found: { name: string; size: number; storedAt: number }[] = []
  for (const name of await readdir(folder)) {
    const status = await stat(join(folder, name)).catch(absent)
    if (status) found.push({ name, size: status.size, storedAt: status.mtimeMs })
  }
  return found
}

async function storedSize(path: string): Promise<number> {
  return (await stat(path).catch(absent))?.size ?? 0
}

/** A file swept away meanwhile is simply not there; every other failure is one. */
function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
