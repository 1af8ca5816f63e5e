import { expect, test } from 'vitest'
import type { CheckOutcome } from '../../../../model/check.ts'
import type { FactCheck } from '../../../../model/facts.ts'
import { brokenCheck, integrityHolds } from '../../../../subgraphs/seals/facts/integrity.ts'

const row = (check: string, outcome: CheckOutcome): FactCheck => ({ check, object: 'seal', outcome })
const rest = [row('SEAL_FORMAT', 'NOTE'), row('SEAL_EXTENSIONS', 'NOT_APPLICABLE')]

test.each(['SEAL_FORMAT', 'SEAL_SIGNATURE', 'SEAL_ALGORITHM'])('a seal of which %s is unknown is not registered', (check) => {
  const broken = row(check, 'UNKNOWN')
  expect(brokenCheck([...rest, broken])).toBe(broken)
})

test('what else is unknown keeps no seal from being registered, what failed does', () => {
  expect(brokenCheck([...rest, row('SEAL_VALIDITY_AGREES', 'UNKNOWN'), row('SEAL_SIGNATURE', 'PASSED')])).toBeNull()
  const broken = row('SEAL_EXTENSIONS', 'FAILED')
  expect(brokenCheck([...rest, broken])).toBe(broken)
})

test('integrity holds where nothing failed and nothing that weighs is unknown', () => {
  expect(integrityHolds(rest)).toBe(true)
  expect(integrityHolds([...rest, row('SEAL_VALIDITY_AGREES', 'UNKNOWN')])).toBe(true)
  for (const broken of [row('SEAL_SIGNATURE', 'UNKNOWN'), row('DATA_HASH', 'UNKNOWN'), row('SEAL_EXTENSIONS', 'FAILED')])
    expect([broken, integrityHolds([...rest, broken])]).toEqual([broken, false])
})
