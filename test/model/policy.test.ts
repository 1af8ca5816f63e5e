import { expect, test } from 'vitest'
import { isAtLeast, levelOf, type Policy, policiesOf } from '../../model/policy.ts'
import { parseInstant } from '../../model/time.ts'
import { NATIONAL } from '../subgraphs/trust/world.ts'

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

test('of two policies of one division the one in force later governs, each in its own time', () => {
  const policy = (id: string, division: string, from: string | null, until: string | null = null): Policy => ({
    ...NATIONAL,
    id,
    division,
    effective: { from: from === null ? null : parseInstant(from), until: until === null ? null : parseInstant(until) },
  })
  const all = [
    policy('first', '410000', '2020-01-01'),
    policy('second', '410000', '2022-01-01', '2024-01-01'),
    policy('city', '411700', '2023-01-01', '2025-01-01'),
    policy('undated', '411700', null),
  ]
  for (const order of [all, [...all].reverse()]) {
    const governing = (division: string, at: string) => policiesOf(order, NATIONAL).governing(division, parseInstant(at)).id
    expect(governing('410000', '2019-12-31')).toBe(NATIONAL.id)
    expect(governing('410000', '2021-12-31')).toBe('first')
    expect(governing('410000', '2022-01-01')).toBe('second')
    expect(governing('410000', '2024-01-02')).toBe('first')
    expect(governing('411728', '2022-06-01')).toBe('second')
    expect(governing('411728', '2023-06-01')).toBe('city')
    expect(governing('411728', '2025-06-01')).toBe('first')
    expect(governing('350000', '2023-06-01')).toBe(NATIONAL.id)
  }
})
