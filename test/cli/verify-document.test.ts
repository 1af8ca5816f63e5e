import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataDirectory, sealhub } from '../support/command.ts'
import { archiveOf, documentFiles, signedDocument } from '../support/ofd.ts'

const KNOWN_AT = ['--at', '2026-01-02', '--known-at', '2026-01-03', '--json']

async function documents() {
  const data = dataDirectory()
  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(data, name), bytes)
    return join(data, name)
  }
  const files = await signedDocument()
  return {
    data,
    signed: write('signed.ofd', await archiveOf(files)),
    changed: write('changed.ofd', await archiveOf({ ...files, 'Doc_0/Pages/Page_0/Content.xml': '<page/>' })),
    unsigned: write('unsigned.ofd', await archiveOf(documentFiles(''))),
    broken: write('broken.ofd', Buffer.from('PK\u0003\u0004rest', 'latin1')),
  }
}

test('verify judges documents by the worst of their signatures: 1 changed or broken, 2 unsigned or of unknown maker', async () => {
  const { data, signed, changed, unsigned, broken } = await documents()
  expect(await sealhub(data, 'verify', signed)).toMatchObject({ exit: 2, stdout: expect.stringContaining('MAKER_LISTED') })
  expect(await sealhub(data, 'verify', changed)).toMatchObject({ exit: 1, stdout: expect.stringContaining('HASH_FAILURE') })
  expect(await sealhub(data, 'verify', unsigned)).toMatchObject({ exit: 2, stdout: expect.stringContaining('文件未签名') })
  expect(await sealhub(data, 'verify', broken)).toMatchObject({ exit: 1, stdout: expect.stringContaining('FORMAT_FAILURE') })
  expect((await sealhub(data, 'verify', signed, '--content', unsigned)).exit).toBe(64)
  expect((await sealhub(data, 'verify', signed, '--layer', 'thorough')).exit).toBe(64)
})

test('three layers tell less or more of the same report, and the same question gets the same bytes', async () => {
  const { data, signed } = await documents()
  const layer = async (name: string) => (await sealhub(data, 'verify', signed, '--layer', name, ...KNOWN_AT)).stdout
  const [simple, detailed, diagnostic] = [await layer('simple'), await layer('detailed'), await layer('diagnostic')]
  const conclusions = [simple, detailed, diagnostic].map((text) => JSON.parse(text).conclusion.summary)
  expect(new Set(conclusions.map((summary) => JSON.stringify(summary))).size).toBe(1)
  expect([simple.includes('because'), detailed.includes('because'), detailed.includes('integrity')]).toEqual([false, true, false])
  expect(diagnostic).toContain('integrity')
  expect(await layer('diagnostic')).toBe(diagnostic)
})
