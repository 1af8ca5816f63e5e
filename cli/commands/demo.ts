import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { HubError } from '../../model/error.ts'
import { type Config, readConfig } from '../../runtime/config.ts'
import { openDataDirectory } from '../../runtime/data-directory.ts'
import { tryLock } from '../../runtime/lock.ts'
import { remoteGraph } from '../connect.ts'
import { makeDemoFiles } from '../demo/files.ts'
import { tellStory } from '../demo/story.ts'
import { painted } from '../terminal.ts'
import { serveHub, stopOnSignal } from './serve.ts'

const MARKER = 'DEMO'

/** `sealhub demo` */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .summary('演示全过程 | the whole story on a demonstration PKI')
    .description(
      '生成演示用证书体系和印章，启动枢纽，逐步演示报送、查询、注销、互认、验章，然后留下枢纽供浏览。 | Makes a demonstration PKI and seals, starts the hub, shows every step, and leaves the hub running.',
    )
    .option('--once', '演示完即结束，不留下枢纽 | end after the last step')
    .option('--port <number>', '监听端口 | port to listen on')
    .action(demo)
}

async function demo({ once, port }: { once?: boolean; port?: string }): Promise<void> {
  const environment = port === undefined ? {} : { SEALHUB_PORT: port }
  const config: Config = { ...readConfig(environment), development: true, logLevel: 'warn' }
  clearDemoData(config.data)
  const now = Date.now()
  const files = await makeDemoFiles(join(config.data, 'demo'), now)
  const running = await serveHub(config)
  try {
    const graph = remoteGraph(running.endpoint)
    await tellStory({ graph, url: running.url, files, now })
  } catch (error) {
    await running.stop()
    throw error
  }
  if (once) return running.stop()
  process.stdout.write(farewell(running.url, config.data))
  stopOnSignal(running)
}

/**
 * A demonstration starts afresh each time, but never over data that are not a demonstration's.
 * @throws HubError CONFLICT when the data directory holds other data, UNAVAILABLE while a hub runs on it.
 */
function clearDemoData(data: string): void {
  const isDemo = existsSync(join(data, MARKER))
  if (!isDemo && existsSync(data) && readdirSync(data).length > 0) {
    throw new HubError(
      'CONFLICT',
      `${data} 中已有数据，演示不会覆盖：请用 SEALHUB_DATA 另指目录`,
      `${data} holds data already and is left alone: name another directory with SEALHUB_DATA`,
    )
  }
  if (isDemo) {
    const lock = tryLock(openDataDirectory(data).lock('hub'))
    if (!lock) throw new HubError('UNAVAILABLE', `演示正在运行：${data}`, `a hub is running on ${data}: end it first`)
    lock.release()
    rmSync(data, { recursive: true })
  }
  openDataDirectory(data)
  writeFileSync(join(data, MARKER), 'demonstration data: removed when the demonstration starts again\n')
}

function farewell(url: string, data: string): string {
  return `
${painted('bold', '枢纽仍在运行，Ctrl-C 结束。')} The hub is still running; Ctrl-C ends it.
  公示页 public page   ${url}/status?code=41172800000002
  查询页 query page     ${url}/graphiql
  健康 health          ${url}/health
  试一试 try           npx sealhub verify ${join(data, 'demo', 'documents', '通知.ofd')}
`
}
