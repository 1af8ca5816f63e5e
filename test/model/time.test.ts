import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInstant, holds, parseInstant } from '../../model/time.ts'

test('a time in another zone is the same instant in UTC', () => {
  expect(parseInstant('2026-11-21T16:00:00+08:00')).toBe(parseInstant('2026-11-21T08:00:00Z'))
})

test('a bare date means its first moment in UTC', () => {
  expect(formatInstant(parseInstant('2026-11-21'))).toBe('2026-11-21T00:00:00.000Z')
})

test('what is formatted is parsed back to the same instant', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (instant) => {
      expect(parseInstant(formatInstant(instant))).toBe(instant)
    }),
  )
})

test.each([
  '',
  'yesterday',
  '2026-11-21T08:00:00',
  '2026-02-30',
  '2026-02-31T08:00:00Z',
  '2026-13-01',
  '20261121',
  '2026-11-21 08:00:00Z',
  '2026-11-21T08:00:00Z\n',
])('%j is refused as BAD_INPUT', (text) =>
  expect(() => parseInstant(text)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' })),
)

test('both ends belong to a span, and an open one never ends', () => {
  expect([4, 5, 9, 10].map((at) => holds({ from: 5, until: 9 }, at))).toEqual([false, true, true, false])
  expect(holds({ from: 5, until: null }, Number.MAX_SAFE_INTEGER)).toBe(true)
})
