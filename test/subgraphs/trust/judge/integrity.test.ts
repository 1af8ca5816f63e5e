import { expect, test } from 'vitest'
import { judgeIntegrity } from '../../../../subgraphs/trust/judge/integrity.ts'
import { WELL } from '../world.ts'
import { sealFactsOf } from '../world-facts.ts'

const FACTS = sealFactsOf(WELL)

function missingIn(changes: Partial<typeof FACTS>): unknown {
  const findings = judgeIntegrity({ ...FACTS, ...changes }, 'signature')
  return findings.find(({ check }) => check === 'EVIDENCE_COMPLETE')?.detail
}

test('a seal that comes in a structure without one is checked as every other seal', () => {
  const bare = FACTS.checks.filter(({ check }) => !check.startsWith('SEAL') && check !== 'SIGNER_IN_SEAL')
  expect(missingIn({ format: 'GBT_35275', checks: bare })).toMatchObject({ en: 'SIGNER_IN_SEAL, SEAL_FORMAT, SEAL_SIGNATURE' })
  expect(missingIn({ format: 'GBT_35275', checks: bare, seal: null })).toBeUndefined()
})

test('of a structure that is broken nothing else is expected', () => {
  for (const check of ['SEAL_FORMAT', 'SIGNATURE_FORMAT'])
    expect(missingIn({ checks: [{ check, object: 'seal', outcome: 'FAILED' }] })).toBeUndefined()
  for (const check of ['SIGNATURE_VALUE', 'DATA_HASH'])
    expect(missingIn({ checks: [{ check, object: 'signature', outcome: 'FAILED' }] })).toBeDefined()
})

test('a structure nobody knows, or one that lacks its seal, is not complete', () => {
  expect(missingIn({ format: null, seal: null })).toMatchObject({ en: 'format' })
  expect(missingIn({ seal: null })).toMatchObject({ en: 'seal' })
  expect(missingIn({})).toBeUndefined()
})
