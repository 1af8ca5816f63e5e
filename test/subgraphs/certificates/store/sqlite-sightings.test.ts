import { expect, test } from 'vitest'
import { openCertificateStore } from '../../../../subgraphs/certificates/store/sqlite.ts'

test('evidence is remembered since it was first seen, up to a limit, and never forgotten for the sake of newer', async () => {
  const store = openCertificateStore(':memory:')
  expect(await store.see(['a', 'b', 'a'], 10, 3)).toEqual(new Map(Object.entries({ a: 10, b: 10 })))
  expect(await store.see(['c', 'a', 'd'], 20, 3)).toEqual(new Map(Object.entries({ a: 10, c: 20 })))
  expect(await store.see(['d'], 30, 3)).toEqual(new Map())
  expect(await store.sightings(['a', 'c', 'd'])).toEqual(new Map(Object.entries({ a: 10, c: 20 })))
  expect(await store.sightings([])).toEqual(new Map())
})
