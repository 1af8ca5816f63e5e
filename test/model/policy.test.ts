import { expect, test } from 'vitest'
import { isAtLeast, levelOf } from '../../model/policy.ts'

test.each([
  ['411728', 'COUNTY'],
  ['411700', 'PREFECTURE'],
  ['410000', 'PROVINCE'],
  ['000000', 'NATION'],
] as const)('the division %s stands at the level %s', (division, level) => expect(levelOf(division)).toBe(level))

test('a level holds what stands as high or higher', () => {
  expect(isAtLeast('PROVINCE', 'PREFECTURE')).toBe(true)
  expect(isAtLeast('PREFECTURE', 'PREFECTURE')).toBe(true)
  expect(isAtLeast('COUNTY', 'PREFECTURE')).toBe(false)
})
