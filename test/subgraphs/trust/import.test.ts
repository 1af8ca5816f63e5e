import { expect, onTestFinished, test } from 'vitest'
import { importServices, type TrustServiceInput } from '../../../subgraphs/trust/import.ts'
import { trustLists } from '../../../subgraphs/trust/lists.ts'
import { openTrustStore } from '../../../subgraphs/trust/store/sqlite-store.ts'

const NOW = 1_000_000

function row(change: Partial<TrustServiceInput> = {}): TrustServiceInput {
  return { role: 'MAKER', fingerprint: 'a0'.repeat(32), name: '苏州统一电子印章', scope: '3205', from: 0, ...change }
}

function lists() {
  const store = openTrustStore(':memory:')
  onTestFinished(() => store.close())
  return trustLists(store)
}

test.each([
  ['BAD_ROLE', row({ role: 'ORACLE' })],
  ['BAD_FINGERPRINT', row({ fingerprint: 'a0' })],
  ['BAD_FINGERPRINT', row({ fingerprint: 'zz'.repeat(32) })],
  ['BAD_NAME', row({ name: '  ' })],
  ['BAD_NAME', row({ name: 'x'.repeat(501) })],
  ['BAD_NAME', row({ role: 'PLATFORM', name: '遂平县' })],
  ['BAD_SCOPE', row({ scope: '320' })],
  ['BAD_SCOPE', row({ scope: '32050611' })],
  ['SPAN_REVERSED', row({ from: 10, until: 9 })],
  ['TOO_LARGE', row({ evidence: 'x'.repeat(2001) })],
  ['BAD_DIGEST', row({ evidenceDigest: 'a0' })],
  ['SPAN_REVERSED', row({ endReason: '停业' })],
  ['SPAN_REVERSED', row({ endCode: 'CESSATION' })],
  ['BAD_END', row({ until: 9, endCode: 'BANKRUPT' })],
  ['BAD_LIMIT', row({ classes: [] })],
  ['BAD_LIMIT', row({ classes: ['UNKNOWN'] })],
  ['BAD_LIMIT', row({ role: 'CA', classes: ['PUBLIC'] })],
  ['BAD_LIMIT', row({ caKind: 'E_GOVERNMENT' })],
  ['BAD_LIMIT', row({ role: 'CA', caKind: 'OTHER' })],
  ['BAD_LOCATION', row({ location: 'https://example.org/' })],
  ['BAD_LOCATION', row({ role: 'LIST_OPERATOR', name: '320000', location: 'file:///etc/passwd' })],
] as const)('a row with a fault is refused as %s and leaves the others unharmed', async (code, bad) => {
  const trust = lists()
  const rows = await importServices(trust, [row(), bad, row({ scope: '32' })], NOW)
  expect(rows.map(({ outcome }) => outcome)).toEqual(['IMPORTED', 'REFUSED', 'IMPORTED'])
  expect(rows[1]).toMatchObject({ index: 1, service: null, refusal: { code } })
  expect((await trust.snapshot()).all(NOW)).toHaveLength(2)
})

test('importing the same again changes nothing and says so', async () => {
  const trust = lists()
  await importServices(trust, [row(), row({ scope: '32' })], NOW)
  const again = await importServices(trust, [row(), row({ scope: '32' }), row({ scope: '' })], NOW)
  expect(again.map(({ outcome }) => outcome)).toEqual(['UNCHANGED', 'UNCHANGED', 'IMPORTED'])
})

test('a service stated twice in one import is taken once', async () => {
  const rows = await importServices(lists(), [row(), row({ name: 'other' })], NOW)
  expect(rows.map(({ outcome, refusal }) => refusal?.code ?? outcome)).toEqual(['IMPORTED', 'STATED_TWICE'])
})

test('a fingerprint in capitals names the same certificate', async () => {
  const trust = lists()
  await importServices(trust, [row()], NOW)
  const [again] = await importServices(trust, [row({ fingerprint: 'A0'.repeat(32) })], NOW)
  expect(again?.outcome).toBe('UNCHANGED')
})

test('an empty import deletes nothing', async () => {
  const trust = lists()
  await importServices(trust, [row()], NOW)
  expect(await importServices(trust, [], NOW)).toEqual([])
  expect((await trust.snapshot()).all(NOW)).toHaveLength(1)
})

test('more rows than the bound are refused as a whole', async () => {
  const rows = Array.from({ length: 1001 }, () => row())
  await expect(importServices(lists(), rows, NOW)).rejects.toMatchObject({ code: 'TOO_LARGE' })
})

test('everything said of a service is kept: limits, grounds, and the grounds of its end', async () => {
  const digest = 'ab'.repeat(32)
  const ended = { until: 9, endCode: 'LICENCE_REVOKED', endReason: '许可注销', endEvidenceDigest: digest }
  const maker = row({ classes: ['POSITION', 'PUBLIC'], evidence: '许可', evidenceDigest: digest, ...ended })
  const trust = lists()
  await importServices(trust, [maker, row({ role: 'CA', caKind: 'E_GOVERNMENT' }), row({ role: 'TIME_STAMP_AUTHORITY' })], NOW)
  const [ca, kept, stamps] = (await trust.snapshot()).all(NOW)
  expect(kept).toMatchObject({
    classes: ['PUBLIC', 'POSITION'],
    evidenceDigest: digest,
    ended: { code: 'LICENCE_REVOKED', reason: '许可注销', evidenceDigest: digest },
  })
  expect([ca?.caKind, stamps?.role]).toEqual(['E_GOVERNMENT', 'TIME_STAMP_AUTHORITY'])
  expect((await importServices(trust, [maker], NOW))[0]?.outcome).toBe('UNCHANGED')
  expect((await importServices(trust, [{ ...maker, endReason: '另有原因' }], NOW))[0]?.outcome).toBe('IMPORTED')
})

test('an end that is over is never lifted by handing the same in again; listed again later, the time between stays without a grant', async () => {
  const trust = lists()
  const [DAY, again] = [86_400_000, 50 * 86_400_000]
  const makers = async () => (await trust.snapshot()).services('MAKER', row().fingerprint, Number.MAX_SAFE_INTEGER)
  await importServices(trust, [row()], NOW)
  await importServices(trust, [row({ until: DAY, endCode: 'KEY_COMPROMISE' })], 10 * DAY)
  const [lifted] = await importServices(trust, [row()], 20 * DAY)
  expect(lifted).toMatchObject({ outcome: 'REFUSED', refusal: { code: 'ENDED' } })
  expect(await importServices(trust, [row({ from: again })], 20 * DAY)).toMatchObject([{ outcome: 'IMPORTED' }])
  expect((await makers()).map(({ span }) => span)).toEqual(
    expect.arrayContaining([
      { from: 0, until: DAY },
      { from: again, until: null },
    ]),
  )
  await importServices(trust, [row({ from: again, until: 60 * DAY, endCode: 'CESSATION' })], 70 * DAY)
  expect((await makers()).map(({ ended }) => ended?.code).sort()).toEqual(['CESSATION', 'KEY_COMPROMISE'])
  const third = await importServices(trust, [row({ from: 80 * DAY })], 90 * DAY)
  expect([third[0]?.outcome, (await makers()).length]).toEqual(['IMPORTED', 3])
})

test('a term that is not over yet may be made longer or shorter, and the reason of an end put right', async () => {
  const trust = lists()
  const steps = [{ until: NOW + 10 }, { until: NOW + 20 }, { until: NOW + 5 }, { until: NOW + 5, endCode: 'MERGER' }]
  for (const step of steps) expect((await importServices(trust, [row(step)], NOW))[0]?.outcome).toBe('IMPORTED')
  expect((await importServices(trust, [row({ until: NOW + 5, endCode: 'RENAME' })], NOW + 100))[0]?.outcome).toBe('IMPORTED')
  expect((await trust.snapshot()).all(Number.MAX_SAFE_INTEGER)).toHaveLength(1)
})

test('a narrower grant is another service and never narrows a wider one in silence', async () => {
  const trust = lists()
  await importServices(trust, [row(), row({ classes: ['PUBLIC'] })], NOW)
  expect((await trust.snapshot()).all(NOW).map(({ classes }) => classes ?? null)).toHaveLength(2)
})
