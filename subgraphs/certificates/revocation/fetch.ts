import type { Clock } from '../../../model/time.ts'
import { failure } from '../../../runtime/fetch/failure.ts'
import { type FetchRules, httpFetcher } from '../../../runtime/fetch/http.ts'
import type { Log } from '../../../runtime/log.ts'
import type { CandidatePaths } from '../path-cache.ts'
import type { CertificateStore } from '../store/certificate-store.ts'
import type { SourceState } from '../store/source-store.ts'
import { fetchCrl } from './fetch-crl.ts'
import { fetchOcsp } from './fetch-ocsp.ts'
import type { FetchPorts } from './fetch-ports.ts'
import { afterFailure, afterSuccess } from './fetch-schedule.ts'
import { SourceDiscovery } from './fetch-sources.ts'

export interface FetcherOptions {
  readonly store: CertificateStore
  readonly paths: CandidatePaths
  readonly now: Clock
  readonly log: Log
  /** CRLs to fetch beside those that certificates held name. */
  readonly urls: readonly string[]
  readonly rules?: Partial<FetchRules>
  /** From 0 to 1. */
  readonly random?: () => number
}

/** Fetches revocation evidence in the background. No answer ever waits for it: what is held is judged by. */
export interface RevocationFetcher {
  /** Asks every source that is due, once; resolves when all have answered or failed. */
  readonly run: () => Promise<void>
  /** Runs from now on whenever a source is due. */
  readonly start: () => void
  readonly close: () => Promise<void>
}

const AT_ONCE = 4
const BATCH = 100
/** New certificates, and new sources with them, are looked for at least this often. */
const LOOK_MS = 60_000
const RULES: FetchRules = { allowLocal: false, maximumBytes: 64 * 1024 * 1024, connectTimeout: 10_000, timeout: 120_000 }

/** Opens the fetcher; it does nothing before `run` or `start`. */
export function revocationFetcher(options: FetcherOptions): RevocationFetcher {
  const rules = { ...RULES, ...options.rules }
  const ports: FetchPorts = { ...options, rules, http: httpFetcher(rules) }
  const discovery = new SourceDiscovery(options.store, options.urls)
  const closing = new AbortController()
  const random = options.random ?? Math.random
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined

  async function askAll(): Promise<void> {
    await discovery.run(ports.now())
    const started = ports.now()
    for (;;) {
      const due = await ports.store.dueSources(started, BATCH)
      if (due.length === 0 || closing.signal.aborted) return
      const left = due[Symbol.iterator]()
      await Promise.all(Array.from({ length: AT_ONCE }, () => askFrom(left)))
    }
  }

  async function askFrom(sources: Iterator<SourceState>): Promise<void> {
    for (let next = sources.next(); !next.done && !closing.signal.aborted; next = sources.next())
      await askSource(next.value, ports, random, closing.signal)
  }

  function run(): Promise<void> {
    running ??= askAll().finally(() => {
      running = null
    })
    return running
  }

  function loop(): void {
    run()
      .catch((error: unknown) => ports.log.error({ err: error }, 'fetching revocation evidence failed'))
      .finally(() => {
        if (!closing.signal.aborted) timer = setTimeout(loop, LOOK_MS).unref()
      })
  }

  return {
    run,
    start: loop,
    close: async () => {
      closing.abort()
      clearTimeout(timer)
      await running?.catch(() => {}) // told in the log already
      await ports.http.close()
    },
  }
}

/** One attempt at one source, and what it leaves behind. A source whose certificate has gone or expired is dropped. */
async function askSource(source: SourceState, ports: FetchPorts, random: () => number, signal: AbortSignal): Promise<void> {
  const { store, now, log } = ports
  if (source.kind === 'OCSP' && (await isOver(source, ports))) return store.dropSource(source)
  const outcome = await attempt(source, ports, signal)
  if (signal.aborted) return // ended by us: that says nothing of the source
  const { kind, url } = source
  if ('failure' in outcome) {
    const { code, detail } = outcome.failure
    log.warn({ kind, url, code, detail, failures: source.failures + 1 }, 'a source of revocation evidence failed')
    return store.replaceSource(afterFailure(source, outcome.failure, now(), random()))
  }
  if (source.failures > 0) log.info({ kind, url, failures: source.failures }, 'a source of revocation evidence is back')
  return store.replaceSource(afterSuccess(source, outcome, now(), random()))
}

/** A fault of ours at one source keeps no other from being asked. */
async function attempt(source: SourceState, ports: FetchPorts, signal: AbortSignal) {
  try {
    return source.kind === 'OCSP' ? await fetchOcsp(source, ports, signal) : await fetchCrl(source, ports, signal)
  } catch (error) {
    ports.log.error({ err: error, url: source.url }, 'a fault while fetching revocation evidence')
    return failure('FAULT', error instanceof Error ? error.message : 'fault')
  }
}

async function isOver({ certificate }: SourceState, { store, now }: FetchPorts): Promise<boolean> {
  const held = await store.certificate(certificate)
  return held === null || held.notAfter < now()
}
