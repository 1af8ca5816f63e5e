import { expect, test } from 'vitest'
import type { CaKind } from '../../../../model/ca-kind.ts'
import { received } from '../../../../subgraphs/trust/judge/question.ts'
import { trustSnapshot } from '../../../../subgraphs/trust/snapshot.ts'
import { ask, evidenceOf } from '../ask.ts'
import { type Listing, NATIONAL, NATIONAL_ONLY, SIGNER, WELL, type World } from '../world.ts'
import { pathFactsOf } from '../world-facts.ts'
import { listsOf, servicesOf } from '../world-lists.ts'

const ORGAN = 'C=CN,O=11410000005184603J河南省某厅,CN=印章'
const COMPANY = 'C=CN,O=91350100M000100Y43某公司,CN=印章'

/** The kind found, with the CA listed as these kinds (undefined: no kind said). */
function judged(
  subject: string,
  kinds: readonly (CaKind | Listing | undefined)[],
  changes: Partial<World> = {},
  policies = NATIONAL_ONLY,
) {
  const world: World = { ...WELL, ...changes }
  const { certificates } = pathFactsOf(world)
  const named = certificates.map((one) => (one.fingerprint === SIGNER ? { ...one, subject } : one))
  const authorities = kinds.map((kind) => (typeof kind === 'object' ? kind : kind === undefined ? {} : { caKind: kind }))
  const trust = trustSnapshot(servicesOf({ ...WELL, authorities }), listsOf(WELL))
  const { indication, subIndication, because } = ask(world, {
    ...evidenceOf(world),
    policies,
    paths: received({ certificates: named }),
    trust,
  })
  return [because.find(({ check }) => check === 'CA_KIND')?.outcome ?? null, subIndication ?? indication]
}

test.each([
  ['an organ by an e-government body passes', ORGAN, ['E_GOVERNMENT'], 'PASSED', 'TOTAL_PASSED'],
  ['an organ by a general body does not', ORGAN, ['GENERAL'], 'FAILED', 'CHAIN_CONSTRAINTS_FAILURE'],
  ['a body listed as both passes', ORGAN, ['GENERAL', 'E_GOVERNMENT'], 'PASSED', 'TOTAL_PASSED'],
  ['a body of which nobody says the kind is noted', ORGAN, [undefined], 'NOTE', 'TOTAL_PASSED'],
  [
    'an organ by a body listed as e-government only before it signed does not',
    ORGAN,
    [{ caKind: 'E_GOVERNMENT', until: '2025-05-01' }, 'GENERAL'],
    'FAILED',
    'CHAIN_CONSTRAINTS_FAILURE',
  ],
  [
    'an organ by a body listed as e-government by an overdue list does not',
    ORGAN,
    [{ caKind: 'E_GOVERNMENT', list: 'OVERDUE' }, 'GENERAL'],
    'FAILED',
    'CHAIN_CONSTRAINTS_FAILURE',
  ],
  ['a body of which one list does not say the kind is noted', ORGAN, ['GENERAL', {}], 'NOTE', 'TOTAL_PASSED'],
  ['a company may use any', COMPANY, ['GENERAL'], null, 'TOTAL_PASSED'],
  ['an owner nobody knows is not asked', 'CN=signer', ['GENERAL'], null, 'TOTAL_PASSED'],
  ['a name that only looks like an organ is not one', 'CN=x\\,O=11410000005184603J', ['GENERAL'], null, 'TOTAL_PASSED'],
] as const)('%s', (_, subject, kinds, outcome, conclusion) => {
  expect(judged(subject, kinds)).toEqual([outcome, conclusion])
})

test('a body must be listed as allowed at every moment asked about, as known then', () => {
  const listings: readonly Listing[] = [{ caKind: 'E_GOVERNMENT', until: '2025-07-01' }, { caKind: 'GENERAL' }]
  expect(judged(ORGAN, listings)[0]).toBe('PASSED')
  expect(judged(ORGAN, listings, { at: '2025-10-01' })[0]).toBe('FAILED')
  const later: readonly Listing[] = [{ caKind: 'E_GOVERNMENT', recorded: '2025-12-31T11:30Z' }, { caKind: 'GENERAL' }]
  expect(judged(ORGAN, later)[0]).toBe('PASSED')
  expect(judged(ORGAN, later, { knownAt: '2025-12-31T11:00Z' })[0]).toBe('FAILED')
})

test('where the policy prescribes no kind nothing is asked', () => {
  const free = { ...NATIONAL, rules: { ...NATIONAL.rules, authority: null } }
  expect(judged(ORGAN, ['GENERAL'], {}, { all: [free], governing: () => free })).toEqual([null, 'TOTAL_PASSED'])
})
