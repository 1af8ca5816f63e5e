import { expect, onTestFinished, test } from 'vitest'
import { addListRoutes } from '../../../adapters/lists/routes.ts'
import { openHub } from '../../../cli/hub.ts'
import { OPERATOR } from '../../../cli/operator.ts'
import { openHttp } from '../../../gateway/http.ts'
import { PUBLIC } from '../../../model/caller.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import { readConfig } from '../../../runtime/config.ts'
import { SILENT } from '../../../runtime/log.ts'
import { openSignedList } from '../../../subgraphs/trust/lists/signature.ts'
import { decodeTrustList } from '../../../subgraphs/trust/trust-list.ts'
import { dataDirectory } from '../../support/command.ts'

const DAY = 86_400_000

async function hub() {
  let now = Date.UTC(2026, 0, 1)
  const opened = await openHub(readConfig({ SEALHUB_DATA: dataDirectory() }, {}), { now: () => now, log: SILENT })
  const app = await openHttp({ gateway: opened.gateway, routes: [addListRoutes(opened.askAs(PUBLIC))], log: SILENT })
  onTestFinished(async () => {
    await app.close()
    await opened.close()
  })
  const publish = async () => {
    const { errors } = await opened.askAs(OPERATOR)('mutation { publishTrustList { outcome } }', {})
    expect(errors).toBeUndefined()
  }
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers })
  return { publish, get, later: (time: number) => { now += time } } // biome-ignore format: one line
}

test('the newest list is served as it was signed, with its ETag, and not sent twice', async () => {
  const { publish, get } = await hub()
  expect((await get('/trust-lists/410000')).statusCode).toBe(404)
  await publish()
  const first = await get('/trust-lists/410000')
  expect(first).toMatchObject({ statusCode: 200, headers: { 'content-type': expect.stringContaining('pkcs7-mime') } })
  expect(first.headers.etag).toBe(`"${sm3Hex(first.rawPayload)}"`)
  expect(decodeTrustList(openSignedList(first.rawPayload).content)).toMatchObject({ territory: '410000', sequence: 1 })
  const again = await get('/trust-lists/410000', { 'if-none-match': `"other", W/${first.headers.etag}` })
  expect(again).toMatchObject({ statusCode: 304, body: '' })
})

test('every sequence there ever was is served for ever, the same bytes', async () => {
  const { publish, get, later } = await hub()
  await publish()
  const first = (await get('/trust-lists/410000')).rawPayload
  later(20 * DAY)
  await publish()
  expect(decodeTrustList(openSignedList((await get('/trust-lists/410000')).rawPayload).content).sequence).toBe(2)
  const old = await get('/trust-lists/410000/1')
  expect(old.rawPayload).toEqual(first)
  expect(old.headers['cache-control']).toContain('immutable')
  expect((await get('/trust-lists/410000/3')).statusCode).toBe(404)
})

test.each(['/trust-lists/41', '/trust-lists/410000/0', '/trust-lists/410000/x'])('%s is refused as BAD_INPUT', async (url) => {
  const answer = await (await hub()).get(url)
  expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_INPUT' } }] })
})
