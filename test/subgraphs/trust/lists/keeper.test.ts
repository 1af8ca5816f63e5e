import { expect, onTestFinished, test, vi } from 'vitest'
import type { Signer } from '../../../../pki/signer.ts'
import { importServices } from '../../../../subgraphs/trust/import.ts'
import { listKeeper } from '../../../../subgraphs/trust/lists/keeper.ts'
import { LIST_LIFE_MS, publishTrustList } from '../../../../subgraphs/trust/lists/publication.ts'
import { trustLists } from '../../../../subgraphs/trust/lists.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'
import { testPki } from '../../../support/pki.ts'
import { MAKER } from '../world.ts'

const NOW = Date.UTC(2026, 0, 1)
const DAY = 86_400_000
const { signer } = testPki(NOW, '列表看护').platform

function kept(signing: Signer = signer) {
  let now = NOW
  const store = openTrustStore(':memory:')
  const lists = trustLists(store)
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const keeper = listKeeper({ lists, territory: '410000', signer: signing, now: () => now, log })
  onTestFinished(() => store.close())
  return {
    lists,
    log,
    keeper,
    sequence: async () => (await lists.snapshot()).ownList('410000', Number.MAX_SAFE_INTEGER)?.sequence ?? 0,
    publish: () => publishTrustList(lists, { territory: '410000', signer }, now),
    pass: async (time: number) => {
      now += time
      await keeper.run()
    },
  }
}

test('a list published once is signed again at half of its life, and never before a person published it', async () => {
  const { pass, publish, sequence } = kept()
  await pass(DAY)
  expect(await sequence()).toBe(0)
  await publish()
  await pass(LIST_LIFE_MS / 2 - 1)
  expect(await sequence()).toBe(1)
  await pass(1)
  expect(await sequence()).toBe(2)
})

test('a list that needs no new signature is left in silence, a new one is told', async () => {
  const { pass, publish, log } = kept()
  await publish()
  await pass(1)
  expect(log.info).not.toHaveBeenCalled()
  await pass(LIST_LIFE_MS / 2)
  expect(log.info).toHaveBeenCalled()
})

test('what the hub says anew is published without waiting for half of the life', async () => {
  const { pass, publish, sequence, lists } = kept()
  await publish()
  await importServices(lists, [{ role: 'MAKER', fingerprint: MAKER, name: 'x', scope: '41', from: 0 }], NOW)
  await pass(1)
  expect(await sequence()).toBe(2)
})

test('a signer that fails is an alarm from half of the life on, and the list held stays', async () => {
  const broken = { ...signer, sign: () => Promise.reject(new TypeError('device gone')) }
  const { pass, publish, sequence, log, lists } = kept(broken)
  await publish()
  await pass(LIST_LIFE_MS / 2 - 2)
  expect(log.warn).not.toHaveBeenCalled()
  await importServices(lists, [{ role: 'MAKER', fingerprint: MAKER, name: 'x', scope: '41', from: 0 }], NOW + 1)
  await pass(1)
  expect(log.warn).toHaveBeenCalled()
  expect(log.error).not.toHaveBeenCalled()
  await pass(1)
  expect(log.error).toHaveBeenCalledWith(
    expect.objectContaining({ territory: '410000', sequence: 1 }),
    expect.stringContaining('ALARM'),
  )
  expect(await sequence()).toBe(1)
})
