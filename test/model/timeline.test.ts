import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type SealChange, type SealChangeKind, type SealState, sealStatusAt } from '../../model/timeline.ts'

const KINDS: readonly SealChangeKind[] = [
  'REGISTERED',
  'SUSPENDED',
  'RESUMED',
  'LOST',
  'CANCELLED',
  'REVOKED',
  'INVALIDATED',
  'CORRECTED',
]

let serial = 0
/** An event with short times; every field can be given. */
function change(kind: SealChangeKind, effectiveAt: number, given: Partial<SealChange> = {}): SealChange {
  serial += 1
  const validity = kind === 'REGISTERED' ? { from: effectiveAt, until: 100 } : null
  const rest = { recordedAt: serial, originAt: null, sequence: serial, reason: null, voids: null }
  return { id: `e${serial}`, kind, effectiveAt, ...rest, validity, ...given }
}

const END = Number.MAX_SAFE_INTEGER
const stateAt = (timeline: readonly SealChange[], at: number, knownAt = END) => sealStatusAt(timeline, at, knownAt).state

/** Timelines of up to ten events in a small world of times, so that ties and overlaps are common. */
const timelines = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...KINDS),
      effectiveAt: fc.integer({ min: 0, max: 12 }),
      sequence: fc.integer({ min: 1, max: 6 }),
      from: fc.integer({ min: 0, max: 12 }),
      length: fc.option(fc.integer({ min: 0, max: 8 })),
      voids: fc.integer({ min: 0, max: 9 }),
    }),
    { maxLength: 10 },
  )
  .map((events): readonly SealChange[] =>
    events.map(({ kind, effectiveAt, sequence, from, length, voids }, index) => ({
      id: `e${index}`,
      kind,
      effectiveAt,
      recordedAt: 1 + Math.floor(index / 2),
      originAt: null,
      sequence,
      reason: kind === 'LOST' ? 'LOSS' : null,
      validity: kind === 'REGISTERED' ? { from, until: length === null ? null : from + length } : null,
      voids: kind === 'CORRECTED' ? `e${voids}` : null,
    })),
  )
const moments = fc.integer({ min: -1, max: 25 })
const knowledge = fc.integer({ min: 0, max: 6 })

describe('the fold', () => {
  test('the order in which events are held plays no part', () => {
    const shuffled = timelines.chain((timeline) =>
      fc.tuple(fc.constant(timeline), fc.shuffledSubarray([...timeline], { minLength: timeline.length })),
    )
    fc.assert(
      fc.property(shuffled, moments, knowledge, ([timeline, other], at, knownAt) => {
        expect(sealStatusAt(other, at, knownAt)).toEqual(sealStatusAt(timeline, at, knownAt))
      }),
    )
  })

  test('the order of arrival plays no part once everything is known', () => {
    fc.assert(
      fc.property(timelines, moments, (timeline, at) => {
        const reversed = timeline.map((event, index) => ({ ...event, recordedAt: timeline.length - index }))
        const [{ knownSince: _, ...first }, { knownSince: __, ...second }] = [
          sealStatusAt(timeline, at, END),
          sealStatusAt(reversed, at, END),
        ]
        expect(second).toEqual(first)
      }),
    )
  })

  test('later knowledge never changes an answer asked with an earlier knownAt', () => {
    fc.assert(
      fc.property(timelines, timelines, moments, knowledge, (timeline, later, at, knownAt) => {
        const added = later.map((event) => ({ ...event, id: `later-${event.id}`, recordedAt: knownAt + event.recordedAt }))
        expect(sealStatusAt([...timeline, ...added], at, knownAt)).toEqual(sealStatusAt(timeline, at, knownAt))
      }),
    )
  })

  test('the state is the same from since to until and another just outside', () => {
    fc.assert(
      fc.property(timelines, moments, knowledge, (timeline, at, knownAt) => {
        const { state, since, until } = sealStatusAt(timeline, at, knownAt)
        const from = since ?? -5
        const to = until ?? 40
        expect(from).toBeLessThanOrEqual(at)
        expect(to).toBeGreaterThanOrEqual(at)
        for (let moment = from; moment <= to; moment++) expect(stateAt(timeline, moment, knownAt)).toBe(state)
        if (since !== null) expect(stateAt(timeline, since - 1, knownAt)).not.toBe(state)
        if (until !== null) expect(stateAt(timeline, until + 1, knownAt)).not.toBe(state)
      }),
    )
  })

  test('from knownSince on the hub has answered with this state, and just before it did not', () => {
    fc.assert(
      fc.property(timelines, moments, knowledge, (timeline, at, knownAt) => {
        const { state, knownSince } = sealStatusAt(timeline, at, knownAt)
        for (let known = knownSince ?? -1; known <= knownAt; known++) expect(stateAt(timeline, at, known)).toBe(state)
        if (knownSince !== null) expect(stateAt(timeline, at, knownSince - 1)).not.toBe(state)
      }),
    )
  })

  test('no seal is active without a registration, known and not voided, whose validity holds at that moment', () => {
    fc.assert(
      fc.property(timelines, moments, knowledge, (timeline, at, knownAt) => {
        if (stateAt(timeline, at, knownAt) !== 'ACTIVE') return
        const holding = timeline.filter(
          ({ kind, validity, effectiveAt, recordedAt }) =>
            kind === 'REGISTERED' &&
            recordedAt <= knownAt &&
            effectiveAt <= at &&
            validity !== null &&
            validity.from <= at &&
            at <= (validity.until ?? END),
        )
        expect(holding.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('ends', () => {
  const ENDED: readonly SealState[] = ['CANCELLED', 'REVOKED', 'INVALID']

  test('an end stays an end at every later moment, whatever follows without correcting it', () => {
    const uncorrected = timelines.map((timeline) => timeline.filter(({ kind }) => kind !== 'CORRECTED'))
    fc.assert(
      fc.property(uncorrected, moments, fc.nat(20), (timeline, at, later) => {
        if (ENDED.includes(stateAt(timeline, at))) expect(ENDED).toContain(stateAt(timeline, at + later))
      }),
    )
  })

  test.each([
    ['RESUMED', 'CANCELLED'],
    ['REGISTERED', 'CANCELLED'],
    ['LOST', 'CANCELLED'],
    ['SUSPENDED', 'CANCELLED'],
    ['REVOKED', 'REVOKED'],
    ['INVALIDATED', 'INVALID'],
  ] as const)('%s after a cancellation gives %s', (kind, state) => {
    expect(stateAt([change('REGISTERED', 0), change('CANCELLED', 5), change(kind, 7)], 8)).toBe(state)
  })

  test('a cancellation dated before the registration still ends the seal', () => {
    expect(stateAt([change('REGISTERED', 5), change('CANCELLED', 3)], 8)).toBe('CANCELLED')
  })

  test('only a correction lifts an end, and the past as known before it stays', () => {
    const cancelled = change('CANCELLED', 5, { recordedAt: 10_001 })
    const timeline = [change('REGISTERED', 0), cancelled, change('CORRECTED', 5, { voids: cancelled.id, recordedAt: 10_002 })]
    expect(stateAt(timeline, 8)).toBe('ACTIVE')
    expect(stateAt(timeline, 8, 10_001)).toBe('CANCELLED')
    expect(sealStatusAt(timeline, 8, END).knownSince).toBe(10_002)
  })
})

describe('suspension and loss', () => {
  test('a resumption lifts a suspension and a loss', () => {
    const timeline = [change('REGISTERED', 0), change('SUSPENDED', 2), change('LOST', 4), change('RESUMED', 6)]
    expect([1, 3, 5, 7].map((at) => stateAt(timeline, at))).toEqual(['ACTIVE', 'SUSPENDED', 'LOST', 'ACTIVE'])
  })

  test('a resumption of a seal that was never registered gives no valid seal', () => {
    expect(stateAt([change('SUSPENDED', 2), change('RESUMED', 4)], 6)).toBe('UNREGISTERED')
  })

  test('a registration of new data lifts no suspension', () => {
    expect(stateAt([change('REGISTERED', 0), change('SUSPENDED', 2), change('REGISTERED', 4)], 6)).toBe('SUSPENDED')
  })

  test('events of one moment count in the order of their stream', () => {
    const timeline = [change('RESUMED', 2, { sequence: 9 }), change('SUSPENDED', 2, { sequence: 8 }), change('REGISTERED', 0)]
    expect(stateAt(timeline, 2)).toBe('ACTIVE')
  })

  test('the reason is that of the event which restricts the seal', () => {
    const timeline = [change('REGISTERED', 0), change('LOST', 4, { reason: 'LOSS' })]
    expect(sealStatusAt(timeline, 5, END)).toMatchObject({ state: 'LOST', reason: 'LOSS', since: 4, until: null })
    expect(sealStatusAt(timeline, 3, END)).toMatchObject({ state: 'ACTIVE', reason: null, since: 0, until: 3 })
  })
})

describe('the calendar', () => {
  test('a seal outside its validity is not yet valid or expired, both ends of the validity included', () => {
    const timeline = [change('REGISTERED', 0, { validity: { from: 5, until: 9 } })]
    const states = [-1, 0, 4, 5, 9, 10].map((at) => stateAt(timeline, at))
    expect(states).toEqual(['UNREGISTERED', 'NOT_YET_VALID', 'NOT_YET_VALID', 'ACTIVE', 'ACTIVE', 'EXPIRED'])
  })

  test('a renewal before the end keeps the seal active without a break', () => {
    const timeline = [
      change('REGISTERED', 0, { validity: { from: 0, until: 9 } }),
      change('REGISTERED', 7, { validity: { from: 8, until: 20 } }),
    ]
    expect(sealStatusAt(timeline, 8, END)).toMatchObject({ state: 'ACTIVE', since: 0, until: 20 })
    expect(stateAt(timeline, 7)).toBe('ACTIVE')
  })

  test('between the end of one validity and the beginning of the renewed one the seal is expired', () => {
    const timeline = [
      change('REGISTERED', 0, { validity: { from: 0, until: 9 } }),
      change('REGISTERED', 7, { validity: { from: 15, until: 20 } }),
    ]
    expect(sealStatusAt(timeline, 11, END)).toMatchObject({ state: 'EXPIRED', since: 10, until: 14 })
    expect(sealStatusAt(timeline, 15, END)).toMatchObject({ state: 'ACTIVE', since: 15, until: 20 })
  })

  test('a renewal that shortens the validity counts from its beginning', () => {
    const timeline = [
      change('REGISTERED', 0, { validity: { from: 0, until: 20 } }),
      change('REGISTERED', 5, { validity: { from: 5, until: 9 } }),
    ]
    expect(stateAt(timeline, 10)).toBe('EXPIRED')
  })
})

describe('corrections', () => {
  test('a timeline with a voided event folds like one that never had it', () => {
    const plain = timelines.map((timeline) => timeline.filter(({ kind }) => kind !== 'CORRECTED'))
    fc.assert(
      fc.property(plain, moments, fc.nat(9), (timeline, at, index) => {
        const voided = timeline[index]
        if (voided === undefined) return
        const correction = change('CORRECTED', 0, { voids: voided.id, recordedAt: 50 })
        const { knownSince: _, ...corrected } = sealStatusAt([...timeline, correction], at, END)
        const { knownSince: __, ...without } = sealStatusAt(
          timeline.filter((event) => event !== voided),
          at,
          END,
        )
        expect(corrected).toEqual(without)
      }),
    )
  })

  test('a correction that is itself corrected voids nothing', () => {
    const cancelled = change('CANCELLED', 5)
    const first = change('CORRECTED', 5, { voids: cancelled.id })
    const second = change('CORRECTED', 5, { voids: first.id })
    expect(stateAt([change('REGISTERED', 0), cancelled, first], 8)).toBe('ACTIVE')
    expect(stateAt([change('REGISTERED', 0), cancelled, first, second], 8)).toBe('CANCELLED')
  })

  test('corrections that void each other void nothing else', () => {
    const cancelled = change('CANCELLED', 5)
    const ring = [change('CORRECTED', 5, { id: 'a', voids: 'b' }), change('CORRECTED', 5, { id: 'b', voids: 'a' })]
    expect(stateAt([change('REGISTERED', 0), cancelled, ...ring], 8)).toBe('CANCELLED')
  })

  test('a correction of an event of nobody changes nothing', () => {
    expect(stateAt([change('REGISTERED', 0), change('CORRECTED', 5, { voids: 'nobody' })], 8)).toBe('ACTIVE')
  })
})

test('a thousand events of one seal are folded without effort', () => {
  const timeline = Array.from({ length: 1000 }, (_, i) => change(i % 2 === 0 ? 'REGISTERED' : 'SUSPENDED', i))
  expect(stateAt(timeline, 2000)).toBe('SUSPENDED')
})
