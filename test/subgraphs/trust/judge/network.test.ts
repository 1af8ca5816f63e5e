import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Policy } from '../../../../model/policy.ts'
import { parseInstant } from '../../../../model/time.ts'
import type { NetworkZone } from '../../../../model/use.ts'
import { loadPolicies } from '../../../../policies/load.ts'
import { ask, evidenceOf } from '../ask.ts'
import { NATIONAL, WELL, type World } from '../world.ts'

const policies = loadPolicies(fileURLToPath(new URL('../../../../policies', import.meta.url)))
const TIBETAN: World = { ...WELL, division: '540100', makers: [{}], registered: null }

function noted(world: World) {
  const { indication, because } = ask(world, { ...evidenceOf(world), policies })
  const check = because.find((one) => one.check === 'NETWORK_USE')
  return { indication, outcome: check?.outcome ?? null, rule: check?.rule ?? null }
}

test.each(['SIGNATURE', 'SEAL'] as const)(
  'a Tibetan seal relied on over the internet is noted by article 12 and passes (%s)',
  (subject) => {
    const told = noted({ ...TIBETAN, subject, use: { network: 'INTERNET' } })
    expect(told).toMatchObject({ indication: 'TOTAL_PASSED', outcome: 'NOTE', rule: { clause: '12' } })
    expect(told.rule?.source.zh).toContain('西藏')
  },
)

test.each(['GOVERNMENT_EXTRANET', 'OFFICE_NETWORK'] as const)('over %s there is nothing to note', (network) => {
  expect(noted({ ...TIBETAN, use: { network } })).toMatchObject({ indication: 'TOTAL_PASSED', outcome: 'PASSED' })
})

test('where nobody says which network it is, or the measure of its division prescribes none, nothing is said of it', () => {
  expect(noted(TIBETAN).outcome).toBeNull()
  expect(noted({ ...WELL, use: { network: 'INTERNET' } }).outcome).toBeNull()
})

test('a network must be allowed at every moment asked about: one at which it was not is enough for the note', () => {
  const allowing = (...zones: readonly NetworkZone[]) => ({
    ...NATIONAL,
    rules: { ...NATIONAL.rules, network: { zones, rule: NATIONAL.rules.classes.rule } },
  })
  const [closed, open] = [allowing('OFFICE_NETWORK'), allowing('OFFICE_NETWORK', 'INTERNET')]
  const world: World = { ...WELL, at: '2025-10-01', use: { network: 'INTERNET' } }
  const outcome = (before: Policy, after: Policy) => {
    const governing = (_: string, at: number) => (at < parseInstant('2025-08-01') ? before : after)
    const { because } = ask(world, { ...evidenceOf(world), policies: { all: [before, after], governing } })
    return because.find((one) => one.check === 'NETWORK_USE')?.outcome ?? null
  }
  expect(outcome(open, open)).toBe('PASSED')
  expect(outcome(closed, open)).toBe('NOTE')
  expect(outcome(open, closed)).toBe('NOTE')
  expect(outcome(NATIONAL, open)).toBe('PASSED')
  expect(outcome(NATIONAL, closed)).toBe('NOTE')
})
