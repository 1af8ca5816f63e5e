import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDivisionCode, isDivisionScope, isWithin, lineage, provinceOf, scopeOf } from '../../model/division-code.ts'

test.each([
  ['411728', '411728'],
  ['411700', '4117'],
  ['410000', '41'],
  ['000000', ''],
  ['350128', '350128'],
  ['101000', '1010'],
])('the division %s governs the scope "%s"', (division, scope) => expect(scopeOf(division)).toBe(scope))

test('a scope holds the divisions below it and no others', () => {
  expect(isWithin('411728', '4117')).toBe(true)
  expect(isWithin('411728', '')).toBe(true)
  expect(isWithin('411700', '411728')).toBe(false)
  expect(isWithin('421728', '41')).toBe(false)
})

test('the lineage of a division goes up to the nation, nearest first and each once', () => {
  expect(lineage('411728')).toEqual(['411728', '411700', '410000', '000000'])
  expect(lineage('410000')).toEqual(['410000', '000000'])
  expect(provinceOf('411728')).toBe('410000')
})

test.each(['', '41172', '4117280', '41172a', '４１１７２８', ' 411728', '411728\n'])('%j is no division code', (text) =>
  expect(isDivisionCode(text)).toBe(false),
)

test.each(['4', '417', '41172', '4117281', '41\n'])('%j is no scope', (text) => expect(isDivisionScope(text)).toBe(false))

test('a division lies within the scope of every division above it', () => {
  const divisions = fc.integer({ min: 0, max: 999_999 }).map((number) => String(number).padStart(6, '0'))
  fc.assert(
    fc.property(divisions, (division) => {
      for (const above of lineage(division)) {
        expect(isDivisionScope(scopeOf(above))).toBe(true)
        expect(isWithin(division, scopeOf(above))).toBe(true)
      }
    }),
  )
})
