import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { FileReader } from '../../model/files.ts'
import type { PartHealth, Subgraph } from '../../model/subgraph.ts'
import type { Clock, Instant } from '../../model/time.ts'
import { localSubgraph } from '../../runtime/local-subgraph.ts'
import type { Log } from '../../runtime/log.ts'
import { workerPool } from '../../runtime/worker-pool.ts'
import { edgeBatches } from './edge-batches.ts'
import type { EdgeAnswer, EdgeJob } from './edge-job.ts'
import { candidatePaths, edgeMemory } from './path-cache.ts'
import { certificatesResolvers } from './resolvers.ts'
import { revocationFetcher } from './revocation/fetch.ts'
import { knownCertificates } from './seen-certificates.ts'
import type { CertificateStore } from './store/certificate-store.ts'
import { openCertificateStore } from './store/sqlite.ts'

const SDL = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')

export interface CertificatesOptions {
  /** Path of the database, or `:memory:`. */
  readonly database: string
  /** The hub's facts key, at least 32 bytes. */
  readonly factsKey: Uint8Array
  /** Where files sent to `POST /files` are read; left out, imports bring their bytes themselves. */
  readonly files?: FileReader
  /** Fetches revocation evidence in the background; left out, nothing is fetched. */
  readonly fetching?: Fetching | null
  readonly now: Clock
  readonly log: Log
}

export interface Fetching {
  /** CRLs to fetch beside those that certificates held name. */
  readonly urls: readonly string[]
  /** Also from this machine itself and its link. */
  readonly allowLocal: boolean
}

/** For checking signatures ahead of many searches; none is started before there is work for it. */
const THREADS = { script: new URL('edge-worker.ts', import.meta.url), queue: 1_024, timeLimit: 10_000, memory: 128 }
const MAXIMUM_THREADS = 4

const NO_FILES: FileReader = { read: async () => null }

/** Starts the subgraph of certificates, CRLs and paths: it knows certificates, and never which of them are trusted. */
export async function startCertificates({
  database,
  factsKey,
  files = NO_FILES,
  fetching = null,
  now,
  log,
}: CertificatesOptions): Promise<Subgraph> {
  const store = openCertificateStore(database)
  const threads = workerPool<EdgeJob, EdgeAnswer>({ ...THREADS, size: Math.min(MAXIMUM_THREADS, availableParallelism()) })
  const edges = edgeBatches(edgeMemory(), threads, log)
  const paths = candidatePaths(store, edges)
  const room = { store, known: knownCertificates(store), paths, edges, factsKey, files, now, log }
  const fetcher = fetching && revocationFetcher({ ...room, urls: fetching.urls, rules: { allowLocal: fetching.allowLocal } })
  fetcher?.start()
  return localSubgraph({
    name: 'certificates',
    sdl: SDL,
    resolvers: certificatesResolvers(room),
    health: () => healthOf(store, now()),
    close: async () => {
      await Promise.all([fetcher?.close(), threads.close()])
      store.close()
    },
  })
}

/** A source that fails makes nothing unhealthy: what is held is judged by, and grows stale by its own dates. */
async function healthOf(store: CertificateStore, now: Instant): Promise<PartHealth> {
  try {
    await store.generation()
    const { never, fresh, stale, failing } = await store.sourceTotals(now)
    const detail = `revocation sources: ${fresh} fresh, ${stale} stale, ${failing} failing, ${never} not asked yet`
    return { part: 'certificates', healthy: true, detail }
  } catch (error) {
    return { part: 'certificates', healthy: false, detail: error instanceof Error ? error.message : 'store' }
  }
}
