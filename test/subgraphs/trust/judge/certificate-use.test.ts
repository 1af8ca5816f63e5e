import { expect, test } from 'vitest'
import type { Span } from '../../../../model/time.ts'
import { notAfterOf, validityAt } from '../../../../subgraphs/trust/judge/certificate-use.ts'
import { WELL } from '../world.ts'
import { pathFactsOf } from '../world-facts.ts'

const [SOME] = pathFactsOf(WELL).certificates

function certificate(validity: Span) {
  if (!SOME) throw new TypeError('the world has certificates')
  return { ...SOME, validity }
}

const outcomeAt = (validity: Span, moment: number) => {
  const { outcome, weighs } = validityAt('certificate', certificate(validity), moment)
  return weighs ?? outcome
}

test('both ends of its validity belong to a certificate', () => {
  const span = { from: 10, until: 20 }
  expect([9, 10, 20, 21].map((moment) => outcomeAt(span, moment))).toEqual(['NOT_YET_VALID', 'PASSED', 'PASSED', 'EXPIRED'])
  expect(notAfterOf(certificate(span))).toBe(20)
})

test('a certificate without an end never expires, and begins none the earlier', () => {
  const open = { from: 10, until: null }
  expect([9, 10, Number.MAX_SAFE_INTEGER].map((moment) => outcomeAt(open, moment))).toEqual(['NOT_YET_VALID', 'PASSED', 'PASSED'])
  expect(notAfterOf(certificate(open))).toBe(Number.MAX_SAFE_INTEGER)
})
