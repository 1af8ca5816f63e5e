import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FileShelf, openFileShelf } from '../../runtime/file-shelf.ts'

const HOUR = 3_600_000
let folder: string
let time = Date.UTC(2026, 10, 21)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shelf-'))
  time = Date.UTC(2026, 10, 21)
})
afterEach(() => rm(folder, { recursive: true }))

function shelf(limits: { maximumBytes?: number; quotaBytes?: number } = {}): Promise<FileShelf> {
  return openFileShelf({ folder, maximumBytes: 100, quotaBytes: 250, lifetime: HOUR, now: () => time, ...limits })
}

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part)
}

test('a file is named by the SM3 of its bytes and read back as it came', async () => {
  const files = await shelf()
  const { digest, size } = await files.put(chunks('a', 'bc'))
  expect(digest).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0') // GB/T 32905 annex A
  expect(size).toBe(3)
  expect(Buffer.from((await files.read(digest)) ?? []).toString()).toBe('abc')
})

test('a file over the limit is refused and leaves nothing behind', async () => {
  const files = await shelf()
  await expect(files.put(chunks('x'.repeat(60), 'x'.repeat(60)))).rejects.toMatchObject({ code: 'TOO_LARGE' })
  expect(await readdir(folder)).toEqual([])
})

test('a full shelf refuses further files until the old ones have lived their time', async () => {
  const files = await shelf()
  for (const letter of ['a', 'b']) await files.put(chunks(letter.repeat(100)))
  await expect(files.put(chunks('c'.repeat(100)))).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  time += HOUR + 1
  await files.sweep()
  await expect(files.put(chunks('c'.repeat(100)))).resolves.toMatchObject({ size: 100 })
})

test('the same file twice takes its room once', async () => {
  const files = await shelf()
  for (let i = 0; i < 10; i++) await files.put(chunks('a'.repeat(100)))
  await expect(files.put(chunks('b'.repeat(100)))).resolves.toMatchObject({ size: 100 })
})

test('a file past its lifetime is no longer there, swept or not', async () => {
  const files = await shelf()
  const { digest } = await files.put(chunks('abc'))
  time += HOUR + 1
  expect(await files.read(digest)).toBeNull()
})

test('a digest that is no digest reads nothing, whatever path it spells', async () => {
  const files = await shelf()
  await files.put(chunks('abc'))
  for (const name of [`../${basename(folder)}/${'a'.repeat(64)}`, '', 'A'.repeat(64), '/etc/passwd'])
    expect(await files.read(name)).toBeNull()
})

test('an upload that breaks off gives its room back', async () => {
  const files = await shelf()
  async function* broken() {
    yield Buffer.from('a'.repeat(90))
    throw new Error('connection lost')
  }
  for (let i = 0; i < 5; i++) await expect(files.put(broken())).rejects.toThrow('connection lost')
  await expect(files.put(chunks('b'.repeat(100)))).resolves.toMatchObject({ size: 100 })
})

test('drafts of a process that died are removed at the next start', async () => {
  await writeFile(join(folder, 'abc.draft'), 'half')
  await shelf()
  expect(await readdir(folder)).toEqual([])
})
