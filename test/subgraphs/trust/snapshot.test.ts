import { expect, test } from 'vitest'
import { parseInstant } from '../../../model/time.ts'
import { trustLists } from '../../../subgraphs/trust/lists.ts'
import { trustSnapshot } from '../../../subgraphs/trust/snapshot.ts'
import type { TrustStore } from '../../../subgraphs/trust/store/trust-store.ts'
import { MAKER } from './world.ts'
import { serviceOf } from './world-lists.ts'

const GIVEN = serviceOf('MAKER', MAKER, { recorded: '2025-01-01' })
const WITHDRAWN = serviceOf('MAKER', MAKER, { recorded: '2025-06-01', until: '2025-05-01' })

const NO_LISTS = {
  agreements: async () => [],
  recordAgreement: async () => null,
  lists: async () => [],
  listBytes: async () => null,
  recordList: async () => null,
}

test('of several statements on a service the newest known one counts, whatever their order', () => {
  for (const statements of [
    [GIVEN, WITHDRAWN],
    [WITHDRAWN, GIVEN],
  ]) {
    const snapshot = trustSnapshot(statements)
    expect(snapshot.services('MAKER', MAKER, parseInstant('2025-03-01'))).toEqual([GIVEN])
    expect(snapshot.services('MAKER', MAKER, parseInstant('2025-06-01'))).toEqual([WITHDRAWN])
    expect(snapshot.services('MAKER', MAKER, parseInstant('2024-12-31'))).toEqual([])
  }
})

test('a role answers for itself only', () => {
  const snapshot = trustSnapshot([GIVEN])
  expect(snapshot.services('CA', MAKER, Number.MAX_SAFE_INTEGER)).toEqual([])
  expect(snapshot.ofCertificate(MAKER, Number.MAX_SAFE_INTEGER)).toEqual([GIVEN])
})

test('the lists are read once: a write adds to what is held, and one that fails has all read anew', async () => {
  let reads = 0
  const store: TrustStore = {
    ...NO_LISTS,
    statements: async () => {
      reads += 1
      return [GIVEN]
    },
    record: async (_, now) => (now < 0 ? Promise.reject(new TypeError('disk')) : [WITHDRAWN]),
    sources: async () => [],
    administrationEvents: async () => [],
    recordAdministration: async () => Promise.reject(new TypeError('not asked')),
    rememberSource: async () => {},
    close: () => {},
  }
  const lists = trustLists(store)
  expect(await lists.snapshot()).toBe(await lists.snapshot())
  expect(reads).toBe(1)
  await lists.record([WITHDRAWN], 0)
  expect((await lists.snapshot()).services('MAKER', MAKER, Number.MAX_SAFE_INTEGER)).toEqual([WITHDRAWN])
  expect(reads).toBe(1)
  await expect(lists.record([GIVEN], -1)).rejects.toThrow(TypeError)
  await lists.snapshot()
  expect(reads).toBe(2)
})

test('a read that failed is tried again, so that a first failure does not last', async () => {
  let reads = 0
  const store: TrustStore = {
    ...NO_LISTS,
    statements: async () => {
      reads += 1
      if (reads === 1) throw new TypeError('disk')
      return [GIVEN]
    },
    record: async () => [],
    sources: async () => [],
    administrationEvents: async () => [],
    recordAdministration: async () => Promise.reject(new TypeError('not asked')),
    rememberSource: async () => {},
    close: () => {},
  }
  const lists = trustLists(store)
  await expect(lists.snapshot()).rejects.toThrow(TypeError)
  expect((await lists.snapshot()).services('MAKER', MAKER, Number.MAX_SAFE_INTEGER)).toEqual([GIVEN])
})

test('a read begun before a write is not taken for one after it', async () => {
  const reads: (() => void)[] = []
  let recorded = [GIVEN]
  const store: TrustStore = {
    ...NO_LISTS,
    statements: () => {
      const seen = recorded
      return new Promise((resolve) => reads.push(() => resolve(seen)))
    },
    record: async () => {
      recorded = [GIVEN, WITHDRAWN]
      return [WITHDRAWN]
    },
    sources: async () => [],
    administrationEvents: async () => [],
    recordAdministration: async () => Promise.reject(new TypeError('not asked')),
    rememberSource: async () => {},
    close: () => {},
  }
  const lists = trustLists(store)
  const before = lists.snapshot()
  await lists.record([WITHDRAWN], 0)
  const after = lists.snapshot()
  for (const resolve of reads) resolve()
  await before
  expect((await after).services('MAKER', MAKER, Number.MAX_SAFE_INTEGER)).toEqual([WITHDRAWN])
})
