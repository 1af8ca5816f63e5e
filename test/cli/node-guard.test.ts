import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const COMMAND = fileURLToPath(new URL('../../cli/sealhub.mjs', import.meta.url))

test('an older Node is told what to do, in both languages, before anything it cannot read is loaded', () => {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '20.19.0' })`
  const { status, stderr } = spawnSync(process.execPath, ['--import', pretend, COMMAND, 'verify'], { encoding: 'utf8' })
  expect(status).toBe(70)
  expect(stderr).toContain('npm ci')
  expect(stderr).toMatch(/需要 Node.js 24，当前为 20\.19\.0/)
  expect(stderr).toContain('Sealhub needs Node.js 24; this is 20.19.0')
})

test('the guard itself is plain JavaScript', () => {
  expect(() => execFileSync(process.execPath, ['--no-experimental-strip-types', '--check', COMMAND])).not.toThrow()
})
