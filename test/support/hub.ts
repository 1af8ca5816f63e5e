import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FileReference, Graph } from '../../cli/graph.ts'
import { openHub } from '../../cli/hub.ts'
import { OPERATOR } from '../../cli/operator.ts'
import { type Caller, PUBLIC } from '../../model/caller.ts'
import type { Clock } from '../../model/time.ts'
import { readConfig } from '../../runtime/config.ts'
import { SILENT } from '../../runtime/log.ts'

export interface TestHub extends Graph {
  readonly askAs: (caller: Caller) => Graph['ask']
  readonly askAsPublic: Graph['ask']
}

/** The whole hub in this process on a data directory of its own, gone with the test (or when `close` is called). */
export async function testHub(now: Clock = Date.now, environment: Record<string, string> = {}): Promise<TestHub> {
  const data = mkdtempSync(join(tmpdir(), 'hub-'))
  const hub = await openHub(readConfig({ SEALHUB_DATA: data, ...environment }, {}), { now, log: SILENT })
  return {
    ask: hub.askAs(OPERATOR),
    askAs: hub.askAs,
    askAsPublic: hub.askAs(PUBLIC),
    put: async (bytes): Promise<FileReference> => ({ digest: (await hub.files.put(once(bytes))).digest }),
    close: async () => {
      await hub.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** The same, closed when the test that opened it ends. */
export async function hubForTest(now?: Clock): Promise<TestHub> {
  const hub = await testHub(now)
  onTestFinished(() => hub.close())
  return hub
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
