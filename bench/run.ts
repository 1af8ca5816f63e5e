import { arch, cpus, platform } from 'node:os'
import { parseArgs } from 'node:util'
import { table } from '../cli/terminal.ts'
import { HubError } from '../model/error.ts'
import type { BenchRow } from './row.ts'

// As the command line does before it loads anything; benches are loaded later, graphql with them.
process.env.NODE_ENV ??= 'production'

/** Every bench by name, loaded only when it is run. */
const BENCHES: Readonly<Record<string, () => Promise<() => Promise<readonly BenchRow[]>>>> = {
  gateway: async () => (await import('./gateway.ts')).benchGateway,
  sm2: async () => (await import('./sm2.ts')).benchSm2,
  parse: async () => (await import('./parse.ts')).benchParse,
  decisions: async () => (await import('./decisions.ts')).benchDecisions,
  documents: async () => (await import('./documents.ts')).benchDocuments,
  path: async () => (await import('./path.ts')).benchPath,
  workers: async () => (await import('./workers.ts')).benchWorkers,
  'trust-lists': async () => (await import('./trust-lists.ts')).benchTrustLists,
}

/** `npm run bench [-- NAME…]`: side by side in one run; the ratios are the claim, the figures are this machine's. */
async function run(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true })
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES)
  process.stdout.write(`Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? ''}\n`)
  for (const name of names) {
    const load = BENCHES[name]
    if (!load)
      throw new HubError(
        'BAD_INPUT',
        `没有这项测量：${name}`,
        `no such bench: ${name}; there are ${Object.keys(BENCHES).join(', ')}`,
      )
    const bench = await load()
    const rows = await bench()
    process.stdout.write(`\n${name}\n${table(['', 'per second', 'ratio', 'against'], rows.map(cells))}\n`)
  }
}

function cells({ name, perSecond, milliseconds, ratioTo }: BenchRow): string[] {
  return [
    name,
    milliseconds === undefined ? figure(perSecond) : `${figure(milliseconds)} ms`,
    ratioTo ? ratioTo.ratio.toFixed(2) : '',
    ratioTo?.name ?? '',
  ]
}

function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })
}

await run()
