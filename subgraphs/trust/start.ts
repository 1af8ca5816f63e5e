import { readFileSync } from 'node:fs'
import { type DivisionCode, isDivisionCode } from '../../model/division-code.ts'
import { HubError } from '../../model/error.ts'
import type { FileReader } from '../../model/files.ts'
import type { Policies } from '../../model/policy.ts'
import type { Subgraph } from '../../model/subgraph.ts'
import type { Clock, Instant } from '../../model/time.ts'
import type { Signer } from '../../pki/signer.ts'
import { localSubgraph } from '../../runtime/local-subgraph.ts'
import type { Log } from '../../runtime/log.ts'
import { administration } from './administration/administration.ts'
import type { Change } from './administration/event.ts'
import { applyChange } from './administration/resolvers.ts'
import { listFetcher } from './lists/fetch-lists.ts'
import { trustHealth } from './lists/health.ts'
import { listKeeper } from './lists/keeper.ts'
import type { ListReader } from './lists/read-list.ts'
import { listReaders } from './lists/read-pool.ts'
import { type TrustLists, trustLists } from './lists.ts'
import { decisionKeeper } from './questions/what-if-keeper.ts'
import { trustResolvers } from './resolvers.ts'
import type { TrustRoom } from './room.ts'
import { openTrustStore } from './store/sqlite-store.ts'
import type { TrustStore } from './store/trust-store.ts'

const SDL = readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8')

const STATUS_BOUND_MS = 24 * 60 * 60_000

export interface TrustOptions {
  /** Path of the database, or `:memory:`. */
  readonly database: string
  /** The hub's facts key, at least 32 bytes. */
  readonly factsKey: Uint8Array
  readonly now: Clock
  readonly log: Log
  readonly policies: Policies
  /** The hub's own division. */
  readonly division: DivisionCode
  /** For how long a platform may be silent before its last word counts as stale, in milliseconds; a day by default. */
  readonly statusBound?: number
  /** Signs the hub's own list; without it none is published. */
  readonly signer?: Signer
  /** How many decisions are kept for asking what another policy would have said; none by default. */
  readonly keepDecisions?: number
  /** Files uploaded before. */
  readonly files?: FileReader
  /** Every change of trust needs two people from the beginning; otherwise once there is an administrator. */
  readonly twoPerson?: boolean
  /** Work done beside answering: lists are fetched and the hub's own is signed again in time; null or left out, none. */
  readonly background?: ListBackground | null
}

export interface ListBackground {
  /** Lists to fetch; those they point to are fetched too. */
  readonly urls: readonly string[]
  /** Also from this machine itself and its link. */
  readonly allowLocal: boolean
}

/**
 * Opens the lists and serves this subgraph in this process.
 * @throws HubError BAD_INPUT when the hub's division is no division code.
 */
export async function startTrust(options: TrustOptions): Promise<Subgraph> {
  const { database, division } = options
  if (!isDivisionCode(division))
    throw new HubError('BAD_INPUT', `区划代码须为六位数字：${division}`, `no division code: ${division}`)
  const store = openTrustStore(database)
  const lists = trustLists(store)
  await lists.snapshot()
  const readers = listReaders()
  const jobs = startJobs(options, store, lists, readers.read)
  const apply = (change: Change, by: string, now: Instant) => applyChange(lists, change, by, now)
  const administrated = administration({ records: store, apply, twoPerson: options.twoPerson ?? false, now: options.now })
  const decisions = options.keepDecisions ? decisionKeeper(store.decisions, options.keepDecisions, options.log) : null
  const room: TrustRoom = {
    statusBound: STATUS_BOUND_MS,
    ...options,
    lists,
    readList: readers.read,
    reports: store.reports,
    ...(decisions && { decisions }),
    administration: administrated,
    ...(jobs ? { sources: jobs.sources } : {}),
  }
  return localSubgraph({
    name: 'trust',
    sdl: SDL,
    resolvers: trustResolvers(room),
    health: () => trustHealth(room),
    close: async () => {
      await jobs?.close()
      await readers.close()
      decisions?.close()
      store.close()
    },
  })
}

function startJobs(
  { background, signer, division, now, log }: TrustOptions,
  store: TrustStore,
  lists: TrustLists,
  read: ListReader,
) {
  if (!background) return null
  const { urls, allowLocal } = background
  const fetcher = listFetcher({ lists, memory: store, read, urls, division, now, log, rules: { allowLocal } })
  const keeper = signer && listKeeper({ lists, territory: division, signer, now, log })
  fetcher.start()
  keeper?.start()
  return { sources: fetcher.sources, close: () => Promise.all([fetcher.close(), keeper?.close()]) }
}
