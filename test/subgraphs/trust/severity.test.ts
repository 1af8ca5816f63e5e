import { expect, test } from 'vitest'
import { CHECKS } from '../../../model/checks/catalogue.ts'
import { JUDGEMENT_CHECKS } from '../../../model/checks/judgement.ts'
import { indicationOf, SUB_INDICATIONS } from '../../../model/indication.ts'
import { found } from '../../../subgraphs/trust/judge/finding.ts'
import { compareStanding, decisive, SEVERITY } from '../../../subgraphs/trust/judge/severity.ts'

test('every sub-indication has one place in the order', () => {
  const all = [...SUB_INDICATIONS.TOTAL_FAILED, ...SUB_INDICATIONS.INDETERMINATE]
  expect([...SEVERITY].sort()).toEqual([...all].sort())
})

test('every failure stands before every doubt', () => {
  const indications = SEVERITY.map(indicationOf)
  expect(indications.lastIndexOf('TOTAL_FAILED')).toBeLessThan(indications.indexOf('INDETERMINATE'))
})

test('of alternatives the one stands best whose worst is the least, then the one with less that fails, is unknown or noted', () => {
  const passed = found('SEAL_VALIDITY', 'seal', 'PASSED')
  const note = found('SEAL_VALIDITY', 'seal', 'NOTE')
  const later = found('REGISTRATION', 'seal', 'UNKNOWN')
  const failed = found('REGISTRATION', 'seal', 'FAILED')
  const expired = found('SEAL_VALIDITY', 'seal', 'FAILED')
  const inOrder = [
    [passed],
    [note],
    [note, note],
    [later],
    [later, later],
    [failed],
    [failed, later],
    [expired],
    [expired, passed, failed],
  ]
  for (const [i, better] of inOrder.entries())
    for (const worse of inOrder.slice(i + 1)) {
      expect(compareStanding(better, worse)).toBeLessThan(0)
      expect(compareStanding(worse, better)).toBeGreaterThan(0)
    }
  expect(compareStanding([passed], [passed, passed])).toBe(0)
})

test('the first of the worst decides, and nothing where nothing stands in the way', () => {
  const [first, second] = [found('SEAL_VALIDITY', 'first', 'FAILED'), found('SEAL_VALIDITY', 'second', 'FAILED')]
  expect(decisive([found('REGISTRATION', 'seal', 'UNKNOWN'), first, second])).toBe(first)
  expect(decisive([found('REGISTRATION', 'seal', 'NOTE')])).toBeNull()
})

test('what the judge could not find out is never called a failure', () => {
  for (const { onUnknown } of Object.values<{ onUnknown: (typeof SEVERITY)[number] | null }>(JUDGEMENT_CHECKS)) {
    expect(onUnknown === null || indicationOf(onUnknown) === 'INDETERMINATE').toBe(true)
  }
})

test('the checks of the judge take no name that another room has taken', () => {
  for (const [name, definition] of Object.entries(JUDGEMENT_CHECKS)) expect(CHECKS[name]).toBe(definition)
})
