import { expect, test } from 'vitest'
import type { DistrustFacts } from '../../../model/facts.ts'
import { sealFacts } from '../../../model/sealed-facts.ts'
import { SILENT } from '../../../runtime/log.ts'
import { type ImpactQuestion, type ImpactSlice, sealImpact } from '../../../subgraphs/seals/seal-impact.ts'
import { FACTS_KEY, NOW } from './member.ts'

const FINGERPRINT = 'ab'.repeat(32)
const CA = { name: 'ca', keyIdentifier: 'aa' }

function ask(
  { slices = [], unread = 0 }: { slices?: readonly ImpactSlice[]; unread?: number },
  facts: Partial<DistrustFacts> | string | null,
  { now = NOW, signal }: { now?: number; signal?: AbortSignal } = {},
) {
  const asked: ImpactQuestion[] = []
  const store = {
    impact: async function* (question: ImpactQuestion) {
      asked.push(question)
      yield* slices
    },
    unread: async () => unread,
  }
  const label = { producer: 'certificates', type: 'DistrustFacts', entityId: FINGERPRINT, producedAt: NOW } as const
  const told = { digests: [], authorities: [CA], complete: true }
  const distrustFacts = typeof facts === 'string' || facts === null ? facts : sealFacts(label, { ...told, ...facts }, FACTS_KEY)
  const asking = { caller: { id: 'operator', scopes: [] }, load: async () => null, signal }
  const room = { store, now: () => now, factsKey: FACTS_KEY, log: SILENT }
  const answer = sealImpact({ fingerprint: FINGERPRINT, from: '2026-01-01T00:00:00Z', distrustFacts }, asking, room)
  return { answer, asked }
}

const slice = (given: Partial<ImpactSlice['counts'][number]>, unknown = 0): ImpactSlice => {
  const counted = { platform: 'p', division: '411728', class: 'PUBLIC', maker: null, number: 1, madeSince: 0, ...given } as const
  return { counts: [counted], sample: [], unknown }
}

test('what is asked of the store is the certificate by every digest, and the authorities told', async () => {
  const { answer, asked } = ask({}, { digests: [FINGERPRINT, 'sm3'] })
  expect((await answer).gaps).toEqual([])
  expect(asked).toEqual([{ digests: [FINGERPRINT, 'sm3'], authorities: [CA], from: Date.UTC(2026, 0, 1) }])
})

test('every reason why a count may be short is told', async () => {
  expect((await ask({ unread: 3 }, { complete: false }).answer).gaps).toEqual(['AUTHORITIES_CUT', 'SEALS_UNREAD'])
  expect((await ask({}, null).answer).gaps).toEqual(['AUTHORITIES_UNKNOWN'])
})

test('facts that were forged or are stale count as none, and the certificate itself is still asked about', async () => {
  for (const { answer, asked } of [ask({}, 'f1.e30.AAAA'), ask({}, {}, { now: NOW + 3_600_000 })]) {
    expect((await answer).gaps).toEqual(['AUTHORITIES_UNKNOWN'])
    expect(asked).toMatchObject([{ digests: [FINGERPRINT], authorities: [] }])
  }
})

test('slices add up, the most seals first', async () => {
  const slices = [
    slice({ maker: 'm' }),
    slice({ maker: 'm', madeSince: 1, division: '411700' }),
    slice({ division: '411700' }, 2),
  ]
  expect(await ask({ slices }, {}).answer).toMatchObject({
    number: 3,
    madeSince: 1,
    makers: 1,
    unknown: 2,
    platforms: [{ key: 'p', number: 3, madeSince: 1 }],
    divisions: [
      { key: '411700', number: 2, madeSince: 1 },
      { key: '411728', number: 1, madeSince: 0 },
    ],
  })
})

test('of a certificate that issues nothing its digests tell which seals list it: nothing is unknown', async () => {
  expect(await ask({ slices: [slice({}, 7)] }, { authorities: [] }).answer).toMatchObject({ number: 1, unknown: 0 })
  expect(await ask({ slices: [slice({}, 7)] }, null).answer).toMatchObject({ number: 1, unknown: 7 })
})

test('at most 500 divisions are told, and all of them counted', async () => {
  const slices = Array.from({ length: 501 }, (_, i) => slice({ division: String(410000 + i), number: i === 500 ? 2 : 1 }))
  const { number, divisions } = await ask({ slices }, {}).answer
  expect([number, divisions.length, divisions[0]?.key]).toEqual([502, 500, '410500'])
})

test('counting ends when nobody waits for the answer', async () => {
  const { answer } = ask({ slices: [slice({})] }, {}, { signal: AbortSignal.abort() })
  await expect(answer).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
