import { expect, test } from 'vitest'
import { CHECKS } from '../../../model/checks/catalogue.ts'
import { JUDGEMENT_CHECKS } from '../../../model/checks/judgement.ts'
import { indicationOf, SUB_INDICATIONS } from '../../../model/indication.ts'
import { SEVERITY } from '../../../subgraphs/trust/judge/severity.ts'

test('every sub-indication has one place in the order', () => {
  const all = [...SUB_INDICATIONS.TOTAL_FAILED, ...SUB_INDICATIONS.INDETERMINATE]
  expect([...SEVERITY].sort()).toEqual([...all].sort())
})

test('every failure stands before every doubt', () => {
  const indications = SEVERITY.map(indicationOf)
  expect(indications.lastIndexOf('TOTAL_FAILED')).toBeLessThan(indications.indexOf('INDETERMINATE'))
})

test('what the judge could not find out is never called a failure', () => {
  for (const { onUnknown } of Object.values<{ onUnknown: (typeof SEVERITY)[number] | null }>(JUDGEMENT_CHECKS)) {
    expect(onUnknown === null || indicationOf(onUnknown) === 'INDETERMINATE').toBe(true)
  }
})

test('the checks of the judge take no name that another room has taken', () => {
  for (const [name, definition] of Object.entries(JUDGEMENT_CHECKS)) expect(CHECKS[name]).toBe(definition)
})
