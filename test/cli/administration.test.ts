import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeDemoFiles } from '../../cli/demo/files.ts'
import { tokenDigest } from '../../cli/operator.ts'
import { dataDirectory, type Ran, sealhub, sealhubWith, serve } from '../support/command.ts'

/** Runs a command as an administrator of a served hub. */
function as(token: string, url: string) {
  const data = dataDirectory()
  const file = join(data, 'token')
  writeFileSync(file, token, { mode: 0o600 })
  return (...argv: string[]) => sealhubWith({ SEALHUB_TOKEN_FILE: file, SEALHUB_AT: url }, data, ...argv)
}

const tokenIn = ({ stdout }: Ran) => stdout.trim().split('\n').at(-1) ?? ''
const idIn = ({ stdout }: Ran) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(stdout)?.[0] ?? ''

test('two administrators change trust together over a running hub, neither alone, and lists are published, exported and compared', async () => {
  const demo = await makeDemoFiles(join(dataDirectory(), 'demo'), Date.now())
  const data = dataDirectory()
  const hub = await serve(data)
  expect(await sealhub(data, 'trust', 'import', demo.anchor, '--role', 'anchor')).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('imported 1'),
  })
  expect((await sealhub(data, 'trust', 'publish')).stdout).toContain('sequence 1')

  const li = as(tokenIn(await sealhub(data, 'administrator', 'add', 'li')), hub.url)
  const own = 'wang-has-made-this-token-without-telling-anybody'
  await sealhub(data, 'administrator', 'add', 'wang', '--digest', tokenDigest(own))
  const wang = as(own, hub.url)
  const maker = demo.makers[0]
  const importing = await li('trust', 'import', maker?.file ?? '', '--role', 'maker', '--scope', '4117', '--evidence', '批复')
  expect(importing).toMatchObject({ exit: 0, stdout: expect.stringContaining('sealhub trust approve') })
  expect(JSON.parse((await li('trust', 'list', '--json')).stdout)).toHaveLength(1)
  expect((await wang('trust', 'proposals')).stdout).toContain('批复')
  expect(await li('trust', 'approve', idIn(importing))).toMatchObject({ exit: 77, stderr: expect.stringContaining('FORBIDDEN') })
  expect(await wang('trust', 'approve', idIn(importing))).toMatchObject({ exit: 0, stdout: expect.stringContaining('DONE') })
  expect(JSON.parse((await li('trust', 'list', '--json')).stdout)).toHaveLength(2)
  expect((await as('a-token-that-nobody-ever-registered-here', hub.url)('trust', 'list')).stderr).toContain('UNAUTHENTICATED')

  const proposed = await sealhub(
    data,
    'trust',
    'propose',
    demo.authorities,
    '--role',
    'ca',
    '--ca-kind',
    'e-government',
    '--evidence',
    '名录',
  )
  expect((await wang('trust', 'reject', idIn(proposed), '--why', '名录有误')).stdout).toContain('REJECTED')
  expect((await li('administrator', 'log')).stdout).toMatch(
    /REJECTED[\s\S]*DONE[\s\S]*APPROVED[\s\S]*PROPOSED[\s\S]*DONE_DIRECTLY/,
  )

  expect((await li('trust', 'publish')).stdout).toContain('sequence 2')
  const [first, second] = [join(data, '1.p7'), join(data, '2.p7')]
  await sealhub(data, 'trust', 'export', '--sequence', '1', '--out', first)
  await sealhub(data, 'trust', 'export', '--out', second)
  const served = await fetch(`${hub.url}/trust-lists/410000/1`)
  expect(Buffer.from(await served.arrayBuffer())).toEqual(readFileSync(first))
  const differences = await sealhub(data, 'trust', 'diff', '1', second, '--json')
  expect(JSON.parse(differences.stdout)).toMatchObject([{ kind: 'ADDED', before: null, after: { role: 'MAKER', scope: '4117' } }])
  expect((await sealhub(data, 'trust', 'show', '410000')).stdout).toContain('MAKER')
  expect((await sealhub(data, 'trust', 'lists')).stdout).toContain('NONE_CONFIGURED')

  const taker = dataDirectory()
  expect(await sealhub(taker, 'trust', 'import-list', `${hub.url}/trust-lists/410000`)).toMatchObject({
    exit: 77,
    stderr: expect.stringContaining('ENVELOPE_SIGNATURE'),
  })
  const operator = ['--role', 'list-operator', '--name', '410000', '--scope', '41', '--location', `${hub.url}/trust-lists/410000`]
  await sealhub(taker, 'trust', 'import', join(data, 'keys/signing.cer.pem'), ...operator)
  expect((await sealhub(taker, 'trust', 'import-list', `${hub.url}/trust-lists/410000`)).stdout).toContain('imported')
}, 240_000)

test('where two people are demanded from the beginning the operator alone only proposes', async () => {
  const demo = await makeDemoFiles(join(dataDirectory(), 'demo'), Date.now())
  const data = dataDirectory()
  const run = (...argv: string[]) => sealhubWith({ SEALHUB_TWO_PERSON: 'true' }, data, ...argv)
  expect((await run('trust', 'import', demo.anchor, '--role', 'anchor', '--evidence', '建设方案')).stdout).toContain(
    'sealhub trust approve',
  )
  expect(JSON.parse((await run('trust', 'list', '--json')).stdout)).toEqual([])
  expect((await run('trust', 'import', demo.anchor, '--role', 'anchor')).exit).toBe(64) // says no reason
}, 120_000)
