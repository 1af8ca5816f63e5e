import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generalQuestion, isOwnJurisdiction, recognise, SEAL_CLASSES } from '../../../subgraphs/trust/recognition.ts'
import { NATIONAL } from './world.ts'

const division = fc.constantFrom('000000', '410000', '411700', '411728', '410100', '540000', '540102', '350000')

test.each([
  ['411700', '411700', true],
  ['411700', '411728', true],
  ['411728', '410000', true],
  ['411700', '410100', false],
  ['540000', '350000', false],
  ['540000', '000000', false],
  ['000000', '540000', false],
  ['000000', '000000', true],
])('seals of %s in %s are its own: %s', (issuedIn, reliedOnIn, own) => {
  expect(isOwnJurisdiction(issuedIn, reliedOnIn)).toBe(own)
})

test('a class the policy does not name is accepted in its own jurisdiction and nowhere else', () => {
  fc.assert(
    fc.property(division, division, fc.constantFrom('PRIVATE', 'UNKNOWN'), (issuedIn, reliedOnIn, sealClass) => {
      const { recognised } = recognise(NATIONAL, generalQuestion(sealClass, issuedIn, reliedOnIn, 0))
      expect(recognised).toBe(isOwnJurisdiction(issuedIn, reliedOnIn))
    }),
  )
})

test('a class nobody could tell is accepted from elsewhere by no policy', () => {
  const { rules } = NATIONAL
  const wide = { ...NATIONAL, rules: { ...rules, recognition: { ...rules.recognition, fromElsewhere: SEAL_CLASSES } } }
  expect(recognise(wide, generalQuestion('UNKNOWN', '540000', '350000', 0)).recognised).toBe(false)
  expect(recognise(wide, generalQuestion('PRIVATE', '540000', '350000', 0)).recognised).toBe(true)
})

test('naming fewer classes never widens what is accepted', () => {
  fc.assert(
    fc.property(
      division,
      division,
      fc.constantFrom(...SEAL_CLASSES),
      fc.subarray([...SEAL_CLASSES]),
      (issuedIn, reliedOnIn, sealClass, few) => {
        const { rules } = NATIONAL
        const narrow = { ...NATIONAL, rules: { ...rules, recognition: { ...rules.recognition, fromElsewhere: few } } }
        const all = { ...NATIONAL, rules: { ...rules, recognition: { ...rules.recognition, fromElsewhere: SEAL_CLASSES } } }
        const [less, more] = [narrow, all].map(
          (policy) => recognise(policy, generalQuestion(sealClass, issuedIn, reliedOnIn, 0)).recognised,
        )
        expect(less && !more).toBe(false)
      },
    ),
  )
})
