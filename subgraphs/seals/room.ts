import type { Caller } from '../../model/caller.ts'
import type { FileReader } from '../../model/files.ts'
import type { Log } from '../../runtime/log.ts'
import type { AdmissionPorts } from './admission/admission.ts'
import type { DocumentReading } from './facts.ts'
import type { SealLoader } from './seal-loader.ts'
import type { SealReadings } from './seal-readings.ts'

/** What the resolvers of this subgraph work with. */
export interface SealsRoom extends AdmissionPorts {
  readonly files: FileReader
  /** Reads a document as `inspectDocumentBytes` does; bytes handed in may be gone for the caller. */
  readonly readDocument: (bytes: Uint8Array, content: Uint8Array | null, digest: string | null) => Promise<DocumentReading>
  readonly log: Log
  readonly readings: SealReadings
  /** A platform not heard for longer than this, in milliseconds, makes the status of its seals stale. */
  readonly statusBound: number
}

/** What belongs to one request: who asks, and the seals it has looked up. */
export interface Asking {
  readonly caller: Caller
  readonly load: SealLoader
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined
}
