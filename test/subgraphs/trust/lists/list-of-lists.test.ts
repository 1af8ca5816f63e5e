import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { holds } from '../../../../model/time.ts'
import { encodeSignedData } from '../../../../pki/cms/signed-data.ts'
import { importServices } from '../../../../subgraphs/trust/import.ts'
import { admitPivotList, admitTrustList } from '../../../../subgraphs/trust/lists/admission.ts'
import { publishTrustList } from '../../../../subgraphs/trust/lists/publication.ts'
import { readSignedList } from '../../../../subgraphs/trust/lists/read-list.ts'
import { openSignedList } from '../../../../subgraphs/trust/lists/signature.ts'
import { listStateAt } from '../../../../subgraphs/trust/lists/state.ts'
import { type TrustLists, trustLists } from '../../../../subgraphs/trust/lists.ts'
import type { TrustStatement } from '../../../../subgraphs/trust/service.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'
import { decodeTrustList, encodeTrustList, type TrustList } from '../../../../subgraphs/trust/trust-list.ts'
import { type TestParty, testPki } from '../../../support/pki.ts'
import { MAKER } from '../world.ts'

const NOW = Date.UTC(2026, 0, 1)
const DAY = 86_400_000
const EVER = Number.MAX_SAFE_INTEGER
const pki = testPki(NOW, '上级列表')
const [nation, henan, henan2, henan3, stranger] = ['国家', '河南', '河南二', '河南三', '生人'].map((name) => pki.issue(name)) as [
  TestParty,
  TestParty,
  TestParty,
  TestParty,
  TestParty,
]

const maker = (scope: string, list: string): TrustStatement => ({
  role: 'MAKER',
  fingerprint: MAKER,
  name: '制章者',
  scope,
  span: { from: 0, until: null },
  evidence: null,
  list,
})
const pointer = (to: string, party: TestParty, change: Partial<TrustStatement> = {}): TrustStatement => ({
  ...maker(to === '000000' ? '' : to.replace(/(00)+$/, ''), '000000'),
  role: 'LIST_OPERATOR',
  fingerprint: party.fingerprint,
  name: to,
  location: `https://lists.example/${to}`,
  ...change,
})

function signed(by: TestParty, list: Partial<TrustList> & { readonly territory: string }): Promise<Uint8Array> {
  const whole = { operator: '发布者', sequence: 1, issuedAt: NOW - DAY, nextUpdate: NOW + 10 * DAY, statements: [], ...list }
  return encodeSignedData(encodeTrustList(whole), by.signer)
}

/** A hub that knows the operator of the national list, and nobody else's. */
async function hub(territory = '000000', by = nation): Promise<TrustLists> {
  const store = openTrustStore(':memory:')
  onTestFinished(() => store.close())
  const lists = trustLists(store)
  const row = { role: 'LIST_OPERATOR', fingerprint: by.fingerprint, name: territory, scope: '', from: 0 }
  await importServices(lists, [row], NOW - 30 * DAY)
  return lists
}

const makers = async (lists: TrustLists) => (await lists.snapshot()).services('MAKER', MAKER, EVER).map(({ scope }) => scope)
const stateOf = async (lists: TrustLists, territory: string, at: number) => {
  const trust = await lists.snapshot()
  const list = trust.list(territory, EVER)
  return list && listStateAt(trust, list, at, EVER)
}

test('a list of lists brings in the lists it points to, each signed by the operator it names', async () => {
  const lists = await hub()
  const province = await signed(henan, { territory: '410000', statements: [maker('41', '410000')] })
  await expect(admitTrustList(lists, province, NOW)).rejects.toMatchObject({ code: 'ENVELOPE_SIGNATURE' })
  await admitTrustList(lists, await signed(nation, { territory: '000000', statements: [pointer('410000', henan)] }), NOW)
  expect((await admitTrustList(lists, province, NOW)).outcome).toBe('IMPORTED')
  expect(await makers(lists)).toEqual(['41'])
})

test.each([
  [
    'OUT_OF_SCOPE',
    'a province that speaks beyond the scope its pointer gives',
    pointer('410000', henan, { scope: '4117' }),
    henan,
    '41',
  ],
  ['ENVELOPE_SIGNATURE', 'a list signed by another than the one pointed to', pointer('410000', henan), stranger, '41'],
  ['ENVELOPE_SIGNATURE', 'a list of another territory than the one pointed to', pointer('350000', henan), henan, '41'],
  [
    'ENVELOPE_SIGNATURE',
    'a pointer that has ended',
    pointer('410000', henan, { span: { from: 0, until: NOW - 1 } }),
    henan,
    '41',
  ],
] as const)('%s: %s is refused', async (code, _, statement, by, scope) => {
  const lists = await hub()
  await admitTrustList(lists, await signed(nation, { territory: '000000', statements: [statement] }), NOW)
  const province = await signed(by, { territory: '410000', statements: [maker(scope, '410000')] })
  await expect(admitTrustList(lists, province, NOW)).rejects.toMatchObject({ code })
})

test.each([
  ['to its neighbour', pointer('350000', stranger, { list: '410000' })],
  ['upward', pointer('000000', stranger, { list: '410000' })],
  ['below with a scope wider than the territory pointed to', pointer('411700', stranger, { list: '410000', scope: '41' })],
])('a province that points %s is refused as OUT_OF_SCOPE', async (_, statement) => {
  const lists = await hub('410000', henan)
  const list = await signed(henan, { territory: '410000', statements: [statement] })
  await expect(admitTrustList(lists, list, NOW)).rejects.toMatchObject({ code: 'OUT_OF_SCOPE' })
})

test('under a list of lists past its next update nothing new comes in, and what is held goes on until its own', async () => {
  const lists = await hub()
  const nationwide = { territory: '000000', statements: [pointer('410000', henan)], nextUpdate: NOW + DAY }
  await admitTrustList(lists, await signed(nation, nationwide), NOW)
  await admitTrustList(lists, await signed(henan, { territory: '410000' }), NOW)
  const next = await signed(henan, { territory: '410000', sequence: 2 })
  await expect(admitTrustList(lists, next, NOW + 2 * DAY)).rejects.toMatchObject({ code: 'STALE' })
  expect(await stateOf(lists, '410000', NOW + 2 * DAY)).toBe('CURRENT')
  expect(await stateOf(lists, '410000', NOW + 8 * DAY)).toBe('GRACE')
  expect(await stateOf(lists, '410000', NOW + 11 * DAY)).toBe('STALE')
})

test('a list whose signer is no operator any more passes nothing, however young', async () => {
  const lists = await hub()
  await admitTrustList(lists, await signed(nation, { territory: '000000', statements: [pointer('410000', henan)] }), NOW)
  await admitTrustList(lists, await signed(henan, { territory: '410000' }), NOW)
  const ended = pointer('410000', henan, { span: { from: 0, until: NOW } })
  await admitTrustList(lists, await signed(nation, { territory: '000000', sequence: 2, statements: [ended] }), NOW)
  expect(await stateOf(lists, '410000', NOW)).toBe('CURRENT')
  expect(await stateOf(lists, '410000', NOW + 1)).toBe('DISOWNED')
})

test('a list of which nobody wrote down who signed it passes nothing', async () => {
  const lists = await hub('410000', henan)
  const head = { territory: '410000', sequence: 1, own: false, issuedAt: NOW, nextUpdate: NOW + DAY, digest: 'aa', signer: null }
  await lists.recordList({ ...head, bytes: new Uint8Array(1) }, [], NOW)
  expect(await stateOf(lists, '410000', NOW + 1)).toBe('DISOWNED')
})

test('an operator hands over to a new key by a pivot, without anybody anchoring it anew', async () => {
  const lists = await hub('410000', henan)
  const handOver = [pointer('410000', henan2, { list: '410000' })]
  await admitTrustList(lists, await signed(henan, { territory: '410000', statements: handOver }), NOW)
  const withdrawn = [...handOver, pointer('410000', henan, { list: '410000', span: { from: 0, until: NOW } })]
  await admitTrustList(lists, await signed(henan2, { territory: '410000', sequence: 2, statements: withdrawn }), NOW)
  expect(await stateOf(lists, '410000', NOW + 1)).toBe('CURRENT')
  const byOldKey = await signed(henan, { territory: '410000', sequence: 3 })
  await expect(admitTrustList(lists, byOldKey, NOW + 1)).rejects.toMatchObject({ code: 'ENVELOPE_SIGNATURE' })
})

test('who ends every operator from outside ends all keys they handed over to', async () => {
  const lists = await hub('410000', henan)
  await admitTrustList(
    lists,
    await signed(henan, { territory: '410000', statements: [pointer('410000', henan2, { list: '410000' })] }),
    NOW,
  )
  const ended = { role: 'LIST_OPERATOR', fingerprint: henan.fingerprint, name: '410000', scope: '', from: 0, until: NOW }
  await importServices(lists, [ended], NOW)
  const next = await signed(henan2, { territory: '410000', sequence: 2 })
  await expect(admitTrustList(lists, next, NOW + 1)).rejects.toMatchObject({ code: 'ENVELOPE_SIGNATURE' })
})

test('a pivot whose time is over hands over and says nothing else', async () => {
  const lists = await hub('410000', henan)
  const named = { ...maker('41', '410000'), name: '410000' }
  const below = pointer('411700', stranger, { list: '410000' })
  const statements = [pointer('410000', henan2, { list: '410000' }), named, below]
  const old = await signed(henan, { territory: '410000', nextUpdate: NOW - 1, statements })
  await expect(admitTrustList(lists, old, NOW)).rejects.toMatchObject({ code: 'STALE' })
  await admitPivotList(lists, readSignedList(old), NOW)
  expect(await makers(lists)).toEqual([])
  expect((await lists.snapshot()).operators('411700', EVER)).toEqual([])
  await admitTrustList(lists, await signed(henan2, { territory: '410000', sequence: 2 }), NOW)
  expect(await stateOf(lists, '410000', NOW)).toBe('CURRENT')
})

test('a pivot whose time is not over says all that it says', async () => {
  const lists = await hub('410000', henan)
  const statements = [pointer('410000', henan2, { list: '410000' }), maker('41', '410000')]
  await admitPivotList(lists, readSignedList(await signed(henan, { territory: '410000', statements })), NOW)
  expect(await makers(lists)).toEqual(['41'])
})

test('a hub signs with a new key once it lists it, and its lists lead back to the last one of every key before', async () => {
  const source = await hub('350000', stranger)
  const publish = (by: TestParty, at: number) => publishTrustList(source, { territory: '410000', signer: by.signer }, at)
  const name = (party: TestParty, at: number) =>
    importServices(source, [{ role: 'LIST_OPERATOR', fingerprint: party.fingerprint, name: '410000', scope: '41', from: 0 }], at)
  await publish(henan, NOW)
  await expect(publish(henan2, NOW)).rejects.toMatchObject({ code: 'CONFLICT' })
  await name(henan2, NOW + 1)
  await publish(henan, NOW + 1)
  await publish(henan2, NOW + 2)
  await name(henan3, NOW + 3)
  await publish(henan2, NOW + 3)
  const { list } = await publish(henan3, NOW + 4)
  const bytesOf = async (sequence: number) =>
    (await source.bytes({ territory: '410000', own: true, sequence })) ?? new Uint8Array()
  const newest = decodeTrustList(openSignedList(await bytesOf(list.sequence)).content)
  expect(newest.pivots).toEqual(['410000/2', '410000/4'])

  const taker = await hub('410000', henan)
  const later = NOW + 20 * DAY
  await expect(admitTrustList(taker, await bytesOf(5), later)).rejects.toMatchObject({ code: 'ENVELOPE_SIGNATURE' })
  for (const sequence of [2, 4]) await admitPivotList(taker, readSignedList(await bytesOf(sequence)), later)
  expect((await admitTrustList(taker, await bytesOf(5), later)).outcome).toBe('IMPORTED')
})

test('a list never widens beyond the scope its pointer gives, whatever it says', async () => {
  const scope = fc.constantFrom('', '41', '4117', '411728', '4101', '35', '3501')
  await fc.assert(
    fc.asyncProperty(scope, fc.array(scope, { maxLength: 3 }), async (given, said) => {
      const lists = await hub()
      const pointing = signed(nation, { territory: '000000', statements: [pointer('410000', henan, { scope: given })] })
      const statements = [...new Set(said)].map((one) => maker(one, '410000'))
      const province = await signed(henan, { territory: '410000', statements })
      await admitTrustList(lists, await pointing, NOW).catch(() => null)
      await admitTrustList(lists, province, NOW).catch(() => null)
      expect((await makers(lists)).every((one) => one.startsWith(given) && one.startsWith('41'))).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('whatever later lists leave out, end or take in, an answer about the past by what was known then stays the same', async () => {
  const span = fc.record({ from: fc.integer({ min: 0, max: 5 }), length: fc.option(fc.integer({ min: 1, max: 5 })) })
  const listed = fc.uniqueArray(fc.record({ scope: fc.constantFrom('41', '4117', '4101'), span }), {
    selector: (one) => `${one.scope} ${one.span.from}`,
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(fc.array(listed, { minLength: 2, maxLength: 5 }), async (generations) => {
      const lists = await hub('410000', henan)
      const answers: { readonly knownAt: number; readonly said: string }[] = []
      for (const [i, entries] of generations.entries()) {
        const statements = entries.map(({ scope, span: { from, length } }) => ({
          ...maker(scope, '410000'),
          span: { from: from * DAY, until: length && (from + length) * DAY },
        }))
        await admitTrustList(lists, await signed(henan, { territory: '410000', sequence: i + 1, statements }), NOW + i)
        const trust = await lists.snapshot()
        for (const { knownAt, said } of answers) expect(JSON.stringify(trust.services('MAKER', MAKER, knownAt))).toBe(said)
        answers.push({ knownAt: trust.recordedAt, said: JSON.stringify(trust.services('MAKER', MAKER, trust.recordedAt)) })
      }
    }),
    { numRuns: 40 },
  )
})

test('a service ended by a list still counts at every moment before its end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 0, max: 1_000 }), async (end, asked) => {
      const lists = await hub('410000', henan)
      const entry = maker('41', '410000')
      await admitTrustList(lists, await signed(henan, { territory: '410000', statements: [entry] }), NOW)
      const ended = { ...entry, span: { from: 0, until: end * DAY }, ended: { reason: '注销' } }
      await admitTrustList(lists, await signed(henan, { territory: '410000', sequence: 2, statements: [ended] }), NOW + 1)
      const services = (await lists.snapshot()).services('MAKER', MAKER, EVER)
      expect(services.some((one) => holds(one.span, asked * DAY))).toBe(asked <= end)
    }),
    { numRuns: 30 },
  )
})
