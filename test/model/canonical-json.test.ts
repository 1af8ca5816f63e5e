import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../model/canonical-json.ts'

test('members are sorted by UTF-16 code units and nothing else stands between them', () => {
  expect(canonicalJson({ b: 1, a: [true, null, '章'], '😀': 2, '\ufb33': 3, skipped: undefined })).toBe(
    '{"a":[true,null,"章"],"b":1,"😀":2,"\ufb33":3}',
  )
})

test('the same value gives the same text whatever the order of its members', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse())
      expect(canonicalJson(reversed)).toBe(canonicalJson(value))
    }),
  )
})

test('it is JSON of the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('s')])('%s cannot be held and is refused', (value) => {
  expect(() => canonicalJson({ value })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
})

test('nesting over 64 levels is refused, not followed', () => {
  let nested: unknown = 1
  for (let depth = 0; depth < 100_000; depth++) nested = [nested]
  expect(() => canonicalJson(nested)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
})
