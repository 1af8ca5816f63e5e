import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fingerprintNamed } from '../../cli/certificate-named.ts'
import type { Graph } from '../../cli/graph.ts'
import { dataDirectory } from '../support/command.ts'
import { testPki } from '../support/pki.ts'

const { ca } = testPki(Date.UTC(2026, 0, 1), '指名')
const LISTED = ['abcdef0123', 'abcdef0124'].map((digits) => digits.padEnd(64, '0'))

/** A graph that lists two certificates. */
const graph: Graph = {
  ask: async () => {
    const nodes = LISTED.map((fingerprint) => ({
      role: 'CA',
      fingerprint,
      name: 'ca',
      scope: '',
      from: '2020-01-01',
      until: null,
    }))
    return { data: { trustServices: { nodes, pageInfo: { endCursor: null, hasNextPage: false } } } }
  },
  put: async () => ({ digest: '' }),
  close: async () => {},
}

test('a certificate is named by its file, all its digits, or as many as tell it from the others listed', async () => {
  const file = join(dataDirectory(), 'ca.cer')
  writeFileSync(file, ca.certificate)
  expect(await fingerprintNamed(graph, file)).toBe(ca.fingerprint)
  expect(await fingerprintNamed(graph, ca.fingerprint.toUpperCase())).toBe(ca.fingerprint)
  expect(await fingerprintNamed(graph, 'ABCDEF0124')).toBe(LISTED[1])
})

test.each([
  ['BAD_INPUT', 'digits that several listed begin with', 'abcdef012'],
  ['BAD_INPUT', 'too few digits', 'a'],
  ['NOT_FOUND', 'digits nothing listed begins with', 'ffffffff'],
  ['UNREADABLE', 'a file that is not there', 'nowhere.cer'],
])('%s: %s', async (code, _, named) => {
  await expect(fingerprintNamed(graph, named)).rejects.toMatchObject({ code })
})
