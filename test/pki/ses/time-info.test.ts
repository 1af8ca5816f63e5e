import { expect, test } from 'vitest'
import { encodeGeneralizedTime, encodeUtcTime } from '../../../pki/der/writer.ts'
import { decodeSignature } from '../../../pki/ses/signature.ts'
import { readFirstTimeInfo } from '../../../pki/ses/time-info.ts'
import { MADE_AT, sealOf, signatureWith, stampOver } from '../../support/seals.ts'

const text = (words: string) => readFirstTimeInfo(Buffer.from(words))

test('GM/T 0031-2014: a UTCTime, a GeneralizedTime or a time-stamp token in the BIT STRING is the signing time', () => {
  expect(readFirstTimeInfo(encodeUtcTime(MADE_AT))).toEqual({ form: 'TIME', time: MADE_AT, token: null })
  expect(readFirstTimeInfo(encodeGeneralizedTime(MADE_AT))).toEqual({ form: 'TIME', time: MADE_AT, token: null })
  const token = stampOver(Buffer.from('signature'))
  expect(readFirstTimeInfo(token)).toEqual({ form: 'TOKEN', time: MADE_AT, token })
})

test('text with a zone is read as it stands, text without one as Beijing time, and both are told apart', () => {
  expect(text('2020-01-25T07:31:56.377Z')).toMatchObject({ form: 'TEXT', time: Date.UTC(2020, 0, 25, 7, 31, 56, 377) })
  expect(text('2020-01-25 15:31:56+08:00')).toMatchObject({ form: 'TEXT', time: Date.UTC(2020, 0, 25, 7, 31, 56) })
  expect(text('2020-01-25 15:31:56')).toMatchObject({ form: 'TEXT_WITHOUT_ZONE', time: Date.UTC(2020, 0, 25, 7, 31, 56) })
})

test('the content of a UTCTime or GeneralizedTime without its tag is text of that moment', () => {
  const time = Date.UTC(2020, 0, 25, 7, 31, 56)
  for (const words of ['20200125073156Z', '200125073156Z', '20200125153156+0800'])
    expect(text(words)).toMatchObject({ form: 'TEXT', time })
  expect(text('20200125153156')).toMatchObject({ form: 'TEXT_WITHOUT_ZONE', time })
})

test.each([
  '',
  'yesterday',
  '2020-02-30 10:00:00',
  '2020-13-01 10:00:00',
  '2020-01-01 25:00:00',
  '200125073156',
  '20201325073156Z',
  ' '.repeat(4000),
])('%j is no time and gives none', (words) => {
  expect(text(words)).toEqual({ form: 'UNREADABLE', time: null, token: null })
})

test('a broken UTCTime or token is not taken for text', () => {
  expect(readFirstTimeInfo(encodeUtcTime(MADE_AT).subarray(0, -1)).form).toBe('UNREADABLE')
  expect(readFirstTimeInfo(Uint8Array.of(0x30, 0x00)).form).toBe('UNREADABLE')
})

test('a signature of GM/T 0031-2014 keeps its time however it is written', async () => {
  const seal = await sealOf('SES_V1')
  const times = [undefined, Buffer.from('2026-01-01T00:00:00Z'), Buffer.from('2026-01-01 08:00:00')]
  for (const timeInfo of times) {
    const value = await signatureWith(seal, timeInfo ? { timeInfo } : {})
    expect(decodeSignature(value).toSign.timeInfo.time).toBe(MADE_AT)
  }
})
