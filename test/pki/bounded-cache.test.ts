import { expect, test } from 'vitest'
import { BoundedCache } from '../../pki/bounded-cache.ts'

test('what was used longest ago is forgotten first, and no more than the maximum is kept', () => {
  const cache = new BoundedCache<string>(2)
  const made: string[] = []
  const get = (key: string) =>
    cache.get(key, () => {
      made.push(key)
      return key
    })
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(get(key)).toBe(key)
  expect(made).toEqual(['a', 'b', 'c', 'b'])
  expect(cache.size).toBe(2)
})

test('a maker that throws leaves nothing behind', () => {
  const cache = new BoundedCache<number>(2)
  expect(() => cache.get('a', () => Number(BigInt('x')))).toThrow(SyntaxError)
  expect(cache.size).toBe(0)
  expect(cache.get('a', () => 1)).toBe(1)
})
