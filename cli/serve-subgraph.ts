import { HubError } from '../model/error.ts'
import type { Config } from '../runtime/config.ts'
import { openDataDirectory } from '../runtime/data-directory.ts'
import { openLog } from '../runtime/log.ts'
import { serveSubgraph as serve } from '../runtime/subgraph-server.ts'
import type { Running } from './commands/serve.ts'
import { hubFiles } from './hub-files.ts'
import { openKeys } from './identity.ts'
import { SUBGRAPHS } from './subgraph-names.ts'
import { startSubgraph } from './subgraphs.ts'

/**
 * Serves one subgraph alone, for a gateway elsewhere that has the same hub key.
 * @throws HubError BAD_INPUT for a name that is none of the subgraphs'.
 */
export async function serveSubgraphAlone(config: Config, wanted: string): Promise<Running> {
  const name = SUBGRAPHS.find((one) => one === wanted)
  if (!name) throw new HubError('BAD_INPUT', `没有子图 ${wanted}`, `no subgraph ${wanted}: ${SUBGRAPHS.join(', ')}`)
  const directory = openDataDirectory(config.data)
  const keys = openKeys(config, directory)
  const log = openLog(config.logLevel)
  const files = hubFiles(config.hubUrl, keys.channel, Date.now)
  const subgraph = await startSubgraph(name, { config, directory, keys, files, now: Date.now, log })
  const server = await serve(subgraph, { key: keys.channel, now: Date.now, host: config.host, port: config.port, log })
  return { url: server.url, stop: () => server.close() }
}
