import { expect, test } from 'vitest'
import type { MemberFacts } from '../../../model/facts.ts'
import { openFacts } from '../../../model/sealed-facts.ts'
import { parseInstant } from '../../../model/time.ts'
import { memberFactsOf, STANDING_MS, sealedMemberFacts } from '../../../subgraphs/trust/member.ts'
import { trustSnapshot } from '../../../subgraphs/trust/snapshot.ts'
import { serviceOf } from './world-lists.ts'

const CERTIFICATE = 'f0'.repeat(32)
const NOW = parseInstant('2025-06-01')
const PLATFORM = serviceOf('PLATFORM', CERTIFICATE, { scope: '411728', from: '2025-01-01', until: '2026-01-01' }, '411728')

function standing(platform = '411728', certificate = CERTIFICATE, now = NOW, service = PLATFORM): MemberFacts | null {
  return memberFactsOf(trustSnapshot([service]), platform, certificate, now)
}

test('a platform listed with this certificate has standing for ten minutes, in its scope', () => {
  expect(standing()).toEqual({
    platform: '411728',
    certificate: CERTIFICATE,
    scope: '411728',
    span: PLATFORM.span,
    standingUntil: NOW + STANDING_MS,
  })
})

test.each([
  ['another platform speaks with this certificate', standing('411700')],
  ['the certificate is another one', standing('411728', 'e0'.repeat(32))],
  ['its time has not come', standing('411728', CERTIFICATE, parseInstant('2024-12-31'))],
  ['its time is over', standing('411728', CERTIFICATE, parseInstant('2026-01-02'))],
  ['the certificate is listed in another role', standing('maker', CERTIFICATE, NOW, serviceOf('MAKER', CERTIFICATE, {}))],
])('there is no standing when %s', (_, facts) => {
  expect(facts).toBeNull()
})

test('standing ends no later than the listing', () => {
  const end = parseInstant('2026-01-01')
  expect(standing('411728', CERTIFICATE, end - 1000)?.standingUntil).toBe(end)
})

test('sealed, it opens for its platform and for no other, and not with another key', () => {
  const key = new Uint8Array(32).fill(7)
  const facts = standing()
  if (facts === null) throw new TypeError('no standing')
  const sealed = sealedMemberFacts(facts, NOW, key)
  const expected = { producer: 'trust', type: 'MemberFacts', entityId: '411728' } as const
  expect(openFacts(sealed, expected, NOW, key)).toEqual(facts)
  expect(() => openFacts(sealed, { ...expected, entityId: '411700' }, NOW, key)).toThrow(
    expect.objectContaining({ code: 'FACTS_REFUSED' }),
  )
  expect(() => openFacts(sealed, expected, NOW, new Uint8Array(32))).toThrow(expect.objectContaining({ code: 'FACTS_REFUSED' }))
})
