import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

/** Where everything of one hub lies. Only its owner may enter. */
export interface DataDirectory {
  readonly root: string
  readonly database: (subgraph: string) => string
  readonly files: string
  /** The lock of the whole hub, or of one subgraph. */
  readonly lock: (part: string) => string
  /** Address and operator token of the server that holds the lock. */
  readonly endpoint: string
  readonly key: (name: string) => string
}

/** Opens the data directory, making it (mode 0700) where it is missing. */
export function openDataDirectory(root: string): DataDirectory {
  for (const folder of [root, join(root, 'keys'), join(root, 'files')]) mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(root, 0o700)
  return {
    root,
    database: (subgraph) => join(root, `${subgraph}.sqlite`),
    files: join(root, 'files'),
    lock: (part) => join(root, `${part}.lock`),
    endpoint: join(root, 'endpoint.json'),
    key: (name) => join(root, 'keys', name),
  }
}

/**
 * A secret kept in a file of mode 0600; made of random bytes (hex) at first use, whole or not at all, also when two processes start at once.
 * @param bytes how many random bytes.
 */
export function secretFile(path: string, bytes = 32): string {
  if (!existsSync(path)) writeOnce(path, randomBytes(bytes).toString('hex'))
  return readFileSync(path, 'utf8').trim()
}

/** Writes a file of mode 0600 unless it is there already; durable and never half written. */
export function writeOnce(path: string, content: string): void {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // another process was first: its file counts
  } finally {
    rmSync(draft)
  }
}
