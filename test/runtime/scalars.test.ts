import { describe, expect, test } from 'vitest'
import { OpaqueBytes } from '../../model/subgraph.ts'
import { Base64, DateTime, DivisionCode, SealCode } from '../../runtime/scalars.ts'
import { codeOf } from '../support/code.ts'

test('a time is an instant inside and ISO 8601 in UTC outside', () => {
  expect(DateTime.parseValue('2026-11-21T16:00:00+08:00')).toBe(Date.UTC(2026, 10, 21, 8))
  expect(DateTime.serialize(Date.UTC(2026, 10, 21, 8))).toBe('2026-11-21T08:00:00.000Z')
})

test('bytes are bytes inside and base64 outside, and pass between rooms of one process as they are', () => {
  const bytes = Uint8Array.of(1, 2, 250)
  expect(Base64.serialize(bytes)).toBe('AQL6')
  expect(Base64.parseValue('AQL6')).toEqual(Buffer.from(bytes))
  expect(Base64.parseValue(new OpaqueBytes(bytes))).toBe(bytes)
})

describe('refused as BAD_INPUT', () => {
  test.each([
    [DateTime, ['2026-11-21T08:00:00', 5, null, {}, []]],
    [Base64, ['AQL', 'AQL6\n', 'AQ==AQ==', '-_-_', 'AR==', 5, null, [1, 2]]],
    [DivisionCode, ['41172', '4117280', 'abcdef', 411728, null]],
    [SealCode, ['', 'a b', '印章', 'x'.repeat(65), 5, null]],
  ])('%s: what is none', (scalar, values) => {
    for (const value of values) expect(codeOf(() => scalar.parseValue(value))).toBe('BAD_INPUT')
  })
})
