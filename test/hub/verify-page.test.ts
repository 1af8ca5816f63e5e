import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../cli/server.ts'
import { readConfig } from '../../runtime/config.ts'
import { SILENT } from '../../runtime/log.ts'
import { multipartForm } from '../support/form.ts'
import { archiveOf, type Files, signedDocument } from '../support/ofd.ts'
import { sealOf, sealToMake, signatureWith } from '../support/seals.ts'

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7)

async function openServer() {
  const data = mkdtempSync(join(tmpdir(), 'page-'))
  const config = readConfig({ SEALHUB_DATA: data, SEALHUB_PORT: '0' })
  const server = await startServer(config, { now: Date.now, log: SILENT })
  onTestFinished(async () => {
    await server.close()
    rmSync(data, { recursive: true, force: true })
  })
  return async (name: string, bytes: Uint8Array) => {
    const { headers, payload } = multipartForm({ file: { name, bytes } })
    const response = await fetch(`${server.url}/verify`, { method: 'POST', headers, body: payload })
    return { status: response.status, text: await response.text() }
  }
}

const picture = { ...sealToMake('SES_V4').picture, data: PNG }

function sealedBy(changes: Parameters<typeof sealOf>[1]): Promise<Files> {
  return signedDocument({
    value: async (content, protects) => signatureWith(await sealOf('SES_V4', changes), { content, protects }),
  })
}

test('an uploaded document comes back as a report of the whole hub: conclusion, seal with its picture, checks; then a seal, then garbage', async () => {
  const upload = await openServer()
  const report = await upload('通知.ofd', await archiveOf(await sealedBy({ picture })))
  expect(report.status).toBe(200)
  for (const words of ['不能断定', '遂平县民政局', '41172800000001', 'MAKER_LISTED', Buffer.from(PNG).toString('base64'), '原件'])
    expect(report.text).toContain(words)
  const seal = await upload('印章.esl', await sealOf('SES_V5', { picture }))
  expect([seal.status, seal.text.includes('data:image/png')]).toEqual([200, true])
  expect((await upload('x.ofd', Buffer.from('nothing'))).status).toBe(422)
})

test('a personal seal shows neither picture nor full name on the page, whoever uploads it', async () => {
  const upload = await openServer()
  const property = { ...sealToMake('SES_V4').property, type: 0, name: '张小三' }
  const { status, text } = await upload('a.ofd', await archiveOf(await sealedBy({ picture, property })))
  expect([status, text.includes('张小三'), text.includes('张＊＊'), text.includes('<img')]).toEqual([200, false, true, false])
})

test('hostile files are refused with a code or judged broken, each costing its sender only, and the hub goes on', async () => {
  const upload = await openServer()
  const files = await signedDocument()
  const deep = `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`
  const entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><ofd:OFD>&b;</ofd:OFD>'
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.xml`, '']))
  const list = Array.from({ length: 300 }, (_, i) => `<Signature ID="${i}" BaseLoc="/${i}.xml"/>`).join('')
  const attacks: readonly (readonly [string, Uint8Array, number])[] = [
    ['nested XML', await archiveOf({ ...files, 'OFD.xml': deep }), 413],
    ['entities', await archiveOf({ ...files, 'OFD.xml': entities }), 200],
    [
      '300 signatures',
      await archiveOf({ ...files, ...many, 'Doc_0/Signs/Signatures.xml': `<Signatures>${list}</Signatures>` }),
      413,
    ],
    ['zip cut off', (await archiveOf(files)).subarray(0, 400), 200],
    ['bomb', await archiveOf({ ...files, 'bomb.bin': new Uint8Array(257 * 1024 * 1024) }), 413],
    ['PDF of nothing', Buffer.from('%PDF-1.7\nstartxref\n0\n%%EOF'), 200],
  ]
  for (const [name, bytes, status] of attacks) {
    const answer = await upload(`${name}.ofd`, bytes)
    expect([name, answer.status]).toEqual([name, status])
    if (status === 200) expect(answer.text).toContain('FORMAT_FAILURE')
  }
  expect((await upload('good.ofd', await archiveOf(files))).text).toContain('MAKER_LISTED')
})
