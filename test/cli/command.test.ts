import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeDemoFiles } from '../../cli/demo/files.ts'
import { dataDirectory, sealhub, serve } from '../support/command.ts'
import { sharedFile, testWithShared } from '../support/shared.ts'

const SUZHOU = 'samples/signatures/suzhou-civil-affairs'

test('the demonstration plays through to its end, and a second time afresh', async () => {
  const data = dataDirectory()
  for (let time = 1; time <= 2; time++) {
    const { exit, stdout, stderr } = await sealhubOnAnyPort(data, 'demo', '--once')
    expect(stderr).toBe('')
    expect(exit).toBe(0)
    for (const words of [
      '新增 admitted 5',
      '未变 unchanged 5',
      'TOTAL_FAILED / REVOKED',
      'TOTAL_FAILED / HASH_FAILURE',
      'SES_V5',
    ])
      expect(stdout).toContain(words)
    expect(stdout.match(/TOTAL_PASSED/g)?.length).toBe(5)
  }
})

test('a demonstration never sweeps the data from under a hub that runs on them', async () => {
  const data = dataDirectory()
  expect((await sealhubOnAnyPort(data, 'demo', '--once')).exit).toBe(0)
  const hub = await serve(data)
  const again = await sealhubOnAnyPort(data, 'demo', '--once')
  expect(again).toMatchObject({ exit: 69, stderr: expect.stringContaining('UNAVAILABLE') })
  expect((await fetch(`${hub.url}/status?code=41172800000002`)).status).toBe(200)
})

test('the demonstration leaves other data alone and says how to go on', async () => {
  const data = dataDirectory()
  writeFileSync(join(data, 'mine'), 'kept')
  const { exit, stderr } = await sealhubOnAnyPort(data, 'demo', '--once')
  expect(exit).not.toBe(0)
  expect(stderr).toContain('SEALHUB_DATA')
  expect(readFileSync(join(data, 'mine'), 'utf8')).toBe('kept')
})

testWithShared('verify ends with 0 passed, 1 failed, 2 indeterminate, 64 usage, 65 unreadable', async () => {
  const data = dataDirectory()
  await sealhub(data, 'trust', 'import', sharedFile('samples/certificates/national/ROOTCA.pem'), '--role', 'anchor')
  const authorities = await sealhub(data, 'trust', 'import', sharedFile('samples/certificates/rootca.gov.cn'), '--role', 'ca')
  expect(authorities).toMatchObject({ exit: 0, stdout: expect.stringContaining('imported 86') })
  await sealhub(data, 'trust', 'import', sharedFile(`${SUZHOU}/maker.cer`), '--role', 'maker', '--scope', '3205')
  const stamp = [sharedFile(`${SUZHOU}/SignedValue.dat`), '--content', sharedFile(`${SUZHOU}/Signature.xml`)]
  expect(await sealhub(data, 'verify', ...stamp, '--revocation', 'optional')).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('TOTAL_PASSED'),
  })
  expect(await sealhub(data, 'verify', ...stamp)).toMatchObject({ exit: 2, stdout: expect.stringContaining('TRY_LATER') })
  expect(await sealhub(data, 'verify', sharedFile(`${SUZHOU}/Seal.esl`), '--revocation', 'optional')).toMatchObject({
    exit: 1,
    stdout: expect.stringContaining('EXPIRED'),
  })
  expect(await sealhub(data, 'verify', sharedFile('samples/INDEX.tsv'))).toMatchObject({
    exit: 65,
    stderr: expect.stringContaining('UNREADABLE'),
  })
  expect((await sealhub(data, 'verify', join(data, 'nothing.esl'))).exit).toBe(65)
  expect((await sealhub(data, 'verify')).exit).toBe(64)
  for (const wrong of [
    ['--at', 'yesterday'],
    ['--revocation', 'never'],
    ['--relied-on-in', 'fujian'],
    ['--known-at', '2999-01-01'],
  ]) {
    expect((await sealhub(data, 'verify', ...stamp, ...wrong)).exit, wrong.join(' ')).toBe(64)
  }
  const json = await sealhub(data, 'verify', ...stamp, '--revocation', 'optional', '--relied-on-in', '350000', '--json')
  expect(JSON.parse(json.stdout)).toMatchObject({ conclusion: { indication: 'TOTAL_PASSED', reliedOnIn: '350000' } })
})

testWithShared('an import names what it refused and why, and takes the rest', async () => {
  const data = dataDirectory()
  writeFileSync(join(data, 'rubbish.cer'), 'rubbish')
  const { exit, stdout } = await sealhub(
    data,
    'trust',
    'import',
    sharedFile('samples/certificates/national/ROOTCA.pem'),
    join(data, 'rubbish.cer'),
    '--role',
    'anchor',
  )
  expect(exit).toBe(77)
  expect(stdout).toContain('imported 1')
  expect(stdout).toContain('rubbish.cer')
  const listed = await sealhub(data, 'trust', 'list', '--json')
  expect(JSON.parse(listed.stdout)).toMatchObject([{ role: 'ANCHOR', name: 'C=CN,O=NRCAC,CN=ROOTCA' }])
})

test('commands go through the server that holds the data directory, and a push keeps its receipts and changes nothing twice', async () => {
  const data = dataDirectory()
  const demo = await makeDemoFiles(join(dataDirectory(), 'demo'), Date.now())
  const hub = await serve(data)
  const listing = [
    [demo.anchor, 'anchor', ''],
    [demo.authorities, 'ca', ''],
    [demo.makers[0]?.file ?? '', 'maker', '4117'],
  ] as const
  for (const [file, role, scope] of listing)
    expect((await sealhub(data, 'trust', 'import', file, '--role', role, '--scope', scope)).exit).toBe(0)
  const platform = ['--role', 'platform', '--name', '411728', '--scope', '411728']
  expect((await sealhub(data, 'trust', 'import', demo.platform.file, ...platform)).exit).toBe(0)
  expect((await sealhub(data, 'crl', 'import', demo.crls)).exit).toBe(0)

  const county = dataDirectory()
  const key = [
    '--key',
    join(demo.folder, 'pki/platform/411728.key.pem'),
    '--passphrase-file',
    join(demo.folder, 'pki/platform/passphrase'),
  ]
  const push = () =>
    sealhub(
      county,
      'push',
      join(demo.folder, 'seals'),
      '--to',
      hub.url,
      '--as',
      '411728',
      ...key,
      '--issued-by',
      '411700',
      '--batch',
      '2',
    )
  expect(await push()).toMatchObject({ exit: 0, stdout: expect.stringContaining('新增 admitted 5') })
  expect(await push()).toMatchObject({ exit: 0, stdout: expect.stringContaining('未变 unchanged 5') })
  expect(readdirSync(join(county, 'receipts/411728')).length).toBe(6)
  const foreign = await sealhub(county, 'push', join(demo.folder, 'elsewhere'), '--to', hub.url, '--as', '411728', ...key)
  expect(foreign).toMatchObject({ exit: 77, stdout: expect.stringContaining('OUT_OF_SCOPE') })
  const unknown = await sealhub(county, 'push', join(demo.folder, 'seals'), '--to', hub.url, '--as', '350000', ...key)
  expect(unknown).toMatchObject({ exit: 77, stderr: expect.stringContaining('NOT_A_MEMBER') })

  const seal = join(demo.folder, 'seals/41172800000003.esl')
  expect(await sealhub(data, 'verify', seal)).toMatchObject({ exit: 0, stdout: expect.stringContaining('ACTIVE') })
  expect((await fetch(`${hub.url}/status?code=41172800000003`)).status).toBe(200)
  expect((await sealhub(data, 'serve')).stderr).toContain('UNAVAILABLE')
  expect(await hub.stop()).toBe(0)
  expect(existsSync(join(data, 'endpoint.json'))).toBe(false)
  expect((await sealhub(data, 'verify', seal)).exit).toBe(0)
})

test('a hub killed without warning holds no lock and has lost nothing it acknowledged', async () => {
  const data = dataDirectory()
  const demo = await makeDemoFiles(join(dataDirectory(), 'demo'), Date.now())
  const hub = await serve(data)
  expect((await sealhub(data, 'trust', 'import', demo.anchor, '--role', 'anchor')).exit).toBe(0)
  await hub.stop('SIGKILL')
  expect(JSON.parse((await sealhub(data, 'trust', 'list', '--json')).stdout).length).toBe(1)
})

test('help teaches: every command explains itself in both languages', async () => {
  const data = dataDirectory()
  for (const command of ['serve', 'demo', 'verify', 'trust', 'crl', 'push']) {
    const { exit, stdout } = await sealhub(data, command, '--help')
    expect(exit, command).toBe(0)
    expect(stdout, command).toMatch(/[\u4e00-\u9fff].*\|.*[a-z]/)
  }
  expect((await sealhub(data, 'serve', '--help')).stdout).toContain('SEALHUB_DATA')
  mkdirSync(join(data, 'empty'))
  expect((await sealhub(data, 'unknown')).exit).toBe(64)
  const { exit, stderr } = await sealhub(data, 'trust', 'show')
  expect([exit, stderr]).toEqual([64, expect.stringContaining('sealhub trust show --help')])
})

function sealhubOnAnyPort(data: string, ...argv: string[]) {
  return sealhub(data, ...argv, '--port', '0')
}
