import { expect, test } from 'vitest'
import { type FieldLock, isLocked, strictest } from '../../../../pki/pdf/signature/permissions.ts'

const lock = (action: FieldLock['action'], ...fields: string[]): FieldLock => ({ action, fields })

test('a field is locked by its own name or with a field it is part of, never by the beginning of its name', () => {
  const locked = (one: FieldLock) => ['a', 'a.b', 'ab'].filter((name) => isLocked([one], name))
  expect(locked(lock('INCLUDE', 'a'))).toEqual(['a', 'a.b'])
  expect(locked(lock('EXCLUDE', 'a'))).toEqual(['ab'])
  expect(locked(lock('ALL', 'a'))).toEqual(['a', 'a.b', 'ab'])
  expect([isLocked([], 'a'), isLocked([lock('INCLUDE', 'z'), lock('INCLUDE', 'a')], 'a')]).toEqual([false, true])
})

test('several signers together allow what the strictest of them does, and lock what any of them locks', () => {
  expect(strictest([])).toEqual({ level: null, locks: [] })
  const all = [
    { level: null, locks: [lock('ALL')] },
    { level: 3, locks: [] },
    { level: 2, locks: [lock('INCLUDE', 'a')] },
  ] as const
  expect(strictest([...all].reverse()).level).toBe(2)
  expect(strictest(all)).toEqual({ level: 2, locks: [lock('ALL'), lock('INCLUDE', 'a')] })
})
