import { expect, test } from 'vitest'
import { judgeSeal, judgeSignature } from '../../../../subgraphs/trust/judge.ts'
import { evidenceOf, questionOf } from '../ask.ts'
import { WELL } from '../world.ts'

const QUESTION = questionOf(WELL)
const OF_A_SEAL = evidenceOf({ ...WELL, subject: 'SEAL' })
const OF_A_SIGNATURE = evidenceOf(WELL)

test('facts on a signature are none on a seal, nor the other way round', () => {
  const nothing = { indication: 'INDETERMINATE', subIndication: 'TRY_LATER' }
  expect(judgeSeal('1', false, OF_A_SEAL, QUESTION).indication).toBe('TOTAL_PASSED')
  expect(judgeSeal('1', false, OF_A_SIGNATURE, QUESTION)).toMatchObject(nothing)
  expect(judgeSignature('1', OF_A_SIGNATURE, QUESTION).indication).toBe('TOTAL_PASSED')
  expect(judgeSignature('1', OF_A_SEAL, QUESTION)).toMatchObject(nothing)
})
