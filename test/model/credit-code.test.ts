import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCreditCode, splitOrganization } from '../../model/credit-code.ts'

const REAL = [
  '11320500014150050B',
  '115300000151003540',
  '11370306MB2867521U',
  '12100000000018032A',
  '12100000K00002351Y',
  '91130602R8TTDB3PTG',
]

test.each(REAL)('%s, met in a real seal certificate, is a credit code', (code) => expect(isCreditCode(code)).toBe(true))

test('any one changed character is noticed', () => {
  const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']
  fc.assert(
    fc.property(fc.constantFrom(...REAL), fc.nat(17), fc.constantFrom(...alphabet), (code, index, character) => {
      if (code[index] === character) return
      expect(isCreditCode(code.slice(0, index) + character + code.slice(index + 1))).toBe(false)
    }),
  )
})

test.each(['', '11320500014150050b', '11320500014150050', '11320500014150050B ', 'I1320500014150050B'])(
  '%j is no credit code',
  (text) => expect(isCreditCode(text)).toBe(false),
)

test('the organisation of a unified seal certificate is credit code and name', () => {
  expect(splitOrganization('11320500014150050B苏州市民政局')).toEqual({ creditCode: '11320500014150050B', name: '苏州市民政局' })
  expect(splitOrganization('苏州市民政局')).toBeNull()
})
