import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ENVELOPE_LIMITS, type EnvelopeEvent, type EnvelopeHeader, eventSequence } from '../../model/envelope.ts'
import { formatEnvelope, parseEnvelope } from '../../model/envelope-format.ts'
import { SEAL_CHANGE_REASONS } from '../../model/timeline.ts'
import { codeOf } from '../support/code.ts'

const HEADER: EnvelopeHeader = {
  platform: '411728',
  stream: 'main',
  sequence: 1,
  messageId: 'm-1',
  createdAt: Date.UTC(2026, 10, 21),
  previous: null,
}
const SUSPENDED: EnvelopeEvent = {
  type: 'SUSPENDED',
  eventId: 'e-1',
  code: '41172800000001',
  effectiveAt: 5,
  originAt: null,
  reason: 'LOSS',
}

const instants = fc.integer({ min: 0, max: Date.UTC(2100, 0) })
const ids = fc.stringMatching(/^[!-~]{1,64}$/)
const common = { eventId: ids, code: ids, effectiveAt: instants, originAt: fc.option(instants) }
const reasons = fc.option(fc.constantFrom(...SEAL_CHANGE_REASONS))
const divisions = fc.stringMatching(/^\d{6}$/)
const events: fc.Arbitrary<EnvelopeEvent> = fc.oneof(
  fc.record({
    ...common,
    type: fc.constant('SEAL_REGISTERED' as const),
    revision: fc.nat(2_147_483_647),
    seal: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    owner: fc.option(
      fc.record({
        name: fc.string({ minLength: 1, maxLength: 200 }).filter((name) => name.isWellFormed()),
        creditCode: fc.option(fc.string({ minLength: 18, maxLength: 18, unit: 'grapheme-ascii' })),
        division: fc.option(divisions),
      }),
    ),
    issuedBy: fc.option(divisions),
  }),
  fc.record({
    ...common,
    type: fc.constantFrom('SUSPENDED', 'RESUMED', 'LOST', 'CANCELLED', 'REVOKED', 'INVALIDATED'),
    reason: reasons,
  }),
  fc.record({ ...common, type: fc.constant('CORRECTED' as const), reason: reasons, voids: ids }),
)

test('an envelope parsed is the envelope formatted', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 5 }), (list) => {
      const { header, rows } = parseEnvelope(formatEnvelope(HEADER, list))
      expect(header).toEqual(HEADER)
      expect(rows).toEqual(list.map((event, index) => ({ row: index + 1, event })))
    }),
  )
})

test('the same events give the same bytes', () => {
  const { type, ...rest } = SUSPENDED
  const reordered: EnvelopeEvent = { ...rest, type } as EnvelopeEvent
  expect(formatEnvelope(HEADER, [reordered])).toEqual(formatEnvelope(HEADER, [SUSPENDED]))
})

test('an envelope without events is a sign of life', () => {
  expect(parseEnvelope(formatEnvelope(HEADER, [])).rows).toEqual([])
})

function withLines(...lines: readonly string[]) {
  const [first = ''] = Buffer.from(formatEnvelope(HEADER, [])).toString().split('\n')
  return parseEnvelope(Buffer.from([first, ...lines].join('\n')))
}

describe('a bad row is refused and harms no other', () => {
  const good =
    Buffer.from(formatEnvelope(HEADER, [SUSPENDED]))
      .toString()
      .split('\n')[1] ?? ''
  const changed = (members: object) => JSON.stringify({ ...JSON.parse(good), ...members })
  test.each([
    ['no JSON', '{'],
    ['an empty line', ''],
    ['of another type', '[]'],
    ['nested deeply', '['.repeat(100_000)],
    ['of an unknown kind', changed({ type: 'EXPLODED' })],
    ['with a word nobody knows', changed({ extra: 1 })],
    ['with a reason nobody knows', changed({ reason: 'MOOD' })],
    ['without an id', changed({ eventId: undefined })],
    ['with an id of blanks', changed({ eventId: 'e 1' })],
    ['with a time without a zone', changed({ effectiveAt: '2026-11-21T00:00:00' })],
    ['with a day that is none', changed({ effectiveAt: '2026-02-30T00:00:00Z' })],
    ['with a time too exact', changed({ effectiveAt: '2026-02-20T00:00:00.123456Z' })],
    ['with a seal that is no base64', changed({ type: 'SEAL_REGISTERED', revision: 1, seal: '=', reason: undefined })],
    ['with half a revision', changed({ type: 'SEAL_REGISTERED', revision: 1.5, seal: 'AAAA', reason: undefined })],
    ['with __proto__', '{"__proto__":{"type":"SUSPENDED"}}'],
  ])('%s', (_, line) => {
    const [bad, next] = withLines(line, good).rows
    expect(bad).toMatchObject({ row: 1, refusal: { code: 'BAD_INPUT' } })
    expect(next).toEqual({ row: 2, event: SUSPENDED })
  })

  test('too long', () => {
    const [bad, next] = withLines(changed({ reason: 'X'.repeat(ENVELOPE_LIMITS.line) }), good).rows
    expect(bad).toMatchObject({ row: 1, refusal: { code: 'TOO_LARGE' } })
    expect(next).toMatchObject({ row: 2, event: SUSPENDED })
  })

  test('a refused row gives back the names it has, so that its sender can find it', () => {
    expect(withLines(changed({ reason: 'MOOD' })).rows[0]).toMatchObject({ eventId: 'e-1', code: '41172800000001' })
  })
})

describe('a bad envelope is refused whole', () => {
  const header = (members: object) =>
    Buffer.from(JSON.stringify({ format: 'sealhub-envelope-1', ...HEADER, createdAt: '2026-11-21T00:00:00Z', ...members }))
  test('the header it is made from is taken', () => expect(parseEnvelope(header({})).header).toEqual(HEADER))
  test.each([
    ['empty', new Uint8Array(), 'UNREADABLE'],
    ['not UTF-8', Uint8Array.of(0xff, 0xfe), 'UNREADABLE'],
    ['without a format', header({ format: undefined }), 'UNREADABLE'],
    ['of another format', header({ format: 'sealhub-envelope-2' }), 'UNREADABLE'],
    ['with sequence 0', header({ sequence: 0 }), 'UNREADABLE'],
    ['with a sequence as text', header({ sequence: '1' }), 'UNREADABLE'],
    ['with a previous digest cut off', header({ previous: 'abc' }), 'UNREADABLE'],
    ['with a word nobody knows', header({ admin: true }), 'UNREADABLE'],
    ['over 10 MiB', new Uint8Array(ENVELOPE_LIMITS.bytes + 1), 'TOO_LARGE'],
    ['with too many lines', Buffer.concat([header({}), Buffer.from('\n'.repeat(ENVELOPE_LIMITS.events + 2))]), 'TOO_LARGE'],
    ['of line ends only', Buffer.from('\n'.repeat(ENVELOPE_LIMITS.bytes)), 'TOO_LARGE'],
  ])('%s', (_, bytes, code) => expect(codeOf(() => parseEnvelope(bytes))).toBe(code))
})

test('whatever comes in, parsing ends in an envelope or in a coded refusal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect([null, 'UNREADABLE', 'TOO_LARGE']).toContain(codeOf(() => parseEnvelope(bytes)))
    }),
  )
})

test('events are ordered by envelope, then by row', () => {
  expect(eventSequence(2, 1)).toBeGreaterThan(eventSequence(1, ENVELOPE_LIMITS.events))
  expect(Number.isSafeInteger(eventSequence(2_147_483_647, ENVELOPE_LIMITS.events))).toBe(true)
})
