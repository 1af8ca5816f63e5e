import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const COMMAND = fileURLToPath(new URL('../../cli/sealhub.mjs', import.meta.url))

export interface Ran {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

/** A data directory of its own, gone with the test. */
export function dataDirectory(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sealhub-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs `sealhub` as a person would, in a process of its own. */
export function sealhub(data: string, ...argv: string[]): Promise<Ran> {
  return sealhubWith({}, data, ...argv)
}

/** The same with more settings. */
export function sealhubWith(settings: Readonly<Record<string, string>>, data: string, ...argv: string[]): Promise<Ran> {
  const options = { env: { ...environment(data), ...settings }, timeout: 180_000 }
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...argv], options, (error, stdout, stderr) => {
      resolve({ exit: error ? Number(error.code ?? 70) : 0, stdout, stderr })
    })
  })
}

export interface Served {
  readonly url: string
  readonly process: ChildProcess
  /** Ends it by a signal and waits until it is gone. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

/** Starts `sealhub serve` (or one subgraph) on a free port and waits until it says where it answers. */
export async function serve(data: string, settings: Record<string, string> = {}, ...argv: string[]): Promise<Served> {
  const child = spawn(process.execPath, [COMMAND, 'serve', ...argv], {
    env: { ...environment(data), SEALHUB_PORT: '0', ...settings },
  })
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return gone
  }
  onTestFinished(async () => {
    await stop('SIGKILL')
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
      const address = /http:\/\/\S+/.exec(said)?.[0]
      if (address) resolve(address)
    })
    gone.then((code) => reject(new Error(`serve ended with ${code}: ${said}`)))
  })
  return { url, process: child, stop }
}

function environment(data: string): Record<string, string> {
  return { PATH: process.env.PATH ?? '', SEALHUB_DATA: data, SEALHUB_LOG_LEVEL: 'warn', NO_COLOR: '1' }
}
