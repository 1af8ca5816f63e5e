import { expect, test } from 'vitest'
import type { Span } from '../../../../model/time.ts'
import { validitiesAgree } from '../../../../subgraphs/trust/judge/time.ts'
import { WELL } from '../world.ts'
import { pathFactsOf, sealFactsOf } from '../world-facts.ts'

const { seal } = sealFactsOf(WELL)
const [certificate] = pathFactsOf(WELL).certificates
const DAY = 24 * 60 * 60_000

function outcomeOf(ofSeal: Span, ofCertificate: Span) {
  if (!seal || !certificate) throw new TypeError('the world has a seal and certificates')
  const { outcome, detail } = validitiesAgree({ ...seal, validity: ofSeal }, { ...certificate, validity: ofCertificate }, 'seal')
  expect(detail === undefined).toBe(outcome === 'PASSED')
  return outcome
}

test('seal and certificate are valid for the same time where neither end differs by more than a day', () => {
  const span = { from: 10 * DAY, until: 20 * DAY }
  for (const shift of [0, DAY, -DAY]) {
    expect(outcomeOf({ ...span, from: span.from + shift }, span)).toBe('PASSED')
    expect(outcomeOf({ ...span, until: span.until + shift }, span)).toBe('PASSED')
  }
  for (const shift of [DAY + 1, -DAY - 1]) {
    expect(outcomeOf({ ...span, from: span.from + shift }, span)).toBe('NOTE')
    expect(outcomeOf({ ...span, until: span.until + shift }, span)).toBe('NOTE')
  }
})

test('one that has no end is not valid for the same time as one that has', () => {
  const [open, ending] = [
    { from: 0, until: null },
    { from: 0, until: DAY / 2 },
  ]
  expect(outcomeOf(open, open)).toBe('PASSED')
  expect(outcomeOf(open, ending)).toBe('NOTE')
  expect(outcomeOf(ending, open)).toBe('NOTE')
})
