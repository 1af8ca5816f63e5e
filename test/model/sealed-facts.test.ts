import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FACTS_LIFETIME_MS, openFacts, sealFacts } from '../../model/sealed-facts.ts'

const KEY = new Uint8Array(32).fill(7)
const NOW = Date.UTC(2026, 10, 21)
const LABEL = { producer: 'seals', type: 'SealFacts', entityId: '32050000011053', producedAt: NOW } as const
const EXPECTED = { producer: 'seals', type: 'SealFacts', entityId: '32050000011053' } as const
const refused = expect.objectContaining({ code: 'FACTS_REFUSED' })

test('facts opened are the facts sealed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (content) => {
      const opened = openFacts<unknown>(sealFacts(LABEL, content, KEY), EXPECTED, NOW, KEY)
      expect(opened).toEqual(JSON.parse(JSON.stringify(content)))
    }),
  )
})

test('any one changed character is refused', () => {
  const sealed = sealFacts(LABEL, { state: 'ACTIVE' }, KEY)
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.constantFrom(...'AZaz09-_.'), (index, character) => {
      if (sealed[index] === character) return
      const forged = sealed.slice(0, index) + character + sealed.slice(index + 1)
      expect(() => openFacts(forged, EXPECTED, NOW, KEY)).toThrow(refused)
    }),
  )
})

describe('genuine facts are refused', () => {
  const sealed = sealFacts(LABEL, {}, KEY)
  test.each([
    ['of another producer', { ...EXPECTED, producer: 'trust' as const }],
    ['of another type', { ...EXPECTED, type: 'PathFacts' }],
    ['about another entity', { ...EXPECTED, entityId: '32050000011054' }],
  ])('%s', (_, expected) => expect(() => openFacts(sealed, expected, NOW, KEY)).toThrow(refused))

  test('under another key', () => expect(() => openFacts(sealed, EXPECTED, NOW, new Uint8Array(32))).toThrow(refused))
  test('when stale', () => expect(() => openFacts(sealed, EXPECTED, NOW + FACTS_LIFETIME_MS + 1, KEY)).toThrow(refused))
  test('when dated in the future', () => expect(() => openFacts(sealed, EXPECTED, NOW - 60_000, KEY)).toThrow(refused))
  test('unless the caller grants them a longer life', () => {
    expect(openFacts(sealed, { ...EXPECTED, lifetime: 600_000 }, NOW + 599_000, KEY)).toEqual({})
  })
})

test.each(['', 'f1', 'f1..', 'f0.e30.x', '...', 'f1.e30.x.y'])('%j is refused as malformed', (text) => {
  expect(() => openFacts(text, EXPECTED, NOW, KEY)).toThrow(refused)
})

test('genuine facts with a part too many, or longer than four million characters, are refused', () => {
  const sealed = sealFacts(LABEL, {}, KEY)
  expect(() => openFacts(`${sealed}.`, EXPECTED, NOW, KEY)).toThrow(refused)
  expect(() => openFacts(`f2${sealed.slice(2)}`, EXPECTED, NOW, KEY)).toThrow(refused)
  const long = sealFacts(LABEL, 'x'.repeat(4 * 1024 * 1024), KEY)
  expect(() => openFacts(long, EXPECTED, NOW, KEY)).toThrow(refused)
})

test('facts live for a minute, and may be five seconds ahead', () => {
  const sealed = sealFacts(LABEL, {}, KEY)
  expect(openFacts(sealed, EXPECTED, NOW + FACTS_LIFETIME_MS, KEY)).toEqual({})
  expect(openFacts(sealed, EXPECTED, NOW - 5_000, KEY)).toEqual({})
  expect(() => openFacts(sealed, EXPECTED, NOW - 5_001, KEY)).toThrow(refused)
})

test('a key under 32 bytes is refused: the hub then has no facts', () => {
  expect(() => sealFacts(LABEL, {}, new Uint8Array(31))).toThrow(expect.objectContaining({ code: 'UNAVAILABLE' }))
})
