import { rmSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { HubError } from '../../model/error.ts'
import { type Config, configurationManual, readConfig } from '../../runtime/config.ts'
import { openDataDirectory } from '../../runtime/data-directory.ts'
import { tryLock } from '../../runtime/lock.ts'
import { openLog } from '../../runtime/log.ts'
import type { Endpoint } from '../connect.ts'
import { SUBGRAPHS } from '../subgraph-names.ts'

export interface Running {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** `sealhub serve [subgraph]` */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .summary('启动枢纽 | start the hub')
    .description('启动枢纽；给出子图名则只启动该子图。 | Starts the hub, or one subgraph alone when named.')
    .argument('[subgraph]', SUBGRAPHS.join(' | '))
    .addHelpText('after', () => `\n配置（环境变量） settings (environment):\n${configurationManual()}`)
    .action(async (subgraph?: string) => {
      const config = readConfig()
      const running = subgraph === undefined ? await serveHub(config) : await serveAlone(config, subgraph)
      process.stdout.write(`${subgraph ?? '枢纽 hub'} ${running.url}\n`)
      stopOnSignal(running)
    })
}

/** The rooms are read when they are started: the other commands mostly do without them. */
async function serveAlone(config: Config, subgraph: string): Promise<Running> {
  const { serveSubgraphAlone } = await import('../serve-subgraph.ts')
  return serveSubgraphAlone(config, subgraph)
}

/**
 * Starts the whole hub on its data directory and says where it answers.
 * @throws HubError UNAVAILABLE when another process holds the data directory.
 */
export async function serveHub(config: Config): Promise<Running & { readonly endpoint: Endpoint }> {
  const directory = openDataDirectory(config.data)
  const lock = tryLock(directory.lock('hub'))
  if (!lock) throw new HubError('UNAVAILABLE', `数据目录正被使用：${config.data}`, `the data directory is in use: ${config.data}`)
  const { startServer } = await import('../server.ts')
  const server = await startServer(config, { now: Date.now, log: openLog(config.logLevel) })
  const endpoint: Endpoint = { url: server.url, token: server.operatorToken }
  writeFileSync(directory.endpoint, JSON.stringify(endpoint), { mode: 0o600 })
  return {
    endpoint,
    url: server.url,
    stop: async () => {
      rmSync(directory.endpoint, { force: true })
      await server.close()
      lock.release()
    },
  }
}

/** Ends in order at the first signal; a second one ends at once. */
export function stopOnSignal(running: Running): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`)
          process.exit(1)
        },
      )
    })
  }
}
