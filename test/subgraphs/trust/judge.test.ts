import { describe, expect, test } from 'vitest'
import { ask } from './ask.ts'
import { JUDGEMENT_TABLE } from './cases/table.ts'
import { WELL } from './world.ts'

for (const { title, cases } of JUDGEMENT_TABLE) {
  describe(title.en, () => {
    for (const { when, world, indication, subIndication, check } of cases) {
      test(`${when.en}: ${subIndication ?? indication}${check ? ` by ${check}` : ''}`, () => {
        const conclusion = ask({ ...WELL, ...world })
        const row = conclusion.because.find((one) => one.check === check && one.outcome !== 'PASSED')
        expect(conclusion).toMatchObject({ indication, subIndication })
        if (check !== null) expect(row?.outcome, `${check} in ${JSON.stringify(conclusion.because)}`).toBeDefined()
        if (check !== null && subIndication === null) expect(row?.outcome).toBe('NOTE')
        if (row && subIndication !== null) expect(conclusion.summary.en).toContain(row.explanation.en)
      })
    }
  })
}

test('every row that does not pass says what to do next', () => {
  for (const { world } of JUDGEMENT_TABLE.flatMap((group) => group.cases)) {
    const { because } = ask({ ...WELL, ...world })
    const stopping = because.filter(({ outcome }) => outcome === 'FAILED' || outcome === 'UNKNOWN')
    expect(stopping.every(({ next }) => next !== null)).toBe(true)
  }
})
