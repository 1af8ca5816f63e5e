import { describe, expect, test } from 'vitest'
import type { Contact } from '../../../../model/facts.ts'
import { type Instant, parseInstant } from '../../../../model/time.ts'
import { caseOf } from '../../../../subgraphs/trust/judge/case.ts'
import { registrationFreshness } from '../../../../subgraphs/trust/judge/registration.ts'
import { evidenceOf, questionOf } from '../ask.ts'
import { WELL } from '../world.ts'
import { sealFactsOf } from '../world-facts.ts'

const HOUR = 60 * 60_000
const at = (date: string): Instant => parseInstant(date)
const SILENCE = { from: at('2025-06-01'), until: at('2025-06-10') }
const CONTACT: Contact = { since: at('2025-01-01'), silences: [SILENCE], bound: 24 * HOUR }

function freshness(knownAt: string | null, changes: { heard?: string | null; contact?: Contact | null } = {}) {
  const { heard = '2025-12-31', contact = CONTACT } = changes
  const { registration } = sealFactsOf(WELL)
  if (registration === null) throw new TypeError('the seal of the world is registered')
  const { contact: _, ...others } = registration
  const question = questionOf({ ...WELL, knownAt })
  const matter = caseOf(evidenceOf(WELL), question, [question.now], question.now)
  const heardAt = heard === null ? null : at(heard)
  return registrationFreshness(matter, { ...others, heardAt, ...(contact && { contact }) })
}

describe('how fresh the word of a platform is', () => {
  test('goes by when it was last heard, where all that is known counts', () => {
    expect(freshness(null)).toEqual({ kind: 'FRESH', age: 12 * HOUR, bound: 24 * HOUR })
    expect(freshness(null, { heard: '2025-12-30' })).toMatchObject({ kind: 'STALE', age: 36 * HOUR })
    expect(freshness(null, { heard: null }).kind).toBe('UNKNOWN')
    expect(freshness(null, { contact: null }).kind).toBe('FRESH')
  })

  test('goes by how long it had been silent at the moment of knowledge', () => {
    expect(freshness('2025-05-31').kind).toBe('FRESH')
    expect(freshness('2025-06-02').kind).toBe('FRESH')
    expect(freshness('2025-06-02T00:01Z')).toMatchObject({ kind: 'STALE', age: 24 * HOUR + 60_000 })
    expect(freshness('2025-06-09T23:59Z').kind).toBe('STALE')
    expect(freshness('2025-06-10').kind).toBe('FRESH')
  })

  test('counts the silence that goes on still', () => {
    expect(freshness('2025-12-31T11:00Z', { heard: '2025-12-31' }).kind).toBe('FRESH')
    expect(freshness('2025-12-31T11:00Z', { heard: '2025-12-30' })).toMatchObject({ kind: 'STALE', age: 35 * HOUR })
  })

  test('is unknown where nobody kept how it was heard then, or only by a longer bound', () => {
    expect(freshness('2025-05-31', { contact: null }).kind).toBe('UNKNOWN')
    expect(freshness('2024-12-31').kind).toBe('UNKNOWN')
    expect(freshness('2025-01-01').kind).toBe('FRESH')
    expect(freshness('2025-05-31', { contact: { ...CONTACT, bound: 25 * HOUR } }).kind).toBe('UNKNOWN')
    expect(freshness('2025-05-31', { heard: null }).kind).toBe('UNKNOWN')
  })
})
