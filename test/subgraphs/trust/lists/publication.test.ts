import { expect, onTestFinished, test } from 'vitest'
import { importServices, type TrustServiceInput } from '../../../../subgraphs/trust/import.ts'
import { publishTrustList } from '../../../../subgraphs/trust/lists/publication.ts'
import { openSignedList } from '../../../../subgraphs/trust/lists/signature.ts'
import { trustLists } from '../../../../subgraphs/trust/lists.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'
import { decodeTrustList } from '../../../../subgraphs/trust/trust-list.ts'
import { testPki } from '../../../support/pki.ts'

const NOW = Date.UTC(2026, 0, 1)
const pki = testPki(NOW, '列表发布')
const [first, second] = [pki.issue('甲'), pki.issue('乙')]
const key = (byte: string) => byte.repeat(32)

async function hub(...rows: readonly TrustServiceInput[]) {
  const store = openTrustStore(':memory:')
  onTestFinished(() => store.close())
  const lists = trustLists(store)
  await importServices(lists, rows, NOW)
  const publish = async (by = first, at = NOW + 1) => {
    const { list } = await publishTrustList(lists, { territory: '410000', signer: by.signer }, at)
    const bytes = await store.listBytes(list)
    if (bytes === null) throw new TypeError('the list published is held')
    const { statements } = decodeTrustList(openSignedList(bytes).content)
    return statements.map(({ role, name, scope }) => `${role} ${name} ${scope}`).sort()
  }
  return { lists, publish }
}

const maker = (name: string, scope: string, fingerprint: string) =>
  ({ role: 'MAKER', fingerprint, name, scope, from: 0 }) as const
const operator = (name: string, scope: string, fingerprint: string, location?: string) =>
  ({ role: 'LIST_OPERATOR', fingerprint, name, scope, from: 0, ...(location && { location }) }) as const

test('what the hub says is published as far as its territory reaches, and nothing beyond', async () => {
  const { publish } = await hub(
    maker('whole', '', key('a1')),
    maker('own', '41', key('a2')),
    maker('city', '4117', key('a3')),
    maker('beside', '35', key('a4')),
  )
  expect(await publish()).toEqual(['MAKER city 4117', 'MAKER own 41', 'MAKER whole 41'])
})

test('what it says twice of one service within its territory it publishes once', async () => {
  const { publish } = await hub(maker('wide', '', key('a1')), maker('narrow', '41', key('a1')))
  expect(await publish()).toEqual(['MAKER narrow 41'])
})

test('it points to lists below whose place is known, for no more than their territory, and to its own operator', async () => {
  const place = 'https://lists.example/x'
  const { publish } = await hub(
    operator('410000', '41', key('b1')),
    operator('411700', '41', key('b2'), place),
    operator('410100', '4101', key('b3')),
    operator('350000', '', key('b4'), place),
    operator('000000', '', key('b5'), place),
  )
  expect(await publish()).toEqual(['LIST_OPERATOR 410000 41', 'LIST_OPERATOR 411700 4117'])
})

test('a new key signs only once the hub itself lists it for its territory, in time', async () => {
  const { lists, publish } = await hub()
  await publish()
  const unannounced = expect.objectContaining({ code: 'CONFLICT' })
  await expect(publish(second)).rejects.toEqual(unannounced)
  await importServices(lists, [{ ...operator('411700', '4117', second.fingerprint) }], NOW + 2)
  await expect(publish(second)).rejects.toEqual(unannounced)
  await importServices(lists, [{ ...operator('410000', '41', second.fingerprint), until: NOW - 1 }], NOW + 3)
  await expect(publish(second)).rejects.toEqual(unannounced)
  await importServices(lists, [operator('410000', '41', key('b1'))], NOW + 4)
  await expect(publish(second)).rejects.toEqual(unannounced)
  await importServices(lists, [operator('410000', '', second.fingerprint)], NOW + 5)
  expect(await publish(second, NOW + 6)).toContain('LIST_OPERATOR 410000 41')
})
