import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { SealClass } from '../../../../model/seal.ts'
import { encodeSignedData } from '../../../../pki/cms/signed-data.ts'
import { importServices } from '../../../../subgraphs/trust/import.ts'
import { admitReadList } from '../../../../subgraphs/trust/lists/admission.ts'
import { type ReadList, readSignedList } from '../../../../subgraphs/trust/lists/read-list.ts'
import { listStateAt } from '../../../../subgraphs/trust/lists/state.ts'
import { type TrustLists, trustLists } from '../../../../subgraphs/trust/lists.ts'
import type { TrustStatement } from '../../../../subgraphs/trust/service.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'
import { encodeTrustList } from '../../../../subgraphs/trust/trust-list.ts'
import { type TestParty, testPki } from '../../../support/pki.ts'

const NOW = Date.UTC(2026, 0, 1)
const DAY = 86_400_000
const EVER = Number.MAX_SAFE_INTEGER
const FINGERPRINTS = ['a0', 'b0'].map((digits) => digits.repeat(32))
const pki = testPki(NOW, '到达次序')
const [nation, henan, zhumadian, fujian] = ['国家', '河南', '驻马店', '福建'].map((name) => pki.issue(name)) as [
  TestParty,
  TestParty,
  TestParty,
  TestParty,
]
/** Henan and Fujian are pointed to by the nation, Zhumadian by Henan: nobody else names their operators. */
const TERRITORIES = ['000000', '410000', '411700', '350000'] as const
type Territory = (typeof TERRITORIES)[number]
const OPERATORS: Readonly<Record<Territory, TestParty>> = {
  '000000': nation,
  '410000': henan,
  '411700': zhumadian,
  '350000': fujian,
}
const SCOPES: Readonly<Record<Territory, readonly string[]>> = {
  '000000': ['', '41', '35'],
  '410000': ['41', '4117', '411728'],
  '411700': ['4117', '411728'],
  '350000': ['35', '3501'],
}

/** Granted, ended for a reason, granted again, moved to another scope or class: whatever one sequence says of two certificates. */
function statementsOf(list: Territory): fc.Arbitrary<readonly TrustStatement[]> {
  const from = fc.integer({ min: -900, max: -1 })
  const end = fc.option(
    fc.tuple(fc.integer({ min: 1, max: 300 }), fc.constantFrom('KEY_COMPROMISE', 'CESSATION', 'urn:example:x')),
  )
  const statement = fc
    .record({
      role: fc.constantFrom('CA', 'MAKER', 'STATUS_PUBLISHER'),
      fingerprint: fc.constantFrom(...FINGERPRINTS),
      scope: fc.constantFrom(...SCOPES[list]),
      from,
      end,
      classes: fc.option(fc.constantFrom<readonly SealClass[]>(['PUBLIC'], ['POSITION'])),
    })
    .map(
      ({ role, fingerprint, scope, from, end, classes }): TrustStatement => ({
        role,
        fingerprint,
        name: '服务',
        scope,
        span: { from: NOW + from * DAY, until: end && NOW + (from + end[0]) * DAY },
        evidence: null,
        list,
        ...(end && { ended: { code: end[1], reason: '' } }),
        ...(classes && role === 'MAKER' && { classes }),
      }),
    )
  const selector = ({ role, fingerprint, scope, span, classes }: TrustStatement) =>
    [role, fingerprint, scope, span.from, classes].join()
  return fc.uniqueArray(statement, { selector, maxLength: 5 })
}

function pointer(to: Territory, list: Territory): TrustStatement {
  const span = { from: NOW - 900 * DAY, until: null }
  const { fingerprint } = OPERATORS[to]
  const place = { scope: to.replace(/(00)+$/, ''), location: `https://lists.example/${to}` }
  return { role: 'LIST_OPERATOR', fingerprint, name: to, span, evidence: null, list, ...place }
}

const POINTERS: Readonly<Record<Territory, readonly TrustStatement[]>> = {
  '000000': [pointer('410000', '000000'), pointer('350000', '000000')],
  '410000': [pointer('411700', '410000')],
  '411700': [],
  '350000': [],
}

async function listOf(territory: Territory, sequence: number, said: readonly TrustStatement[]): Promise<ReadList> {
  const head = { territory, operator: territory, sequence, issuedAt: NOW - DAY, nextUpdate: NOW + 10 * DAY }
  const statements = [...POINTERS[territory], ...said]
  return readSignedList(await encodeSignedData(encodeTrustList({ ...head, statements }), OPERATORS[territory].signer))
}

const sequences = (territory: Territory) => fc.array(statementsOf(territory), { minLength: 1, maxLength: 3 })

/** What every territory says, one sequence after the other. */
const everyList = fc.record({
  '000000': sequences('000000'),
  '410000': sequences('410000'),
  '411700': sequences('411700'),
  '350000': sequences('350000'),
})

async function hub(): Promise<TrustLists> {
  const store = openTrustStore(':memory:')
  onTestFinished(() => store.close())
  const lists = trustLists(store)
  const row = { role: 'LIST_OPERATOR', fingerprint: nation.fingerprint, name: '000000', scope: '', from: 0 }
  await importServices(lists, [row], NOW - 1_000 * DAY)
  return lists
}

/**
 * Takes the lists in as a fetcher does that is led by chance: whichever territory comes next gives its oldest list not taken in yet; one
 * whose operator nobody names yet comes again later.
 */
async function arrive(all: ReadonlyMap<Territory, readonly ReadList[]>, order: () => number): Promise<TrustLists> {
  const lists = await hub()
  const waiting = new Map([...all].map(([territory, of]) => [territory, [...of]]))
  for (let turn = 0; waiting.size > 0; turn++) {
    expect(turn).toBeLessThan(1_000)
    const territory = [...waiting.keys()][order() % waiting.size]
    const [next, ...rest] = waiting.get(territory as Territory) ?? []
    if (!territory || !next) throw new TypeError('nothing waits')
    try {
      await admitReadList(lists, next, NOW + turn)
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENVELOPE_SIGNATURE' })
      continue
    }
    if (rest.length > 0) waiting.set(territory, rest)
    else waiting.delete(territory)
  }
  return lists
}

/** Every answer the lists give once all is known, at many moments; only when it became known is left out. */
async function answers(lists: TrustLists): Promise<string> {
  const trust = await lists.snapshot()
  const said = (services: readonly TrustStatement[]) => services.map((service) => ({ ...service, recordedAt: 0 }))
  return JSON.stringify([
    said(trust.all(EVER)),
    FINGERPRINTS.map((fingerprint) => [
      said(trust.ofCertificate(fingerprint, EVER)),
      said(trust.services('MAKER', fingerprint, EVER)),
    ]),
    TERRITORIES.map((territory) => {
      const list = trust.list(territory, EVER)
      const states = [0, 5, 6, 20].map((days) => list && listStateAt(trust, list, NOW + days * DAY, EVER))
      return [
        list?.sequence,
        list?.digest,
        said(trust.operators(territory, EVER)),
        said(trust.publishers(territory, EVER)),
        states,
      ]
    }),
  ])
}

test('in whatever order lists arrive that keeps the sequences of each territory rising, the answers are the same in the end', async () => {
  await fc.assert(
    fc.asyncProperty(everyList, fc.infiniteStream(fc.nat()), fc.infiniteStream(fc.nat()), async (given, one, other) => {
      const all = new Map<Territory, readonly ReadList[]>()
      for (const territory of TERRITORIES)
        all.set(territory, await Promise.all(given[territory].map((said, i) => listOf(territory, i + 1, said))))
      const first = await arrive(all, () => one.next().value)
      const second = await arrive(all, () => other.next().value)
      expect(await answers(second)).toBe(await answers(first))
    }),
    { numRuns: 25 },
  )
})

test('an older sequence that comes late is refused as STALE, and nothing of it counts', async () => {
  await fc.assert(
    fc.asyncProperty(sequences('350000'), statementsOf('350000'), async (given, newest) => {
      const lists = await hub()
      await admitReadList(lists, await listOf('000000', 1, []), NOW)
      await admitReadList(lists, await listOf('350000', given.length + 1, newest), NOW)
      const before = await answers(lists)
      for (const [i, said] of given.entries())
        await expect(admitReadList(lists, await listOf('350000', i + 1, said), NOW)).rejects.toMatchObject({ code: 'STALE' })
      expect(await answers(lists)).toBe(before)
    }),
    { numRuns: 15 },
  )
})
