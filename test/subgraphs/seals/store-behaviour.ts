import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EnvelopeHeader } from '../../../model/envelope.ts'
import type { Commit, EventWrite, SealRecord, SealStore, SealWrite } from '../../../subgraphs/seals/ports.ts'

const NOW = Date.UTC(2026, 10, 21)
const digestOf = (text: string) => text.padStart(64, '0')

export function header(sequence: number, given: Partial<EnvelopeHeader> = {}): EnvelopeHeader {
  return { platform: '411728', stream: 'main', sequence, messageId: `m-${sequence}`, createdAt: NOW, previous: null, ...given }
}

export function record(code: string, given: Partial<SealRecord> = {}): Omit<SealRecord, 'registeredAt'> {
  return {
    code,
    platform: '411728',
    division: code.slice(0, 6),
    name: '遂平县民政局',
    class: 'PUBLIC',
    kind: 'LEGAL_NAME',
    typeCode: 1,
    format: 'SES_V4',
    owner: { name: '遂平县民政局', creditCode: null, division: '411728' },
    revision: 1,
    contentDigest: digestOf('a'),
    sealDigest: digestOf('b'),
    createdAt: NOW,
    validity: { from: NOW, until: NOW + 1000 },
    makerFingerprint: digestOf('c'),
    signerFingerprint: null,
    ...given,
  }
}

/** A registration in a commit; by whom its certificates were issued plays no part unless told. */
export function write(
  of: Omit<SealRecord, 'registeredAt'>,
  replaces: number | null = null,
  certificates: SealWrite['certificates'] = [],
): SealWrite {
  return { record: of, replaces, certificates }
}

export function event(id: string, code: string, given: Partial<EventWrite['change']> = {}): EventWrite {
  const kind = given.kind ?? 'REGISTERED'
  const change = { id, kind, effectiveAt: NOW, originAt: null, sequence: 1, reason: null, voids: null, ...given }
  const validity = kind === 'REGISTERED' ? { from: NOW, until: NOW + 1000 } : null
  return { platform: '411728', code, digest: digestOf('d'), published: true, change: { ...change, validity } }
}

export function commit(given: Partial<Commit>): Commit {
  const bytes = Uint8Array.of(1, 2, 3)
  return { header: header(1), digest: digestOf('e'), bytes, rows: [], seals: [], events: [], originals: new Map(), ...given }
}

const CODE = '41172800000001'
const registration = (given: Partial<Commit> = {}) =>
  commit({
    seals: [write(record(CODE))],
    events: [event('e-1', CODE)],
    originals: new Map([[digestOf('b'), Uint8Array.of(9)]]),
    ...given,
  })

/** What every driver of the store must keep. */
export function storeBehaviour(name: string, open: () => SealStore): void {
  async function withStore(use: (store: SealStore) => Promise<void>): Promise<void> {
    const store = open()
    try {
      await use(store)
    } finally {
      await store.close()
    }
  }

  describe(`the store promise on ${name}`, () => {
    test('what one envelope appends is there together: seal, timeline, digests, original bytes, position, sign of life', () =>
      withStore(async (store) => {
        const result = await store.append(registration(), NOW)
        expect(result).toEqual({ outcome: 'APPENDED', recordedAt: NOW })
        const seal = (await store.seals([CODE, 'nobody'])).get(CODE)
        expect(seal).toMatchObject({ record: { ...record(CODE), registeredAt: NOW }, sealDigests: [digestOf('b')], heardAt: NOW })
        expect(seal?.timeline).toEqual([{ ...event('e-1', CODE).change, recordedAt: NOW }])
        expect(await store.original(digestOf('b'))).toEqual(Buffer.of(9))
        expect(await store.position('411728', 'main')).toEqual({ sequence: 1, digest: digestOf('e'), recordedAt: NOW })
        expect(await store.position('411728', 'other')).toBeNull()
      }))

    test('recordedAt rises strictly from commit to commit, even when the clock stands still or goes back', () =>
      withStore(async (store) => {
        const clocks = [NOW, NOW, NOW - 60_000, NOW + 5]
        const times = []
        for (const [index, clock] of clocks.entries()) {
          const result = await store.append(commit({ header: header(index + 1) }), clock)
          times.push(result.outcome === 'APPENDED' ? result.recordedAt : null)
        }
        expect(times).toEqual([NOW, NOW + 1, NOW + 2, NOW + 5])
      }))

    test.each([
      ['the position is taken', commit({ header: header(1, { messageId: 'other' }) })],
      ['the position leaves a gap', commit({ header: header(3) })],
      ['the message id is taken', commit({ header: header(2, { messageId: 'm-1' }) })],
      ['an event is there already', commit({ header: header(2), events: [event('new', CODE), event('e-1', CODE)] })],
      ['the seal is registered already', commit({ header: header(2), seals: [write(record(CODE))] })],
      ['the seal stands at another revision', commit({ header: header(2), seals: [write(record(CODE, { revision: 9 }), 8)] })],
      [
        'the seal is another platform’s',
        commit({ header: header(2), seals: [write(record(CODE, { platform: 'x', revision: 2 }), 1)] }),
      ],
    ])('a commit has MOVED and writes nothing when %s', (_, moved) =>
      withStore(async (store) => {
        await store.append(registration(), NOW)
        const before = await store.seals([CODE])
        const bytes = new Map([[digestOf('f'), Uint8Array.of(1)]])
        expect(await store.append({ ...moved, originals: bytes }, NOW + 10)).toEqual({ outcome: 'MOVED' })
        expect(await store.seals([CODE])).toEqual(before)
        expect(await store.original(digestOf('f'))).toBeNull()
        expect(await store.position('411728', 'main')).toMatchObject({ sequence: 1 })
        expect(await store.events('411728', ['new'])).toEqual(new Map())
      }),
    )

    test('a write that fails half way leaves nothing behind', () =>
      withStore(async (store) => {
        const twice = [event('e-1', CODE), event('e-1', CODE)]
        await expect(store.append(registration({ events: twice }), NOW)).rejects.toThrow()
        expect(await store.seals([CODE])).toEqual(new Map())
        expect(await store.position('411728', 'main')).toBeNull()
      }))

    test('several revisions in one envelope all leave their digest, and the last one stands', () =>
      withStore(async (store) => {
        const second = write(record(CODE, { revision: 2, sealDigest: digestOf('2') }), 1)
        await store.append(registration({ seals: [write(record(CODE)), second] }), NOW)
        const seal = (await store.seals([CODE])).get(CODE)
        expect(seal?.record).toMatchObject({ revision: 2, registeredAt: NOW })
        expect([...(seal?.sealDigests ?? [])].sort()).toEqual([digestOf('2'), digestOf('b')])
      }))

    test('two platforms may use one event id', () =>
      withStore(async (store) => {
        await store.append(registration(), NOW)
        const foreign: EventWrite = { ...event('e-1', '35012800000001'), platform: '350128' }
        expect(await store.append(commit({ header: header(1, { platform: '350128' }), events: [foreign] }), NOW)).toMatchObject({
          outcome: 'APPENDED',
        })
        expect((await store.events('411728', ['e-1'])).get('e-1')?.code).toBe(CODE)
        expect((await store.events('350128', ['e-1'])).get('e-1')?.code).toBe('35012800000001')
      }))

    test('an envelope is found by its position and by its message id, with its rows and, once kept, its receipt', () =>
      withStore(async (store) => {
        const rows = [{ row: 1, eventId: 'e-1', code: CODE, outcome: 'ADMITTED' as const, refusal: null }]
        await store.append(registration({ rows }), NOW)
        const stored = { header: header(1), digest: digestOf('e'), recordedAt: NOW, rows, receipt: null }
        expect(await store.envelope('411728', 'main', 1, 'other')).toEqual(stored)
        expect(await store.envelope('411728', 'other', 7, 'm-1')).toEqual(stored)
        expect(await store.envelope('411728', 'main', 2, 'other')).toBeNull()
        expect(await store.envelope('350128', 'main', 1, 'm-1')).toBeNull()
        expect(await store.keepReceipt(header(1), Uint8Array.of(1))).toEqual(Buffer.of(1))
        expect(await store.keepReceipt(header(1), Uint8Array.of(2))).toEqual(Buffer.of(1))
        expect(await store.envelope('411728', 'main', 1, '')).toMatchObject({ receipt: Buffer.of(1) })
      }))

    test('pages run through every seal of a scope once, in the order of division and code', () =>
      withStore(async (store) => {
        const codes = ['41172800000002', '41172800000001', '41170000000001', '41180000000001', '35012800000001']
        const platforms = new Map([['41172800000002', 'other']])
        const writes = codes.map((code) => write(record(code, { platform: platforms.get(code) ?? '411728' })))
        await store.append(commit({ seals: writes }), NOW)
        const read = async (scope: string, platform: string | null, limit: number) => {
          const found: string[] = []
          let after: { division: string; code: string } | null = null
          for (;;) {
            const page: readonly { record: SealRecord }[] = await store.page({ scope, platform, after, limit })
            found.push(...page.map((seal) => seal.record.code))
            after = page.at(-1)?.record ?? null
            if (after === null) return found
          }
        }
        const henan = ['41170000000001', '41172800000001', '41172800000002', '41180000000001']
        expect(await read('41', null, 1)).toEqual(henan)
        expect(await read('4117', null, 2)).toEqual(henan.slice(0, 3))
        expect(await read('', null, 10)).toEqual(['35012800000001', ...henan])
        expect(await read('', 'other', 10)).toEqual(['41172800000002'])
      }))

    test('notices are the published events, newest first, and pages of them neither repeat nor skip', () =>
      withStore(async (store) => {
        await store.append(registration(), NOW)
        const changes = [2, 3, 4].map((row) => event(`e-${row}`, CODE, { kind: 'SUSPENDED', sequence: row }))
        const hidden: EventWrite = { ...event('hidden', CODE, { kind: 'LOST', sequence: 9 }), published: false }
        await store.append(commit({ header: header(2), events: [...changes, hidden] }), NOW + 10)
        const ids = async (query: Parameters<SealStore['notices']>[0]) =>
          (await store.notices(query)).map(({ eventId }) => eventId)
        expect(await ids({ since: null, before: null, limit: 10 })).toEqual(['e-4', 'e-3', 'e-2', 'e-1'])
        expect(await ids({ since: NOW + 10, before: null, limit: 10 })).toEqual(['e-4', 'e-3', 'e-2'])
        expect(await ids({ since: null, before: { publishedAt: NOW + 10, row: 3 }, limit: 10 })).toEqual(['e-2', 'e-1'])
        expect(await ids({ since: null, before: null, limit: 1 })).toEqual(['e-4'])
      }))

    test('a digest keeps the moment it was first seen, and none is dropped when the table is full', () =>
      withStore(async (store) => {
        expect(await store.see(digestOf('1'), NOW, 2)).toBe(NOW)
        expect(await store.see(digestOf('1'), NOW + 5, 2)).toBe(NOW)
        expect(await store.see(digestOf('2'), NOW + 6, 2)).toBe(NOW + 6)
        expect(await store.see(digestOf('3'), NOW + 7, 2)).toBeNull()
        expect(await store.see(digestOf('1'), NOW + 8, 2)).toBe(NOW)
        expect(await store.firstSeen(digestOf('2'))).toBe(NOW + 6)
        expect(await store.firstSeen(digestOf('3'))).toBeNull()
      }))

    test('every kind of change comes back as it was written', () =>
      withStore(async (store) => {
        const kinds = fc.constantFrom(
          'SUSPENDED',
          'RESUMED',
          'LOST',
          'CANCELLED',
          'REVOKED',
          'INVALIDATED',
          'CORRECTED',
          'REGISTERED',
        )
        let sequence = 0
        await fc.assert(
          fc.asyncProperty(kinds, fc.integer(), fc.option(fc.integer()), async (kind, effectiveAt, originAt) => {
            sequence += 1
            const id = `${kind}-${sequence}`
            const written = event(id, CODE, { kind, effectiveAt, originAt, sequence, voids: kind === 'CORRECTED' ? 'e' : null })
            await store.append(commit({ header: header(sequence), events: [written] }), NOW + sequence)
            const read = (await store.events('411728', [id])).get(id)
            expect(read).toEqual({ code: CODE, digest: digestOf('d'), change: { ...written.change, recordedAt: NOW + sequence } })
          }),
          { numRuns: 40 },
        )
      }))
  })
}
