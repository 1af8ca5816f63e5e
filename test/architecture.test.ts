import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SUBGRAPHS = ['subgraphs/seals', 'subgraphs/certificates', 'subgraphs/trust']

/** Who may import whom (design §2). A room may always import itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  pki: [],
  model: [],
  policies: ['model'],
  runtime: ['model'],
  ...Object.fromEntries(SUBGRAPHS.map((room) => [room, ['pki', 'model', 'policies', 'runtime']])),
  adapters: ['pki', 'model', 'runtime'],
  gateway: ['model', 'runtime'],
  dashboard: ['model', 'runtime'],
  cli: ['pki', 'model', 'policies', 'runtime', ...SUBGRAPHS, 'adapters', 'gateway', 'dashboard'],
}

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /^(pki|model|policies|runtime|subgraphs|adapters|gateway|dashboard|cli)\//.test(file))

function roomOf(file: string): string {
  const [first = '', second = ''] = file.split('/')
  return first === 'subgraphs' ? `${first}/${second}` : first
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return [...text.matchAll(/(?:from|import|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '')
}

test('rooms import only the rooms they may', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => normalize(join(dirname(file), name)))
      .filter((target) => roomOf(target) !== roomOf(file) && !MAY_IMPORT[roomOf(file)]?.includes(roomOf(target)))
      .map((target) => `${file} → ${target}`),
  )
  expect(files.length).toBeGreaterThan(20)
  expect(wrong).toEqual([])
})

test('adapters never import one another', () => {
  const adapterOf = (file: string) => file.split('/')[1]
  const wrong = files
    .filter((file) => file.startsWith('adapters/'))
    .flatMap((file) => importsOf(file).map((name) => [file, normalize(join(dirname(file), name))] as const))
    .filter(([file, target]) => target.startsWith('adapters/') && adapterOf(file) !== adapterOf(target))
  expect(wrong).toEqual([])
})

test('only stores and the runtime know the database library', () => {
  const wrong = files.filter(
    (file) => !/\/store\/|^runtime\//.test(file) && importsOf(file).some((name) => /^(drizzle-orm|better-sqlite3)/.test(name)),
  )
  expect(wrong).toEqual([])
})

test('only the configuration reads the environment', () => {
  const wrong = files.filter(
    (file) => file !== 'runtime/config.ts' && readFileSync(join(ROOT, file), 'utf8').includes('process.env'),
  )
  expect(wrong).toEqual([])
})

test('below an edge nobody reads the clock', () => {
  const wrong = files.filter(
    (file) =>
      /^(pki|model|subgraphs|policies)\//.test(file) && /Date\.now\(\)|new Date\(\)/.test(readFileSync(join(ROOT, file), 'utf8')),
  )
  expect(wrong).toEqual([])
})

/** Catalogues of words: nothing but rows. */
test('no file of a room is longer than 300 lines', () => {
  const long = files.filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 301)
  expect(long).toEqual([])
})

test('no file throws a bare Error or imports a barrel', () => {
  const wrong = files.filter(
    (file) => /throw new Error\(/.test(readFileSync(join(ROOT, file), 'utf8')) || /\/index\.ts$/.test(file),
  )
  expect(wrong).toEqual([])
})
