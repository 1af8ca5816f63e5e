import { availableParallelism } from 'node:os'
import { type WorkerPoolOptions, workerPool } from '../../../runtime/worker-pool.ts'
import type { DocumentReading } from '../facts.ts'

/** A document to be read, with the content a signature value on its own signs. */
export interface ReadJob {
  readonly bytes: Uint8Array
  readonly content: Uint8Array | null
  /** SM3 over `bytes` where it is known. */
  readonly digest: string | null
}

/** Reads documents outside the thread that serves. */
export interface DocumentReaders {
  /**
   * Reads as `inspectDocumentBytes` does. Bytes that fill their memory are handed over and gone for the caller.
   * @throws HubError as that does; TOO_LARGE also where reading takes too long or too much memory, UNAVAILABLE when too many wait.
   */
  readonly read: (bytes: Uint8Array, content: Uint8Array | null, digest: string | null) => Promise<DocumentReading>
  readonly close: () => Promise<void>
}

/** One core is left to serve. */
const LIMITS: WorkerPoolOptions = {
  script: new URL('./read-worker.ts', import.meta.url),
  size: Math.max(1, Math.min(4, availableParallelism() - 1)),
  queue: 64,
  timeLimit: 30_000,
  memory: 512,
}

/** Opens the readers; no thread is started before there is a document. */
export function documentReaders(limits: Partial<WorkerPoolOptions> = {}): DocumentReaders {
  const pool = workerPool<ReadJob, DocumentReading>({ ...LIMITS, ...limits })
  return {
    read: (bytes, content, digest) => {
      const job = { bytes: movable(bytes), content: content && movable(content), digest }
      return pool.run(job, [job.bytes.buffer, ...(job.content ? [job.content.buffer] : [])])
    },
    close: pool.close,
  }
}

/** Bytes that share their memory with others are copied: handing it over would take theirs along. */
function movable(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return fillsItsMemory(bytes) ? bytes : Uint8Array.from(bytes)
}

function fillsItsMemory(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
}
