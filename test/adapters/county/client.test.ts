import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { batchesOf } from '../../../adapters/county/batches.ts'
import { type PushProgress, pushEvents, pushSeals } from '../../../adapters/county/client.ts'
import { sealEvent } from '../../../adapters/county/seal-event.ts'
import type { SealFormat } from '../../../model/seal.ts'
import { CODE, changed } from '../../subgraphs/seals/member.ts'
import { pki, sealOf } from '../../support/seals.ts'
import { type CountyHub, openCountyHub } from './hub.ts'

let hub: CountyHub
beforeEach(async () => {
  hub = await openCountyHub()
})
afterEach(() => hub.close())

const sealFile = async (number: number, format: Exclude<SealFormat, 'GBT_35275'> = 'SES_V4') => {
  return { path: `${number}.esl`, bytes: await sealOf(format, { esID: `4117280000000${number}` }) }
}
const outcomes = ({ rows }: { rows: readonly { outcome: string }[] }) => rows.map(({ outcome }) => outcome)
const codes = ({ rows }: { rows: readonly { refusal: { code: string } | null }[] }) =>
  rows.map(({ refusal }) => refusal?.code ?? null)

/** A connection that answers as told for the first requests, then as the hub does. */
function faultyFetch(...faults: readonly ('lost before' | 'lost after' | 'busy')[]): typeof fetch & { posted: Uint8Array[] } {
  const left = [...faults]
  const posted: Uint8Array[] = []
  const faulty = async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
    if (init?.method !== 'POST') return fetch(input, init)
    posted.push(Uint8Array.from(init.body as Buffer))
    const fault = left.shift()
    if (fault === 'busy') return new Response('busy', { status: 503, headers: { 'retry-after': '1' } })
    if (fault === 'lost before') throw new TypeError('fetch failed')
    const response = await fetch(input, init)
    if (fault === 'lost after') throw new TypeError('socket hang up')
    return response
  }
  return Object.assign(faulty, { posted })
}

test('seal files of every structure are pushed in batches, each with a receipt of the hub', async () => {
  const seals = [await sealFile(1, 'SES_V1'), await sealFile(2, 'SES_V4'), await sealFile(3, 'SES_V5')]
  const progress: PushProgress[] = []
  const result = await pushSeals({ ...hub.reach, seals, batchSize: 2, onProgress: (step) => progress.push(step) })
  expect(outcomes(result)).toEqual(['ADMITTED', 'ADMITTED', 'ADMITTED'])
  expect(result.rows.map(({ path }) => path)).toEqual(['1.esl', '2.esl', '3.esl'])
  expect(result.receipts.map(({ content }) => content.sequence)).toEqual([1, 2])
  expect(new Set(result.receipts.map(({ signedBy }) => signedBy)).size).toBe(1)
  expect(progress.map(({ done }) => done)).toEqual([2, 3])
})

test('pushing the same again changes nothing and says so', async () => {
  const seals = [await sealFile(1), await sealFile(2)]
  await pushSeals({ ...hub.reach, seals })
  expect(outcomes(await pushSeals({ ...hub.reach, seals }))).toEqual(['UNCHANGED', 'UNCHANGED'])
})

test('a file that is no seal is refused by name and the others are pushed', async () => {
  const seals = [{ path: 'readme.txt', bytes: Buffer.from('hello') }, await sealFile(1)]
  const result = await pushSeals({ ...hub.reach, seals })
  expect(result.rows.map(({ path, outcome }) => [path, outcome])).toEqual([
    ['readme.txt', 'REFUSED'],
    ['1.esl', 'ADMITTED'],
  ])
  expect(codes(result)).toEqual(['UNREADABLE', null])
})

test('the hub’s refusals come back row by row', async () => {
  const foreign = { path: 'foreign.esl', bytes: await sealOf('SES_V4', { esID: '35012800000001' }) }
  expect(codes(await pushSeals({ ...hub.reach, seals: [await sealFile(1), foreign] }))).toEqual([null, 'OUT_OF_SCOPE'])
})

test('status events are pushed like seals', async () => {
  await pushSeals({ ...hub.reach, seals: [await sealFile(1)] })
  const event = changed('CANCELLED', { code: CODE, reason: 'MERGER' })
  const result = await pushEvents({ ...hub.reach, events: [{ path: null, event }] })
  expect(result.rows).toMatchObject([{ code: CODE, outcome: 'ADMITTED', path: null }])
})

test('nothing to push asks nothing of the hub', async () => {
  expect(await pushSeals({ ...hub.reach, seals: [] })).toEqual({ rows: [], receipts: [] })
})

describe('a failing connection', () => {
  test.each([
    ['the hub is busy', ['busy', 'busy'] as const],
    ['the envelope is lost', ['lost before', 'lost before'] as const],
    ['the answer is lost', ['lost after', 'busy', 'lost after'] as const],
  ])('is met by the same bytes again when %s', async (_, faults) => {
    const faulty = faultyFetch(...faults)
    const result = await pushSeals({ ...hub.reach, fetch: faulty, seals: [await sealFile(1)] })
    expect(outcomes(result)).toEqual(['ADMITTED'])
    expect(faulty.posted).toHaveLength(faults.length + 1)
    expect(new Set(faulty.posted.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1)
    expect(result.receipts.map(({ content }) => content.sequence)).toEqual([1])
  })

  test('ends in UNAVAILABLE after six attempts, each pause longer than the one before', async () => {
    const pauses: number[] = []
    const wait = async (milliseconds: number) => void pauses.push(milliseconds)
    const faulty = faultyFetch(...Array.from({ length: 9 }, () => 'lost before' as const))
    await expect(pushSeals({ ...hub.reach, wait, fetch: faulty, seals: [await sealFile(1)] })).rejects.toThrow(
      expect.objectContaining({ code: 'UNAVAILABLE' }),
    )
    expect(faulty.posted).toHaveLength(6)
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b))
    expect(pauses).toHaveLength(5)
  })

  test('leaves what was taken in where it is, and the next push goes on from there', async () => {
    const seals = [await sealFile(1), await sealFile(2)]
    const failing = faultyFetch('lost after', ...Array.from({ length: 5 }, () => 'busy' as const))
    await expect(pushSeals({ ...hub.reach, fetch: failing, batchSize: 1, seals })).rejects.toThrow()
    expect(outcomes(await pushSeals({ ...hub.reach, batchSize: 1, seals }))).toEqual(['UNCHANGED', 'ADMITTED'])
  })
})

describe('a push is stopped', () => {
  test('by a platform without standing, without trying again', async () => {
    hub.standing.given = false
    const watched = faultyFetch()
    await expect(pushSeals({ ...hub.reach, fetch: watched, seals: [await sealFile(1)] })).rejects.toThrow(
      expect.objectContaining({ code: 'NOT_A_MEMBER' }),
    )
    expect(watched.posted).toHaveLength(1)
  })

  test('by a receipt of another hub than the one known', async () => {
    const push = pushSeals({ ...hub.reach, hub: pki.issue('别的枢纽').fingerprint, seals: [await sealFile(1)] })
    await expect(push).rejects.toThrow(expect.objectContaining({ code: 'ENVELOPE_SIGNATURE' }))
  })

  test.each([
    ['no receipt', { receipt: null }, 'UNREADABLE'],
    ['a receipt that is none', { receipt: 'AAAA' }, 'UNREADABLE'],
  ])('by %s', async (_, answer, code) => {
    const answering: typeof fetch = async (input, init) => (init?.method === 'POST' ? Response.json(answer) : fetch(input, init))
    await expect(pushSeals({ ...hub.reach, fetch: answering, seals: [await sealFile(1)] })).rejects.toThrow(
      expect.objectContaining({ code }),
    )
  })

  test('by the receipt of another envelope', async () => {
    let first: string | null = null
    const replaying: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (init?.method !== 'POST') return response
      first ??= await response.text()
      return new Response(first)
    }
    const seals = [await sealFile(1), await sealFile(2)]
    await expect(pushSeals({ ...hub.reach, fetch: replaying, batchSize: 1, seals })).rejects.toThrow(
      expect.objectContaining({ code: 'CONFLICT' }),
    )
  })
})

test('two senders of one stream overtake each other and both arrive', async () => {
  const pushes = [1, 2, 3].map(async (number) => pushSeals({ ...hub.reach, seals: [await sealFile(number)] }))
  const results = await Promise.all(pushes)
  expect(results.flatMap(outcomes)).toEqual(['ADMITTED', 'ADMITTED', 'ADMITTED'])
})

test('the same file is always the same event, and another revision another one', async () => {
  const file = await sealFile(1)
  expect(sealEvent(file)).toEqual(sealEvent({ ...file, path: 'elsewhere.esl' }))
  expect(sealEvent({ ...file, revision: 7 }).eventId).not.toBe(sealEvent(file).eventId)
})

test('batches keep to their number and to the bytes of an envelope', async () => {
  const small = Array.from({ length: 5 }, () => ({ path: null, event: changed('SUSPENDED') }))
  const sizes = async (events: typeof small, size?: number) =>
    (await Array.fromAsync(batchesOf(events, size))).map((batch) => batch.length)
  expect(await sizes(small, 2)).toEqual([2, 2, 1])
  const big = small.map(({ path, event }) => ({ path, event: { ...event, eventId: 'x'.repeat(4_000_000) } }))
  expect(await sizes(big)).toEqual([2, 2, 1])
})
