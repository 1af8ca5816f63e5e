import { createGateway, type Gateway } from '../gateway/gateway.ts'
import { connectSubgraph } from '../gateway/http-subgraph.ts'
import type { Ask } from '../model/ask.ts'
import type { Caller } from '../model/caller.ts'
import { HubError } from '../model/error.ts'
import type { Subgraph } from '../model/subgraph.ts'
import type { Clock } from '../model/time.ts'
import type { Config } from '../runtime/config.ts'
import { type DataDirectory, openDataDirectory } from '../runtime/data-directory.ts'
import { type FileShelf, openFileShelf } from '../runtime/file-shelf.ts'
import type { Log } from '../runtime/log.ts'
import { type HubKeys, openKeys } from './identity.ts'
import { SUBGRAPHS, type SubgraphName } from './subgraph-names.ts'
import { startSubgraph } from './subgraphs.ts'

const MEBIBYTE = 1024 * 1024
const HOUR_MS = 3_600_000
const SWEEP_MS = 300_000
const JOIN_ATTEMPTS = 60
const JOIN_PAUSE_MS = 1_000

/** The hub without its door: three subgraphs under one gateway, and the shelf for files. */
export interface Hub {
  readonly gateway: Gateway
  readonly files: FileShelf
  readonly keys: HubKeys
  /** Asks the graph as a caller. */
  readonly askAs: (caller: Caller) => Ask
  readonly close: () => Promise<void>
}

export interface HubPorts {
  readonly now: Clock
  readonly log: Log
  /** Documents planned before the hub is ready. */
  readonly trustedDocuments?: readonly string[]
}

/**
 * Opens the hub of a data directory. Subgraphs named by URL are joined, the others run in this process.
 * @throws HubError UNAVAILABLE when a part is in use by another process, or does not answer within a minute.
 */
export async function openHub(config: Config, { now, log, trustedDocuments = [] }: HubPorts): Promise<Hub> {
  const directory = openDataDirectory(config.data)
  const keys = openKeys(config, directory)
  const files = await openShelf(directory, now)
  const subgraphs: Subgraph[] = []
  const closeSubgraphs = () => Promise.all(subgraphs.map((subgraph) => subgraph.close()))
  try {
    for (const name of SUBGRAPHS) {
      const url = config.remote[name]
      subgraphs.push(
        url ? await join(name, url, keys, { now, log }) : await startSubgraph(name, { config, directory, keys, files, now, log }),
      )
    }
    const gateway = await createGateway({ subgraphs, log, trustedDocuments, publicIntrospection: config.development })
    const sweeping = setInterval(() => sweep(files, log), SWEEP_MS).unref()
    return {
      gateway,
      files,
      keys,
      askAs: (caller) => (query, variables) => gateway.execute({ query, variables, context: { caller } }),
      close: async () => {
        clearInterval(sweeping)
        await gateway.close()
        await closeSubgraphs()
      },
    }
  } catch (error) {
    await closeSubgraphs()
    throw error
  }
}

function openShelf(directory: DataDirectory, now: Clock): Promise<FileShelf> {
  const limits = { maximumBytes: 50 * MEBIBYTE, quotaBytes: 2048 * MEBIBYTE, lifetime: HOUR_MS }
  return openFileShelf({ folder: directory.files, now, ...limits })
}

function sweep(files: FileShelf, log: Log): void {
  files.sweep().catch((error: unknown) => log.error({ err: error }, 'old files could not be swept away'))
}

/** Rooms start in any order: one that is not up yet is waited for. */
async function join(
  name: SubgraphName,
  url: string,
  keys: HubKeys,
  { now, log }: Pick<HubPorts, 'now' | 'log'>,
): Promise<Subgraph> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectSubgraph({ name, url, key: keys.channel, now })
    } catch (cause) {
      if (attempt === JOIN_ATTEMPTS)
        throw new HubError('UNAVAILABLE', `子图 ${name} 没有应答：${url}`, `subgraph ${name} does not answer: ${url}`, { cause })
      log.warn({ subgraph: name, url, attempt }, 'a subgraph does not answer yet')
      await new Promise((resolve) => setTimeout(resolve, JOIN_PAUSE_MS))
    }
  }
}
