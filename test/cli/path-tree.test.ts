import { expect, test } from 'vitest'
import type { PathMember, PathReport } from '../../cli/certificate-query.ts'
import { pathTree } from '../../cli/path-tree.ts'

const UNKNOWN = { status: 'UNKNOWN', since: null, reason: null, kind: null, source: null, thisUpdate: null, nextUpdate: null, because: null } as const // biome-ignore format: a stub
const member = (fingerprint: string): PathMember => {
  return { fingerprint, subject: fingerprint, notBefore: '', notAfter: '', revocation: UNKNOWN, services: [] }
}
const path = (...chain: readonly string[]): PathReport => {
  return { valid: true, validFrom: '', validUntil: '', certificates: chain.map(member), checks: [] }
}

test('paths are drawn from their roots down, and what they share is drawn once', () => {
  const paths = [path('end', 'ca', 'root'), path('end', 'cross', 'root'), path('end', 'ca', 'old')]
  expect(pathTree(paths, ({ subject }) => subject)).toEqual([
    'root',
    '├─ ca',
    '│  └─ end',
    '└─ cross',
    '   └─ end',
    'old',
    '└─ ca',
    '   └─ end',
  ])
})

test('no path draws nothing, and a root alone is one line', () => {
  expect(pathTree([], ({ subject }) => subject)).toEqual([])
  expect(pathTree([path('root')], ({ subject }) => subject)).toEqual(['root'])
})
