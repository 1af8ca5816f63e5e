import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseReceipt } from '../../../model/receipt.ts'
import { decodeSignedData } from '../../../pki/cms/signed-data.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import { CODE, changed, registered } from '../../subgraphs/seals/member.ts'
import { pki } from '../../support/seals.ts'
import { type CountyHub, openCountyHub } from './hub.ts'

let hub: CountyHub
beforeEach(async () => {
  hub = await openCountyHub()
})
afterEach(() => hub.close())

async function post(body: Uint8Array | string) {
  const response = await hub.app.inject({ method: 'POST', url: '/county/envelopes', payload: Buffer.from(body) })
  const answer = response.json()
  return { status: response.statusCode, answer, code: answer.errors?.[0]?.extensions?.code ?? null }
}
const position = async (query = 'platform=411728&stream=main') => (await hub.app.inject(`/county/position?${query}`)).json()

test('an envelope is answered with its rows and a receipt for it', async () => {
  const { lines } = hub.member.envelope([await registered(), changed('SUSPENDED', { code: 'nobody' })])
  const { status, answer } = await post(await hub.member.signed(lines))
  expect(status).toBe(200)
  expect(answer).toMatchObject({
    repeated: false,
    sequence: 1,
    rows: [
      { outcome: 'ADMITTED', code: CODE },
      { outcome: 'REFUSED', refusal: { code: 'NOT_FOUND' } },
    ],
  })
  const receipt = parseReceipt(decodeSignedData(Buffer.from(answer.receipt, 'base64')).content ?? new Uint8Array())
  expect(receipt).toMatchObject({ envelope: sm3Hex(lines), rows: answer.rows })
  expect(await position()).toMatchObject({ sequence: 1, digest: sm3Hex(lines) })
})

test('a stream that has not begun stands at nothing', async () => {
  expect(await position()).toEqual({ sequence: 0, digest: null, recordedAt: null })
  expect((await hub.app.inject('/county/position?platform=411728')).statusCode).toBe(400)
})

describe('refused, with nothing stored', () => {
  afterEach(async () => expect(await position()).toMatchObject({ sequence: 0 }))

  test('nothing at all', async () => expect(await post('')).toMatchObject({ status: 422, code: 'UNREADABLE' }))
  test('JSON', async () => expect(await post('{}')).toMatchObject({ status: 422, code: 'UNREADABLE' }))
  test('a body over 16 MiB', async () => expect((await post(Buffer.alloc(16 * 1024 * 1024 + 1))).status).toBe(413))
  test('an envelope over its own limit', async () => {
    const lines = Buffer.concat([hub.member.envelope([]).lines, Buffer.alloc(11 * 1024 * 1024, ' ')])
    expect(await post(await hub.member.signed(lines))).toMatchObject({ status: 413, code: 'TOO_LARGE' })
  })
  test('an envelope of a stranger', async () => {
    const bytes = await hub.member.signed(hub.member.envelope([]).lines, pki.issue('陌生人'))
    expect(await post(bytes)).toMatchObject({ status: 403, code: 'NOT_A_MEMBER' })
  })
  test('an envelope changed on the way', async () => {
    const bytes = Uint8Array.from(await hub.member.signed(hub.member.envelope([]).lines))
    bytes[bytes.indexOf(0x34, 60)] = 0x35
    expect((await post(bytes)).status).toBeGreaterThanOrEqual(403)
  })
  test('an envelope out of order', async () => {
    const bytes = await hub.member.signed(hub.member.envelope([], { sequence: 5 }).lines)
    expect(await post(bytes)).toMatchObject({ status: 409, code: 'ENVELOPE_SEQUENCE' })
  })
  test('an envelope of a platform whose membership has ended', async () => {
    hub.standing.given = false
    expect(await post(await hub.member.signed(hub.member.envelope([]).lines))).toMatchObject({
      status: 403,
      code: 'NOT_A_MEMBER',
    })
  })
})

describe('the standing of a sender', () => {
  const push = async () => {
    const { lines, header } = hub.member.envelope([])
    const result = await post(await hub.member.signed(lines))
    if (result.status === 200) {
      hub.member.sequence = header.sequence
      hub.member.previous = sm3Hex(lines)
    }
    return result.status
  }

  test('is asked once and kept for five minutes', async () => {
    expect([await push(), await push()]).toEqual([200, 200])
    expect(hub.standing.asked).toBe(1)
    hub.clock.at += 300_000
    expect(await push()).toBe(200)
    expect(hub.standing.asked).toBe(2)
  })

  test('that was refused is not kept: a platform let in a moment later may push', async () => {
    hub.standing.given = false
    expect(await push()).toBe(403)
    hub.standing.given = true
    expect(await push()).toBe(200)
  })

  test('that the hub no longer takes is asked again', async () => {
    expect(await push()).toBe(200)
    hub.clock.at -= 60_000 // the facts kept are now dated in the future
    expect(await push()).toBe(200)
    expect(hub.standing.asked).toBe(2)
  })
})
