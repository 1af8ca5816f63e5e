import type { Instant } from '../../../model/time.ts'

/** Names a source of revocation evidence. */
export interface SourceKey {
  readonly kind: 'CRL' | 'OCSP'
  readonly url: string
  /** Of an OCSP responder: fingerprint of the certificate asked about; empty for a CRL. */
  readonly certificate: string
}

/** How a source does. */
export interface SourceState extends SourceKey {
  readonly lastAttempt: Instant | null
  readonly lastSuccess: Instant | null
  /** Until when what was fetched last is good. */
  readonly freshUntil: Instant | null
  /** Since when every attempt failed; null while the last one succeeded. */
  readonly failingSince: Instant | null
  /** Attempts that failed one after another. */
  readonly failures: number
  readonly errorCode: string | null
  readonly errorDetail: string | null
  readonly nextAttempt: Instant
  /** Validators of HTTP, as the server gave them. */
  readonly etag: string | null
  readonly lastModified: string | null
}

/** How many sources do how; `stale` are those that answer with evidence past its next update. */
export interface SourceTotals {
  readonly never: number
  readonly fresh: number
  readonly stale: number
  readonly failing: number
}

/** The state of sources survives a restart: neither is a server asked again at once, nor is a failure forgotten. */
export interface SourceStore {
  /** At most `limit` sources, by kind, URL and certificate, after the one named. */
  readonly sources: (limit: number, after: SourceKey | null) => Promise<readonly SourceState[]>
  /** At most `limit` sources whose next attempt is due, the longest due first. */
  readonly dueSources: (now: Instant, limit: number) => Promise<readonly SourceState[]>
  /** When the next source is due; null when there is none. */
  readonly nextDue: () => Promise<Instant | null>
  readonly sourceTotals: (now: Instant) => Promise<SourceTotals>
  /** Adds those that are not there yet, due at `now`, as long as there are fewer than `maximum` in all. */
  readonly addSources: (keys: readonly SourceKey[], now: Instant, maximum: number) => Promise<void>
  readonly replaceSource: (state: SourceState) => Promise<void>
  readonly dropSource: (key: SourceKey) => Promise<void>
}
