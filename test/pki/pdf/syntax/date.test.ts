import { expect, test } from 'vitest'
import { parsePdfDate } from '../../../../pki/pdf/syntax/date.ts'

test('a date is a moment where it says its zone, in the forms of ISO 32000-2 7.9.4 and older writers', () => {
  const at = Date.UTC(2026, 0, 1, 0, 0, 0)
  for (const text of ["D:20260101080000+08'00'", "D:20260101080000+08'00", 'D:20260101080000+0800', "D:20251231160000-08'00'"])
    expect([text, parsePdfDate(text)]).toEqual([text, at])
  for (const text of ['D:20260101000000Z', "D:20260101000000Z00'00'", '20260101000000z', 'D:2026Z', "D:202601010000+00'00'"])
    expect([text, parsePdfDate(text)]).toEqual([text, at])
})

test('text without a zone, or that names no real moment, is none', () => {
  for (const text of [
    'D:20260101000000',
    'D:20260231000000Z',
    'D:20261301000000Z',
    'D:20260101250000Z',
    "D:20260101000000+24'00'",
    'D:00000101000000Z',
    'now',
    '',
    'D:2026-01-01Z',
  ])
    expect([text, parsePdfDate(text)]).toEqual([text, null])
})
