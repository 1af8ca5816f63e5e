import { spawnSync } from 'node:child_process'
import { test } from 'vitest'

const isInstalled = spawnSync('openssl', ['version']).status === 0

/** A cross-check against the openssl command: reported as skipped where there is none, failing for want of it with CI=true. */
export const testWithOpenssl = test.runIf(isInstalled || process.env.CI === 'true')

/** Runs openssl with bytes on its standard input. `out` is what it writes to standard output. */
export function openssl(
  args: readonly string[],
  input: Uint8Array | string = '',
): { ok: boolean; out: Uint8Array; text: string } {
  const { status, stdout, stderr } = spawnSync('openssl', [...args], { input })
  return { ok: status === 0, out: stdout, text: `${stdout}${stderr}` }
}
