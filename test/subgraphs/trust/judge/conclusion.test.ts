import { expect, test } from 'vitest'
import { canonicalJson } from '../../../../model/canonical-json.ts'
import { caseOf } from '../../../../subgraphs/trust/judge/case.ts'
import { conclude, type Grounds } from '../../../../subgraphs/trust/judge/conclusion.ts'
import { evidenceUsed } from '../../../../subgraphs/trust/judge/evidence-used.ts'
import { found } from '../../../../subgraphs/trust/judge/finding.ts'
import { NO_SOURCE } from '../../../../subgraphs/trust/judge/freshness.ts'
import { ask, evidenceOf, questionOf } from '../ask.ts'
import { JUDGEMENT_TABLE } from '../cases/table.ts'
import { WELL } from '../world.ts'

const CASES = JUDGEMENT_TABLE.flatMap(({ cases }) => cases)

test('where nothing was looked at nothing passes', () => {
  const question = questionOf(WELL)
  const matter = caseOf(evidenceOf(WELL), question, [question.now], question.now)
  const grounds: Grounds = {
    question: { subject: 'SEAL', id: '1', certificatePurpose: null, at: null, knownAt: null, use: question.use },
    freshness: () => ({ kind: 'UNKNOWN', reason: NO_SOURCE }),
    evidence: (findings) => evidenceUsed(matter, findings, null, []),
  }
  const object = { zh: '印章', en: 'seal' }
  const passed = found('SEAL_VALIDITY', 'seal', 'PASSED')
  expect(conclude(matter, object, [], grounds)).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'TRY_LATER' })
  expect(conclude(matter, object, [passed], grounds).indication).toBe('TOTAL_PASSED')
})

test('what maker and signer share is told once', () => {
  for (const { world, when } of CASES) {
    const told = ask({ ...WELL, ...world }).because.map((check) => canonicalJson(check))
    expect(new Set(told).size, when.en).toBe(told.length)
  }
})

test('what stands in the way is told whatever else is told of the same check', () => {
  const { because } = ask({ ...WELL, at: '2027-06-01', now: '2027-07-01', heard: '2027-07-01', registered: null })
  const validity = because.filter(({ check }) => check === 'SEAL_VALIDITY').map(({ outcome }) => outcome)
  expect(validity).toEqual(['PASSED', 'FAILED'])
})

test('the words of an answer name the seal by its code, what was asked about and where it is relied on', () => {
  expect(ask({ ...WELL, subject: 'SEAL' }).summary).toEqual({
    zh: '印章 41170000000001 在 350000 可以采信。',
    en: 'seal 41170000000001 may be relied on in 350000.',
  })
  expect(ask(WELL).summary.zh).toBe('签章 abababababababab 在 350000 可以采信。')
  expect(ask({ ...WELL, subject: 'CERTIFICATE' }).summary.zh).toBe('证书 CN=signer 在 350000 可以采信。')
})
