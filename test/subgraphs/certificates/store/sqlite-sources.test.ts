import { expect, test } from 'vitest'
import type { SourceKey } from '../../../../subgraphs/certificates/store/source-store.ts'
import { openCertificateStore } from '../../../../subgraphs/certificates/store/sqlite.ts'

const source = (url: string): SourceKey => ({ kind: 'CRL', url, certificate: '' })

test('a source is added once, due at once, and never more than the maximum of them', async () => {
  const store = openCertificateStore(':memory:')
  await store.addSources([source('a'), source('b')], 10, 3)
  await store.addSources([source('a'), source('c'), source('d')], 20, 3)
  expect((await store.sources(10, null)).map(({ url, nextAttempt }) => [url, nextAttempt])).toEqual([
    ['a', 10],
    ['b', 10],
    ['c', 20],
  ])
  expect((await store.sources(1, source('a'))).map(({ url }) => url)).toEqual(['b'])
})

test('what is due comes with the longest due first, and the next due is told', async () => {
  const store = openCertificateStore(':memory:')
  expect(await store.nextDue()).toBeNull()
  await store.addSources([source('a')], 10, 9)
  await store.addSources([source('b')], 5, 9)
  const [first] = await store.dueSources(10, 10)
  expect(first?.url).toBe('b')
  if (first) await store.replaceSource({ ...first, nextAttempt: 50, failures: 2, errorCode: 'TIMEOUT' })
  expect((await store.dueSources(10, 10)).map(({ url }) => url)).toEqual(['a'])
  await store.dropSource(source('a'))
  expect(await store.nextDue()).toBe(50)
  expect(await store.sources(9, null)).toMatchObject([{ url: 'b', failures: 2, errorCode: 'TIMEOUT' }])
})
