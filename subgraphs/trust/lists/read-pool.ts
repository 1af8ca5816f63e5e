import { setImmediate } from 'node:timers/promises'
import { type WorkerPoolOptions, workerPool } from '../../../runtime/worker-pool.ts'
import type { NamedStatement } from '../service.ts'
import { type ListReader, type ReadList, readHere } from './read-list.ts'

/** What a thread tells of a list: all but the bytes and, in pieces of JSON, what it says. */
export interface ReadAnswer {
  readonly head: Omit<ReadList, 'statements' | 'bytes'>
  readonly pieces: readonly Uint8Array<ArrayBuffer>[]
}

/** Reads large lists outside the thread that serves. */
export interface ListReaders {
  readonly read: ListReader
  readonly close: () => Promise<void>
}

/** A list of some hundred entities is read sooner than it is handed over. */
const WORTH_WHILE = 64 * 1024

const LIMITS: WorkerPoolOptions = {
  script: new URL('./read-worker.ts', import.meta.url),
  size: 1,
  queue: 64,
  timeLimit: 60_000,
  memory: 1_024,
}

/** Opens the readers; no thread is started before there is a large list. */
export function listReaders(limits: Partial<WorkerPoolOptions> = {}): ListReaders {
  const pool = workerPool<Uint8Array, ReadAnswer>({ ...LIMITS, ...limits })
  return {
    read: async (bytes) => {
      if (bytes.length < WORTH_WHILE) return readHere(bytes)
      const copy = Uint8Array.from(bytes)
      const { head, pieces } = await pool.run(copy, [copy.buffer])
      return { ...head, statements: await joined(pieces), bytes }
    },
    close: pool.close,
  }
}

/** The statements in their order; others have their turn between two pieces. */
async function joined(pieces: ReadAnswer['pieces']): Promise<readonly NamedStatement[]> {
  const text = new TextDecoder('utf-8', { fatal: true })
  const statements: NamedStatement[] = []
  for (const piece of pieces) {
    for (const statement of JSON.parse(text.decode(piece)) as NamedStatement[]) statements.push(statement)
    await setImmediate()
  }
  return statements
}
