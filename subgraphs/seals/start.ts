import { readFileSync } from 'node:fs'
import type { FileReader } from '../../model/files.ts'
import type { Policies } from '../../model/policy.ts'
import type { PartHealth, Subgraph } from '../../model/subgraph.ts'
import type { Clock } from '../../model/time.ts'
import type { Signer } from '../../pki/signer.ts'
import { localSubgraph } from '../../runtime/local-subgraph.ts'
import type { Log } from '../../runtime/log.ts'
import type { WorkerPoolOptions } from '../../runtime/worker-pool.ts'
import { documentReaders } from './facts/read-pool.ts'
import type { SealReader } from './ports.ts'
import { readHeldSeals } from './read-held-seals.ts'
import { sealsResolvers } from './resolvers.ts'
import type { SealsRoom } from './room.ts'
import { sealLoader } from './seal-loader.ts'
import { sealReadings } from './seal-readings.ts'
import { openSealStore } from './store/sqlite-store.ts'

const SDL = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')
const STATUS_BOUND_MS = 72 * 3_600_000

export interface SealsOptions {
  /** Path of the database, or `:memory:`. */
  readonly database: string
  /** The hub's facts key, at least 32 bytes. */
  readonly factsKey: Uint8Array
  readonly now: Clock
  readonly log: Log
  /** Where files sent to `POST /files` are read. */
  readonly files: FileReader
  /** The hub's own signer: signs receipts. */
  readonly signer: Signer
  readonly policies: Policies
  /** How long a platform may be silent before the status of its seals is stale, in milliseconds; 72 hours by default. */
  readonly statusBound?: number
  /** Bounds of the threads that read documents; by the machine's cores when left out. */
  readonly reading?: Partial<WorkerPoolOptions>
}

/** Starts the subgraph of seals: registered seals and their status, seals and signatures handed in, and the way in for pushes. */
export async function startSeals({ database, reading, ...options }: SealsOptions): Promise<Subgraph> {
  const store = openSealStore(database, options.statusBound)
  const readers = documentReaders(reading)
  const catchingUp = readHeldSeals(store, options.log)
  const room: SealsRoom = {
    statusBound: STATUS_BOUND_MS,
    ...options,
    store,
    readDocument: readers.read,
    readings: sealReadings(store),
  }
  return localSubgraph({
    name: 'seals',
    sdl: SDL,
    resolvers: sealsResolvers(room),
    context: () => ({ load: sealLoader(store) }),
    health: () => healthOf(store),
    close: async () => {
      await Promise.all([readers.close(), catchingUp.close()])
      await store.close()
    },
  })
}

async function healthOf(store: SealReader): Promise<PartHealth> {
  try {
    await store.position('health', 'health')
    return { part: 'seals', healthy: true }
  } catch (error) {
    return { part: 'seals', healthy: false, detail: error instanceof Error ? error.message : 'store' }
  }
}
