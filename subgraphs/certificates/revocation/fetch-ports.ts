import type { Clock } from '../../../model/time.ts'
import type { FetchRules, HttpFetcher } from '../../../runtime/fetch/http.ts'
import type { Log } from '../../../runtime/log.ts'
import type { CandidatePaths } from '../path-cache.ts'
import type { CertificateStore } from '../store/certificate-store.ts'

/** What fetching works with. */
export interface FetchPorts {
  readonly store: CertificateStore
  readonly paths: CandidatePaths
  readonly http: HttpFetcher
  readonly rules: FetchRules
  readonly now: Clock
  readonly log: Log
}
