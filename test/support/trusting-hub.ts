import { expect } from 'vitest'
import { importCrls } from '../../cli/crl-import.ts'
import { importTrust } from '../../cli/trust-import.ts'
import type { Clock, Instant } from '../../model/time.ts'
import { type TestHub, testHub } from './hub.ts'
import { MADE_AT, pki } from './seals.ts'

/** A hub at a moment that trusts the test PKI: its root, its CA, its maker for 4117, with CRLs of both authorities. */
export async function trustingHub(
  now: Instant,
  crls: readonly Uint8Array[] = [pki.crl(), pki.crl({}, pki.root)],
  clock: Clock = () => now,
): Promise<TestHub> {
  const hub = await testHub(clock)
  const items = (ders: readonly Uint8Array[]) => ders.map((der) => ({ file: 'test', der, refusal: null }))
  for (const [party, role, scope] of [
    [pki.root, 'ANCHOR', ''],
    [pki.ca, 'CA', ''],
    [pki.maker, 'MAKER', '4117'],
  ] as const) {
    const template = { role, scope, name: null, from: new Date(MADE_AT - 86_400_000).toISOString(), until: null, evidence: null }
    const rows = await importTrust(hub, items([party.certificate]), template)
    expect(rows.map(({ outcome }) => outcome)).toEqual(['IMPORTED'])
  }
  const rows = await importCrls(hub, items(crls))
  expect(rows.filter(({ outcome }) => outcome !== 'IMPORTED')).toEqual([])
  return hub
}
