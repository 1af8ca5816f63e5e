import { expect, test } from 'vitest'
import { type AgreementTerms, agreementId } from '../../../../subgraphs/trust/recognition/agreement.ts'
import { agreementIndex } from '../../../../subgraphs/trust/recognition/agreement-index.ts'
import type { AgreementWorld } from '../world.ts'
import { agreementOf } from '../world-lists.ts'

const between = (...agreements: readonly AgreementWorld[]) =>
  agreementIndex(agreements.map(agreementOf)).between('350100', '411700', Date.UTC(2025, 11, 31))

const ENACTED: AgreementWorld = { recorded: '2025-01-01' }
const REPEALED: AgreementWorld = { until: '2025-06-01', recorded: '2025-07-01' }

test('of several statements on one agreement the newest known counts, in whatever order they came', () => {
  for (const order of [
    [ENACTED, REPEALED],
    [REPEALED, ENACTED],
  ]) {
    const index = agreementIndex(order.map(agreementOf))
    const until = (knownAt: number) => index.between('350000', '410000', knownAt).map(({ span }) => span.until)
    expect(until(Date.UTC(2025, 5, 30))).toEqual([null])
    expect(until(Date.UTC(2025, 6, 1))).toEqual([Date.UTC(2025, 5, 1)])
    expect(until(Date.UTC(2024, 11, 31))).toEqual([])
    expect(index.all(Date.UTC(2025, 5, 30)).map(({ span }) => span.until)).toEqual([null])
    const [first] = index.all(Date.UTC(2026, 0, 1))
    expect(index.history(first?.id ?? '').map(({ span }) => span.until)).toEqual([null, Date.UTC(2025, 5, 1)])
    expect(index.recordedAt).toBe(Date.UTC(2025, 6, 1))
  }
})

test('an agreement speaks of the divisions it names and those below them, never of others', () => {
  expect(between({})).toHaveLength(1)
  expect(between({ reliedOnIn: '000000', issuedIn: '000000' })).toHaveLength(1)
  expect(between({ reliedOnIn: '350102' }, { issuedIn: '411728' }, { reliedOnIn: '540000' }, { issuedIn: '350000' })).toEqual([])
})

test('of seals issued nobody knows where only an agreement on those of the nation speaks', () => {
  const index = agreementIndex([agreementOf({}), agreementOf({ issuedIn: '000000' })])
  expect(index.between('350000', null, Date.UTC(2026, 0, 1)).map(({ issuedIn }) => issuedIn)).toEqual(['000000'])
})

test('all are told by relying and issuing division, then by when they begin', () => {
  const worlds = [{ from: '2021-01-01' }, {}, { issuedIn: '110000' }, { reliedOnIn: '110000' }]
  const index = agreementIndex(worlds.map(agreementOf))
  const told = index.all(Date.UTC(2026, 0, 1)).map(({ reliedOnIn, issuedIn, span }) => [reliedOnIn, issuedIn, span.from])
  expect(told).toEqual([
    ['110000', '410000', Date.UTC(2020, 0, 1)],
    ['350000', '110000', Date.UTC(2020, 0, 1)],
    ['350000', '410000', Date.UTC(2020, 0, 1)],
    ['350000', '410000', Date.UTC(2021, 0, 1)],
  ])
})

test('other terms are another agreement; the same in another order is the same', () => {
  const { span, ...terms } = agreementOf({ classes: ['PRIVATE', 'POSITION'], purposes: ['TAX', 'LICENSE'] })
  const idOf = (changes: Partial<AgreementTerms>) => agreementId({ ...terms, span, ...changes })
  expect(idOf({ classes: ['POSITION', 'PRIVATE'], purposes: ['LICENSE', 'TAX'] })).toBe(idOf({}))
  const others: readonly Partial<AgreementTerms>[] = [
    { classes: ['PRIVATE'] },
    { purposes: [] },
    { networks: ['INTERNET'] },
    { assurance: 3 },
    { assurance: 2 },
    { governmentCa: true },
    { reliedOnIn: '350100' },
    { issuedIn: '411700' },
  ]
  expect(new Set([{}, ...others].map(idOf)).size).toBe(others.length + 1)
  expect(agreementId({ ...terms, span: { ...span, from: span.from + 1 } })).not.toBe(idOf({}))
})
