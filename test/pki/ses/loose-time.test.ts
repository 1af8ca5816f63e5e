import { expect, test } from 'vitest'
import { parseLooseGeneralizedTime, parseLooseUtcTime } from '../../../pki/ses/loose-time.ts'
import { codeOf } from '../../support/code.ts'

const at = (text: string) => new Date(parseLooseGeneralizedTime(text).time).toISOString()

test.each([
  ['20260102030405Z', '2026-01-02T03:04:05.000Z'],
  ['20260102030405+0530', '2026-01-01T21:34:05.000Z'],
  ['20260102030405-0530', '2026-01-02T08:34:05.000Z'],
  ['20260102030405', '2026-01-01T19:04:05.000Z'],
  ['202601020304Z', '2026-01-02T03:04:00.000Z'],
  ['20260102030405.5Z', '2026-01-02T03:04:05.500Z'],
  ['20260102030405,0009Z', '2026-01-02T03:04:05.000Z'],
  ['20260102030405+1400', '2026-01-01T13:04:05.000Z'],
  ['20260102030405+0059', '2026-01-02T02:05:05.000Z'],
])('%s is %s', (text, expected) => {
  expect(at(text)).toBe(expected)
})

test.each([
  '20260102030405+1500',
  '20260102030405+0060',
  '20260230030405Z',
  '20261301030405Z',
  '20260102240405Z',
  '20260102030460Z',
  '',
])('%j is no time', (text) => {
  expect(codeOf(() => parseLooseGeneralizedTime(text))).toBe('DER')
})

test('years of two digits are of the century around 2000, from 1950 on', () => {
  const years = ['500101000000Z', '490101000000Z'].map((text) => new Date(parseLooseUtcTime(text).time).getUTCFullYear())
  expect(years).toEqual([1950, 2049])
})
