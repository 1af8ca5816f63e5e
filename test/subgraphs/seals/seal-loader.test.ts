import { expect, test } from 'vitest'
import { sealLoader } from '../../../subgraphs/seals/seal-loader.ts'

test('what is asked for in one turn is read together, and nothing twice', async () => {
  const reads: (readonly string[])[] = []
  const load = sealLoader({
    seals: async (codes) => {
      reads.push([...codes])
      return new Map()
    },
  })
  await Promise.all([load('a'), load('b'), load('a')])
  expect(await load('a')).toBeNull()
  await load('c')
  expect(reads).toEqual([['a', 'b'], ['c']])
})

test('a store that fails fails every question of the turn, and none of the next', async () => {
  let fails = true
  const load = sealLoader({
    seals: async () => {
      if (fails) throw new TypeError('disk')
      return new Map()
    },
  })
  const first = await Promise.allSettled([load('a'), load('b')])
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  fails = false
  expect(await load('c')).toBeNull()
})
