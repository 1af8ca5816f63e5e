import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HubError } from '../model/error.ts'

const MAXIMUM_FILES = 100_000

/**
 * Reads a file a person named.
 * @throws HubError UNREADABLE when it is not there or no file, TOO_LARGE over the limit, both naming it.
 */
export async function readInput(path: string, maximumBytes: number): Promise<Uint8Array> {
  const found = await stat(path).catch((cause: Error) => {
    throw new HubError('UNREADABLE', `打不开文件 ${path}`, `cannot open ${path}`, { cause })
  })
  if (!found.isFile()) throw new HubError('UNREADABLE', `${path} 不是文件`, `${path} is not a file`)
  if (found.size > maximumBytes)
    throw new HubError('TOO_LARGE', `${path} 超过 ${maximumBytes} 字节`, `${path} is over ${maximumBytes} bytes`)
  return readFile(path)
}

/** The files behind what a person named: files as they are, folders searched for names with one of the endings, in a stable order. */
export async function expandPaths(paths: readonly string[], endings: readonly string[]): Promise<readonly string[]> {
  const files: string[] = []
  for (const path of paths) {
    const found = await stat(path).catch(() => null)
    if (!found?.isDirectory()) files.push(path)
    else {
      const names = await readdir(path, { recursive: true })
      files.push(
        ...names
          .filter((name) => endings.some((ending) => name.toLowerCase().endsWith(ending)))
          .sort()
          .map((name) => join(path, name)),
      )
    }
    if (files.length > MAXIMUM_FILES)
      throw new HubError('TOO_LARGE', `一次至多 ${MAXIMUM_FILES} 个文件`, `at most ${MAXIMUM_FILES} files at once`)
  }
  return files
}
