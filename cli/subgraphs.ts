import { fileURLToPath } from 'node:url'
import { HubError } from '../model/error.ts'
import type { FileReader } from '../model/files.ts'
import type { Subgraph } from '../model/subgraph.ts'
import type { Clock } from '../model/time.ts'
import { loadPolicies } from '../policies/load.ts'
import type { Config } from '../runtime/config.ts'
import type { DataDirectory } from '../runtime/data-directory.ts'
import { tryLock } from '../runtime/lock.ts'
import type { Log } from '../runtime/log.ts'
import { startCertificates } from '../subgraphs/certificates/start.ts'
import { startSeals } from '../subgraphs/seals/start.ts'
import { startTrust } from '../subgraphs/trust/start.ts'
import { type HubKeys, openSigner } from './identity.ts'
import type { SubgraphName } from './subgraph-names.ts'

export interface SubgraphPorts {
  readonly config: Config
  readonly directory: DataDirectory
  readonly keys: HubKeys
  readonly files: FileReader
  readonly now: Clock
  readonly log: Log
}

const POLICIES = fileURLToPath(new URL('../policies', import.meta.url))

/**
 * Starts one subgraph on its database in the data directory, which it holds alone until it is closed.
 * @throws HubError UNAVAILABLE when another process holds that database.
 */
export async function startSubgraph(name: SubgraphName, ports: SubgraphPorts): Promise<Subgraph> {
  const { directory } = ports
  const lock = tryLock(directory.lock(name))
  if (!lock)
    throw new HubError(
      'UNAVAILABLE',
      `子图 ${name} 的数据正被使用：${directory.root}`,
      `the data of ${name} is in use: ${directory.root}`,
    )
  try {
    const subgraph = await open(name, ports)
    return {
      ...subgraph,
      close: async () => {
        await subgraph.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function open(name: SubgraphName, { config, directory, keys, files, now, log }: SubgraphPorts): Promise<Subgraph> {
  const common = { database: directory.database(name), factsKey: keys.facts, now, log }
  if (name === 'certificates') return startCertificates({ ...common, files, fetching: config.fetching })
  const policies = loadPolicies(POLICIES)
  const judging = { ...common, policies, signer: await openSigner(config, directory, now), statusBound: config.statusBound }
  return name === 'trust'
    ? startTrust({
        ...judging,
        division: config.division,
        background: config.trustLists,
        keepDecisions: config.keepDecisions,
        twoPerson: config.twoPerson,
        files,
      })
    : startSeals({ ...judging, files, reading: config.readers === null ? {} : { size: config.readers } })
}
