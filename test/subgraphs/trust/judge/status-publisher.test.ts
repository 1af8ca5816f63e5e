import { expect, test } from 'vitest'
import { trustSnapshot } from '../../../../subgraphs/trust/snapshot.ts'
import { ask, evidenceOf } from '../ask.ts'
import { type Listing, WELL, type World } from '../world.ts'
import { listsOf, serviceOf, servicesOf } from '../world-lists.ts'

const CERTIFICATE = '92'.repeat(32)

/** What is found where this certificate publishes for the division, and the platform is listed with it. */
function judged(publisher: Listing, platform: Listing, changes: Partial<World> = {}, name = '411700') {
  const world: World = { ...WELL, ...changes }
  const services = [serviceOf('STATUS_PUBLISHER', CERTIFICATE, publisher), serviceOf('PLATFORM', CERTIFICATE, platform, name)]
  const trust = trustSnapshot([...servicesOf(world), ...services], listsOf(world))
  const { because } = ask(world, { ...evidenceOf(world), trust })
  return because.find(({ check }) => check === 'STATUS_PUBLISHER')?.outcome ?? null
}

test('the word of a platform counts that is listed with a certificate that may publish', () => {
  expect(judged({}, {})).toBe('PASSED')
  expect(judged({ list: 'IN_FORCE' }, {})).toBe('PASSED')
})

test('it does not where the platform is listed with that certificate no more, not yet, or not as known then', () => {
  expect(judged({}, { until: '2025-09-01' })).toBe('UNKNOWN')
  expect(judged({}, { from: '2026-01-01' })).toBe('UNKNOWN')
  expect(judged({}, {}, {}, '411800')).toBe('UNKNOWN')
  const ahead = { recorded: '2025-12-31T11:30Z' }
  expect(judged({}, ahead)).toBe('PASSED')
  expect(judged({}, ahead, { knownAt: '2025-12-31T11:00Z' })).toBe('UNKNOWN')
})

test('one of two grants to the same platform is enough', () => {
  expect(judged({}, {}, { publishers: [{ who: 'OTHER', scope: '41' }] })).toBe('PASSED')
  expect(judged({}, {}, { publishers: [{ who: 'PLATFORM', scope: '41', list: 'OVERDUE' }] })).toBe('PASSED')
})
