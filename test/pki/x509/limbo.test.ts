import { expect, test } from 'vitest'
import { hasShared, testWithShared } from '../../support/shared.ts'
import { limboCases, runLimbo } from './limbo.ts'
import { LIMBO_EXCEPTIONS } from './limbo-exceptions.ts'

const limbo = hasShared ? limboCases('vectors/x509-limbo.json') : []
const bettertls = hasShared ? limboCases('vectors/bettertls-pathbuilding.json') : []

testWithShared('both suites are whole', () => {
  expect(limbo).toHaveLength(208)
  expect(bettertls).toHaveLength(81)
  expect(Object.keys(LIMBO_EXCEPTIONS).filter((id) => !limbo.some((given) => given.id === id))).toEqual([])
})

test.each(limbo.map((given) => [given.id, given.expected_result, given] as const))('x509-limbo %s: %s', (id, expected, given) => {
  const { outcome, checks } = runLimbo(given)
  const excepted = id in LIMBO_EXCEPTIONS
  const right = (outcome === 'VALID') === (expected === 'SUCCESS')
  expect({ right, told: right ? null : checks }).toEqual(excepted ? { right: false, told: checks } : { right: true, told: null })
})

testWithShared('what is accepted against the suite concerns an anchor or TLS servers alone', () => {
  const accepted = limbo.filter((given) => given.expected_result === 'FAILURE' && runLimbo(given).outcome === 'VALID')
  expect(accepted.filter(({ id }) => !/^(?:TLS only|harmless in an anchor): /.test(LIMBO_EXCEPTIONS[id] ?? ''))).toEqual([])
})

test.each(bettertls.map((given) => [given.id, given.expected_result, given] as const))('%s: %s', (_, expected, given) => {
  expect(runLimbo(given).outcome === 'VALID').toBe(expected === 'SUCCESS')
})
