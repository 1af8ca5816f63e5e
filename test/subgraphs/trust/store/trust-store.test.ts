import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { TrustStatement } from '../../../../subgraphs/trust/service.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'

const NOW = 1_000_000

function statement(change: Partial<TrustStatement> = {}): TrustStatement {
  const span = { from: 0, until: null }
  return {
    role: 'MAKER',
    fingerprint: 'a0'.repeat(32),
    name: 'maker',
    scope: '3205',
    span,
    evidence: null,
    list: null,
    ...change,
  }
}

function store(file = ':memory:') {
  const opened = openTrustStore(file)
  onTestFinished(() => opened.close())
  return opened
}

test('a statement is kept as it was made, with its id and the moment of the commit', async () => {
  const trust = store()
  const [service] = await trust.record([statement()], NOW)
  expect(service).toMatchObject({ ...statement(), recordedAt: NOW })
  expect(await trust.statements()).toEqual([service])
})

test('the same statement again is not recorded again', async () => {
  const trust = store()
  await trust.record([statement()], NOW)
  expect(await trust.record([statement()], NOW + 5)).toEqual([null])
  expect(await trust.statements()).toHaveLength(1)
})

test('a changed span, name or evidence is a new event of the same service; the old one stays', async () => {
  const trust = store()
  const [first] = await trust.record([statement()], NOW)
  const changes = [{ span: { from: 0, until: 9 } }, { name: 'renamed' }, { evidence: 'order 7' }]
  for (const change of changes) {
    const [service] = await trust.record([statement(change)], NOW + 5)
    expect(service?.id).toBe(first?.id)
  }
  expect(await trust.statements()).toHaveLength(4)
})

test('saying again what was said before the last change is a change', async () => {
  const trust = store()
  await trust.record([statement()], NOW)
  await trust.record([statement({ span: { from: 0, until: 9 } })], NOW)
  const [restored] = await trust.record([statement()], NOW)
  expect(restored).not.toBeNull()
})

test('another scope, role or certificate is another service, and for a platform another identifier', async () => {
  const trust = store()
  const platform = statement({ role: 'PLATFORM', name: '411728' })
  const all = [
    statement(),
    statement({ scope: '32' }),
    statement({ role: 'CA' }),
    statement({ fingerprint: 'b0'.repeat(32) }),
    platform,
    { ...platform, name: '411700' },
  ]
  const recorded = await trust.record(all, NOW)
  expect(new Set(recorded.map((service) => service?.id)).size).toBe(all.length)
})

test('recordedAt rises with every commit, even when the clock does not, and is one for all a commit says', async () => {
  const trust = store()
  const [a, b] = await trust.record([statement(), statement({ scope: '32' })], NOW)
  const [c] = await trust.record([statement({ scope: '41' })], NOW)
  const [d] = await trust.record([statement({ scope: '35' })], NOW - 500)
  expect([a, b, c, d].map((service) => service?.recordedAt)).toEqual([NOW, NOW, NOW + 1, NOW + 2])
})

test('a commit that cannot be made whole records nothing', async () => {
  const trust = store()
  const twice = [statement(), statement({ name: 'the same service stated otherwise' })]
  await expect(trust.record(twice, NOW)).rejects.toThrow()
  expect(await trust.statements()).toEqual([])
})

test('what was recorded is there when the database is opened again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trust-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'trust.sqlite')
  const first = openTrustStore(file)
  const [service] = await first.record([statement()], NOW)
  first.close()
  const again = store(file)
  expect(await again.statements()).toEqual([service])
  expect((await again.record([statement({ scope: '' })], 0))[0]?.recordedAt).toBe(NOW + 1)
})
