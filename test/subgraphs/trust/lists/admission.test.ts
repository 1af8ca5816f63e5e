import { expect, onTestFinished, test } from 'vitest'
import type { SealClass } from '../../../../model/seal.ts'
import { parseInstant } from '../../../../model/time.ts'
import { encodeSignedData } from '../../../../pki/cms/signed-data.ts'
import { importServices } from '../../../../subgraphs/trust/import.ts'
import { admitTrustList } from '../../../../subgraphs/trust/lists/admission.ts'
import { LIST_LIFE_MS, publishTrustList } from '../../../../subgraphs/trust/lists/publication.ts'
import { type TrustLists, trustLists } from '../../../../subgraphs/trust/lists.ts'
import { memberFactsOf } from '../../../../subgraphs/trust/member.ts'
import type { TrustStatement } from '../../../../subgraphs/trust/service.ts'
import { openTrustStore } from '../../../../subgraphs/trust/store/sqlite-store.ts'
import { encodeTrustList, type TrustList } from '../../../../subgraphs/trust/trust-list.ts'
import { type TestParty, testPki } from '../../../support/pki.ts'
import { ask, evidenceOf } from '../ask.ts'
import { AUTHORITY, MAKER, ROOT, WELL } from '../world.ts'

const NOW = parseInstant(WELL.now)
const DAY = 24 * 60 * 60_000
const EVER = Number.MAX_SAFE_INTEGER
const { platform: operator, maker: stranger } = testPki(NOW, '列表')

const statement = (role: TrustStatement['role'], fingerprint: string, change: Partial<TrustStatement> = {}): TrustStatement => ({
  role,
  fingerprint,
  name: role.toLowerCase(),
  scope: '41',
  span: { from: 0, until: null },
  evidence: null,
  list: '410000',
  ...change,
})
const STATEMENTS = [statement('ANCHOR', ROOT), statement('CA', AUTHORITY), statement('MAKER', MAKER)]

async function signed(change: Partial<TrustList> = {}, by: TestParty = operator): Promise<Uint8Array> {
  const list = {
    territory: '410000',
    operator: '河南省',
    sequence: 1,
    issuedAt: NOW - DAY,
    nextUpdate: NOW + DAY,
    statements: STATEMENTS,
  }
  return encodeSignedData(encodeTrustList({ ...list, ...change }), by.signer)
}

/** A hub that lists the operator for Henan. */
async function hub(scope = '41', until: number | null = null): Promise<TrustLists> {
  const store = openTrustStore(':memory:')
  onTestFinished(() => store.close())
  const lists = trustLists(store)
  const row = { role: 'LIST_OPERATOR', fingerprint: operator.fingerprint, name: '410000', scope, from: 0, until }
  await importServices(lists, [row], NOW - 2 * DAY)
  return lists
}

async function judge(lists: TrustLists, now = NOW) {
  const world = { ...WELL, now: new Date(now).toISOString(), heard: new Date(now).toISOString() }
  return ask(world, { ...evidenceOf(world), trust: await lists.snapshot() })
}

test('a list signed by its operator is taken in, and what it says counts', async () => {
  const lists = await hub()
  expect(await judge(lists)).toMatchObject({ subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' })
  const { outcome, list } = await admitTrustList(lists, await signed(), NOW)
  expect({ outcome, list }).toMatchObject({ outcome: 'IMPORTED', list: { territory: '410000', sequence: 1, own: false } })
  expect(await judge(lists)).toMatchObject({ indication: 'TOTAL_PASSED' })
})

test.each([
  ['ENVELOPE_SIGNATURE', 'signed by a stranger', () => signed({}, stranger)],
  ['ENVELOPE_SIGNATURE', "of another territory than the operator's", () => signed({ territory: '350000' })],
  ['ENVELOPE_SIGNATURE', 'changed after signing', async () => changed(await signed())],
  [
    'UNREADABLE',
    'not signed at all',
    async () => encodeTrustList({ territory: '410000', operator: 'x', sequence: 1, issuedAt: 0, nextUpdate: 1, statements: [] }),
  ],
  ['UNREADABLE', 'signed over something else', () => encodeSignedData(new TextEncoder().encode('{}'), operator.signer)],
  ['UNREADABLE', 'stating a service twice', () => signed({ statements: [...STATEMENTS, ...STATEMENTS] })],
  ['STALE', 'past its next update', () => signed({ nextUpdate: NOW - 1 })],
  ['BAD_INPUT', 'dated in the future', () => signed({ issuedAt: NOW + DAY / 2 })],
  ['OUT_OF_SCOPE', 'speaking of another province', () => signed({ statements: [statement('MAKER', MAKER, { scope: '35' })] })],
  ['OUT_OF_SCOPE', 'speaking of the whole nation', () => signed({ statements: [statement('MAKER', MAKER, { scope: '' })] })],
  [
    'OUT_OF_SCOPE',
    'pointing to an operator of the nation',
    () => signed({ statements: [statement('LIST_OPERATOR', MAKER, { name: '000000', location: 'https://lists.example/x' })] }),
  ],
  [
    'OUT_OF_SCOPE',
    'pointing to an operator below for more than its territory',
    () => signed({ statements: [statement('LIST_OPERATOR', MAKER, { name: '411700', location: 'https://lists.example/x' })] }),
  ],
  ['TOO_LARGE', 'of over 32 MiB', () => Promise.resolve(new Uint8Array(32 * 1024 * 1024 + 1))],
] as const)('%s: a list %s is refused and changes nothing', async (code, _, bytes) => {
  const lists = await hub()
  const before = await lists.snapshot()
  await expect(admitTrustList(lists, await bytes(), NOW)).rejects.toMatchObject({ code })
  expect((await lists.snapshot()).all(EVER)).toEqual(before.all(EVER))
  expect((await lists.snapshot()).lists).toEqual([])
})

test('a list speaks for its own territory only, however wide its operator is listed', async () => {
  const lists = await hub('')
  const foreign = signed({ statements: [statement('MAKER', MAKER, { scope: '35' })] })
  await expect(admitTrustList(lists, await foreign, NOW)).rejects.toMatchObject({ code: 'OUT_OF_SCOPE' })
  expect((await admitTrustList(lists, await signed(), NOW)).outcome).toBe('IMPORTED')
})

test('an operator whose time is over signs nothing any more', async () => {
  const lists = await hub('41', NOW - 1)
  await expect(admitTrustList(lists, await signed(), NOW)).rejects.toMatchObject({ code: 'ENVELOPE_SIGNATURE' })
})

test('the same list again changes nothing; the same sequence with other content and a falling one are refused', async () => {
  const lists = await hub()
  const bytes = await signed({ sequence: 5 })
  await admitTrustList(lists, bytes, NOW)
  expect((await admitTrustList(lists, bytes, NOW)).outcome).toBe('UNCHANGED')
  await expect(admitTrustList(lists, await signed({ sequence: 5, statements: [] }), NOW)).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await expect(admitTrustList(lists, await signed({ sequence: 4 }), NOW)).rejects.toMatchObject({ code: 'STALE' })
  expect((await lists.snapshot()).lists).toHaveLength(1)
})

test('an empty or shortened list deletes nothing', async () => {
  const lists = await hub()
  await admitTrustList(lists, await signed(), NOW)
  await admitTrustList(lists, await signed({ sequence: 2, statements: STATEMENTS.slice(0, 1) }), NOW)
  await admitTrustList(lists, await signed({ sequence: 3, statements: [] }), NOW)
  expect(await judge(lists)).toMatchObject({ indication: 'TOTAL_PASSED' })
})

test('an end that a list states ends a service from then on and leaves its past alone', async () => {
  const lists = await hub()
  await admitTrustList(lists, await signed(), NOW)
  const ended = STATEMENTS.map((one) => (one.role === 'CA' ? { ...one, span: { from: 0, until: NOW - DAY } } : one))
  await admitTrustList(lists, await signed({ sequence: 2, statements: ended }), NOW)
  expect(await judge(lists)).toMatchObject({ indication: 'TOTAL_PASSED' }) // signed in June
  const late = ask(
    { ...WELL, subject: 'SEAL', registered: null },
    { ...evidenceOf(WELL), seal: evidenceOf({ ...WELL, subject: 'SEAL', registered: null }).seal, trust: await lists.snapshot() },
  )
  expect(late).toMatchObject({ subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' })
})

test('a list that states a service with a later beginning takes the earlier grant back', async () => {
  const lists = await hub()
  await admitTrustList(lists, await signed(), NOW)
  const later = STATEMENTS.map((one) =>
    one.role === 'MAKER' ? { ...one, span: { from: parseInstant('2025-03-01'), until: null } } : one,
  )
  await admitTrustList(lists, await signed({ sequence: 2, statements: later }), NOW)
  expect(await judge(lists)).toMatchObject({ subIndication: 'CHAIN_CONSTRAINTS_FAILURE' })
})

test('a list past its next update passes nothing, and does again once a newer one came', async () => {
  const lists = await hub()
  await admitTrustList(lists, await signed(), NOW)
  const later = NOW + 2 * DAY
  const stale = await judge(lists, later)
  expect(stale).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'TRY_LATER' })
  expect(stale.because).toContainEqual(expect.objectContaining({ check: 'MAKER_LISTED', outcome: 'UNKNOWN' }))
  await admitTrustList(lists, await signed({ sequence: 2, issuedAt: later, nextUpdate: later + DAY }), later)
  expect(await judge(lists, later)).toMatchObject({ indication: 'TOTAL_PASSED' })
})

test('a list whose operator was dropped passes nothing, however young it is', async () => {
  const lists = await hub()
  await admitTrustList(lists, await signed(), NOW)
  const dropped = { role: 'LIST_OPERATOR', fingerprint: operator.fingerprint, name: '410000', scope: '41', from: 0, until: NOW }
  await importServices(lists, [dropped], NOW)
  expect(await judge(lists, NOW + 1)).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'TRY_LATER' })
})

test('a maker listed for some classes of seal makes no others, and a wider grant beside it still counts', async () => {
  const lists = await hub()
  const limited = (classes: readonly SealClass[], scope = '41') => statement('MAKER', MAKER, { classes, scope })
  const others = [statement('ANCHOR', ROOT), statement('CA', AUTHORITY)]
  await admitTrustList(lists, await signed({ statements: [...others, limited(['POSITION', 'PRIVATE'])] }), NOW)
  expect(await judge(lists)).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'CHAIN_CONSTRAINTS_FAILURE' })
  const both = [...others, limited(['POSITION', 'PRIVATE']), limited(['PUBLIC'])]
  await admitTrustList(lists, await signed({ sequence: 2, statements: both }), NOW)
  expect(await judge(lists)).toMatchObject({ indication: 'TOTAL_PASSED' })
})

test('what was known before a list came stays the answer for then', async () => {
  const lists = await hub()
  await admitTrustList(lists, await signed(), NOW)
  const world = { ...WELL, now: new Date(NOW + DAY / 2).toISOString(), knownAt: new Date(NOW - 1).toISOString() }
  const then = ask(world, { ...evidenceOf(world), trust: await lists.snapshot() })
  expect(then).toMatchObject({ subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' })
})

test('a list never touches what the hub says itself', async () => {
  const lists = await hub()
  await importServices(lists, [{ role: 'MAKER', fingerprint: MAKER, name: 'maker', scope: '4117', from: 0 }], NOW)
  const ended = [statement('MAKER', MAKER, { scope: '4117', span: { from: 0, until: 1 } })]
  await admitTrustList(lists, await signed({ statements: ended }), NOW)
  const makers = (await lists.snapshot()).services('MAKER', MAKER, EVER)
  expect(makers.map(({ list, span }) => [list, span.until]).sort()).toEqual(
    [
      ['410000', 1],
      [null, null],
    ].sort(),
  )
})

test('a platform named by a list that is stale has no standing', async () => {
  const lists = await hub()
  const named = [statement('PLATFORM', stranger.fingerprint, { name: '411728', scope: '411728' })]
  await admitTrustList(lists, await signed({ statements: named }), NOW)
  const trust = await lists.snapshot()
  expect(memberFactsOf(trust, '411728', stranger.fingerprint, NOW)).not.toBeNull()
  expect(memberFactsOf(trust, '411728', stranger.fingerprint, NOW + 2 * DAY)).toBeNull()
})

const publisher = { territory: '410000', signer: operator.signer }

test('what one hub publishes another takes in, and judges by it as the first does', async () => {
  const source = await hub()
  const rows = STATEMENTS.map(({ role, fingerprint, name, scope, span }) => ({ role, fingerprint, name, scope, ...span }))
  await importServices(source, rows, NOW)
  const { list } = await publishTrustList(source, publisher, NOW)
  const bytes = await source.bytes(list)
  const taker = await hub()
  await admitTrustList(taker, bytes ?? new Uint8Array(), NOW)
  expect(await judge(taker)).toMatchObject({ indication: 'TOTAL_PASSED' })
  expect(await judge(source)).toMatchObject({ indication: 'TOTAL_PASSED' })
})

test('a hub publishes its word for its own territory: what it trusts more widely narrowed, what lies elsewhere left out', async () => {
  const source = await hub()
  const row = { role: 'MAKER', fingerprint: MAKER, name: 'maker', from: 0 }
  await importServices(
    source,
    ['', '41', '4117', '35'].map((scope) => ({ ...row, scope })),
    NOW,
  )
  const { list } = await publishTrustList(source, publisher, NOW)
  const taker = await hub()
  await admitTrustList(taker, (await source.bytes(list)) ?? new Uint8Array(), NOW)
  const taken = (await taker.snapshot()).services('MAKER', MAKER, EVER)
  expect(taken.map(({ scope }) => scope).sort()).toEqual(['41', '4117'])
})

test('a list is published again for news or at half its life, and left as it is otherwise; old ones stay', async () => {
  const lists = await hub()
  const first = await publishTrustList(lists, publisher, NOW)
  expect(first).toMatchObject({ outcome: 'IMPORTED', list: { sequence: 1, own: true } })
  expect(await publishTrustList(lists, publisher, NOW + DAY)).toMatchObject({ outcome: 'UNCHANGED', list: { sequence: 1 } })
  await importServices(lists, [{ role: 'CA', fingerprint: AUTHORITY, name: 'ca', scope: '41', from: 0 }], NOW + DAY)
  expect(await publishTrustList(lists, publisher, NOW + DAY)).toMatchObject({ outcome: 'IMPORTED', list: { sequence: 2 } })
  expect(await publishTrustList(lists, publisher, NOW + DAY + LIST_LIFE_MS / 2)).toMatchObject({ list: { sequence: 3 } })
  expect(await lists.bytes(first.list)).not.toBeNull()
})

test('the hub passes on neither what the lists of others say nor who signs lists for it', async () => {
  const lists = await hub()
  await admitTrustList(lists, await signed(), NOW)
  const { list } = await publishTrustList(lists, { ...publisher, territory: '411700' }, NOW)
  const text = Buffer.from((await lists.bytes(list)) ?? []).toString('latin1')
  expect(text).toContain('"TrustedEntitiesList":[]')
})

/** One byte of the content changed. */
function changed(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = Buffer.from(copy).indexOf('"LoTESequenceNumber":1') + 21
  copy[at] = '2'.charCodeAt(0)
  return copy
}
