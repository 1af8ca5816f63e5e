import type { DivisionCode } from '../../../model/division-code.ts'
import { type Clock, holds, type Instant } from '../../../model/time.ts'
import { type FetchRules, httpFetcher } from '../../../runtime/fetch/http.ts'
import type { Log } from '../../../runtime/log.ts'
import type { TrustLists } from '../lists.ts'
import type { TrustSnapshot } from '../snapshot.ts'
import { type Attempt, fetchListFrom } from './fetch-one.ts'
import { afterProblem, afterSuccess, isDue, type ListSource, newSource, type SourceMemory } from './fetch-source.ts'
import { type ListReader, readHere } from './read-list.ts'

export interface ListFetcherOptions {
  readonly lists: TrustLists
  /** What is kept over a restart. */
  readonly memory: {
    readonly sources: () => Promise<readonly SourceMemory[]>
    readonly rememberSource: (source: SourceMemory) => Promise<void>
  }
  /** Lists somebody configured; those that these point to are fetched too. */
  readonly urls: readonly string[]
  /** The hub's own division: its own list is not fetched, whoever points to it. */
  readonly division: DivisionCode
  readonly now: Clock
  readonly log: Log
  readonly rules?: Partial<FetchRules>
  /** Reads what was fetched; left out, where it is fetched. */
  readonly read?: ListReader
  /** 0 to 1. */
  readonly random?: () => number
}

/** Fetches lists in the background. No answer ever waits for it: what is held is judged by. */
export interface ListFetcher {
  /** Asks every source that is due, once; resolves when all have answered or failed. */
  readonly run: () => Promise<void>
  /** Runs from now on whenever a source is due. */
  readonly start: () => void
  /** How the sources do, configured ones first. */
  readonly sources: () => readonly ListSource[]
  readonly close: () => Promise<void>
}

const RULES: FetchRules = { allowLocal: false, maximumBytes: 32 * 1024 * 1024, connectTimeout: 5_000, timeout: 30_000 }
const LOOK_MS = 1_000
/** Pointers begin and end in time, without anybody saying anything new. */
const DISCOVER_MS = 60_000
const MAXIMUM_SOURCES = 500
const AT_ONCE = 32

/** Opens the fetcher; it does nothing before `run` or `start`. */
export function listFetcher(options: ListFetcherOptions): ListFetcher {
  const { lists, now, log, memory, read = readHere, random = Math.random } = options
  const http = httpFetcher({ ...RULES, ...options.rules })
  const closing = new AbortController()
  const sources = new Map<string, ListSource>()
  const underWay = new Map<string, Promise<void>>()
  let looked: { readonly trust: TrustSnapshot; readonly at: Instant } | null = null
  let timer: NodeJS.Timeout | undefined

  async function run(): Promise<void> {
    const trust = await lists.snapshot()
    if (looked?.trust !== trust || now() >= looked.at + DISCOVER_MS) await discover(trust)
    const due = [...sources.values()].filter((source) => isDue(source, now(), trust.recordedAt) && !underWay.has(source.url))
    for (const source of due.slice(0, AT_ONCE - underWay.size)) underWay.set(source.url, ask(source, trust.recordedAt))
    await Promise.all(underWay.values())
  }

  async function discover(trust: TrustSnapshot): Promise<void> {
    const known = sources.size === 0 ? await memory.sources() : []
    const wanted = wantedSources(trust, options, now())
    for (const url of sources.keys()) if (!wanted.has(url)) sources.delete(url)
    for (const [url, expected] of wanted) {
      const source = sources.get(url) ?? newSource(url, expected, known.find((one) => one.url === url) ?? null)
      sources.set(url, { ...source, expected })
    }
    looked = { trust, at: now() }
  }

  /** One attempt at one source. A fault of ours at one keeps no other from being asked. */
  async function ask(source: ListSource, generation: Instant): Promise<void> {
    try {
      const attempt = await fetchListFrom(source, { lists, http, read, now }, closing.signal)
      if (!closing.signal.aborted) await settle(source, attempt, generation)
    } catch (error) {
      log.error({ err: error, url: source.url }, 'a fault while fetching a trust list')
      const reason = { zh: '内部错误', en: 'internal fault' }
      put(afterProblem(source, { kind: 'UNREACHABLE', code: 'FAULT', reason, generation }, now(), random()))
    } finally {
      underWay.delete(source.url)
    }
  }

  async function settle(source: ListSource, attempt: Attempt, generation: Instant): Promise<void> {
    const { url, failures } = source
    if ('problem' in attempt) {
      const { kind, code, reason } = attempt.problem
      if (failures === 0) log.warn({ url, kind, code, reason: reason.en }, 'a trust list could not be refreshed')
      put(afterProblem(source, { ...attempt.problem, generation }, now(), random()))
      return
    }
    const { territory, digest } = attempt.confirmed
    if (failures > 0) log.info({ url, failures }, 'a source of trust lists is back')
    if (attempt.isNew) log.info({ url, territory, digest }, 'a trust list was taken in')
    put(afterSuccess(source, attempt.confirmed, now(), random()))
    await memory.rememberSource(attempt.confirmed)
  }

  /** A source nobody points to any more is not brought back by an answer under way. */
  function put(source: ListSource): void {
    if (sources.has(source.url)) sources.set(source.url, source)
  }

  function loop(): void {
    run().catch((error: unknown) => log.error({ err: error }, 'fetching trust lists failed'))
  }

  return {
    run,
    start: () => {
      loop()
      timer = setInterval(loop, LOOK_MS).unref()
    },
    sources: () => [...sources.values()],
    close: async () => {
      closing.abort()
      clearInterval(timer)
      await Promise.all(underWay.values())
      await http.close()
    },
  }
}

/** Where lists are to be fetched from, with the territory a pointer names; configured ones first, at most 500. */
function wantedSources(
  trust: TrustSnapshot,
  { urls, division }: ListFetcherOptions,
  now: Instant,
): ReadonlyMap<string, DivisionCode | null> {
  const wanted = new Map<string, DivisionCode | null>(urls.map((url) => [url, null]))
  for (const { name, location, span } of trust.operators(null, Number.MAX_SAFE_INTEGER)) {
    if (location === undefined || name === division || !holds(span, now)) continue
    if (!wanted.has(location) && wanted.size < MAXIMUM_SOURCES) wanted.set(location, name)
  }
  return wanted
}
