import type { FileReader } from '../../model/files.ts'
import type { Clock } from '../../model/time.ts'
import type { Log } from '../../runtime/log.ts'
import type { EdgeBatches } from './edge-batches.ts'
import type { CandidatePaths } from './path-cache.ts'
import type { KnownCertificates } from './seen-certificates.ts'
import type { CertificateStore } from './store/certificate-store.ts'

/** What the resolvers of this subgraph work with. */
export interface CertificatesRoom {
  readonly store: CertificateStore
  readonly known: KnownCertificates
  readonly paths: CandidatePaths
  /** The signatures of certificates that were seen to hold, and where many are checked at once. */
  readonly edges: EdgeBatches
  /** The hub's facts key, at least 32 bytes. */
  readonly factsKey: Uint8Array
  /** Where files sent to `POST /files` are read. */
  readonly files: FileReader
  readonly now: Clock
  readonly log: Log
}
