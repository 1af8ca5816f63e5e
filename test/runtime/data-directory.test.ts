import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDataDirectory, secretFile, writeOnce } from '../../runtime/data-directory.ts'
import { tryLock } from '../../runtime/lock.ts'

const run = promisify(execFile)
let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'data-'))
})
afterEach(() => rm(root, { recursive: true }))

test('the data directory and its secrets are for their owner alone', async () => {
  const directory = openDataDirectory(join(root, 'hub'))
  secretFile(directory.key('facts.key'))
  expect((await stat(directory.root)).mode & 0o777).toBe(0o700)
  expect((await stat(directory.key('facts.key'))).mode & 0o777).toBe(0o600)
})

test('a secret once made stays, whoever comes second', async () => {
  const path = join(root, 'secret')
  const first = secretFile(path)
  writeOnce(path, 'another')
  expect(secretFile(path)).toBe(first)
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  expect(await readdir(root)).toEqual(['secret'])
})

test('one process holds the lock; it is free again when that process is killed', async () => {
  const path = join(root, 'lock.sqlite')
  const program = `import { tryLock } from ${JSON.stringify(new URL('../../runtime/lock.ts', import.meta.url).href)}
    process.stdout.write(tryLock(${JSON.stringify(path)}) === null ? 'busy' : 'held'); process.kill(process.pid, 'SIGKILL')`
  const other = async () =>
    ((await run(process.execPath, ['--input-type=module', '-e', program]).catch((error) => error)) as { stdout: string }).stdout
  const mine = tryLock(path)
  expect(mine).not.toBeNull()
  expect(await other()).toBe('busy')
  mine?.release()
  expect(await other()).toBe('held')
  const again = tryLock(path)
  expect(again).not.toBeNull()
  again?.release()
})
