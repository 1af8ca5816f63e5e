import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  countingFor,
  EVIDENCE_CLOCK_SKEW_MS,
  type RevocationEntry,
  type RevocationEvidence,
  type RevocationReason,
  revocationAt,
  revokedSince,
} from '../../model/revocation.ts'

const DAY = 86_400_000
const day = (count: number) => count * DAY
const NOT_AFTER = day(100)
const EVER = Number.MAX_SAFE_INTEGER

/** A weekly CRL of day `issued`, recorded on arrival, listing the certificate or not. */
function crl(
  issued: number,
  entry: RevocationEntry | null = null,
  changes: Partial<RevocationEvidence> = {},
): RevocationEvidence {
  return {
    kind: 'CRL',
    source: 'CN=CA',
    digest: `d${issued}`,
    thisUpdate: day(issued),
    nextUpdate: day(issued + 7),
    recordedAt: day(issued),
    entry,
    ...changes,
  }
}

function revoked(on: number, reason: RevocationReason = 'keyCompromise', invalidityDate: number | null = null): RevocationEntry {
  return { revokedAt: day(on), reason, invalidityDate: invalidityDate === null ? null : day(invalidityDate) }
}

const at = (moment: number, ...evidence: RevocationEvidence[]) => revocationAt(evidence, NOT_AFTER, day(moment), EVER)

test('without evidence the answer is unknown', () => {
  expect(at(5)).toEqual({ status: 'UNKNOWN', because: 'NO_EVIDENCE', newest: null })
})

test('a CRL clears every moment up to its next update', () => {
  expect(at(3, crl(10)).status).toBe('GOOD')
  expect(at(17, crl(10)).status).toBe('GOOD')
  expect(at(17.01, crl(10))).toMatchObject({ status: 'UNKNOWN', because: 'STALE' })
})

test('a CRL without next update clears only the moments before it', () => {
  const openEnded = crl(10, null, { nextUpdate: null })
  expect(at(10, openEnded).status).toBe('GOOD')
  expect(at(11, openEnded)).toMatchObject({ status: 'UNKNOWN', because: 'STALE' })
})

test('a CRL issued after the certificate expired clears nothing, for it need not list it any more', () => {
  expect(at(50, crl(101))).toMatchObject({ status: 'UNKNOWN', because: 'NOT_COVERED' })
  expect(at(102, crl(101))).toMatchObject({ status: 'UNKNOWN', because: 'NOT_COVERED' })
  expect(at(50, crl(100)).status).toBe('GOOD')
})

test('a CRL issued after expiry that does list the certificate still revokes it, and clears the moments before', () => {
  expect(at(50, crl(101, revoked(40))).status).toBe('REVOKED')
  expect(at(30, crl(101, revoked(40)))).toMatchObject({ status: 'GOOD', revokedLater: { revokedAt: day(40) } })
})

test('a revocation counts from its date on, and is named to whoever asks about the time before', () => {
  const evidence = [crl(10), crl(17, revoked(12))]
  expect(at(12, ...evidence)).toMatchObject({ status: 'REVOKED', since: day(12) })
  expect(at(11, ...evidence)).toMatchObject({ status: 'GOOD', revokedLater: { revokedAt: day(12) } })
})

test('an invalidity date before the revocation date is when the revocation counts from', () => {
  const evidence = [crl(10), crl(17, revoked(12, 'keyCompromise', 4))]
  expect(at(5, ...evidence)).toMatchObject({ status: 'REVOKED', since: day(4), entry: { revokedAt: day(12) } })
  expect(at(3, ...evidence)).toMatchObject({ status: 'GOOD', revokedLater: { invalidityDate: day(4) } })
})

test('a revocation dated after its CRL clears no moment that the CRL does not cover', () => {
  const announced = crl(10, revoked(60))
  expect(at(12, announced)).toMatchObject({ status: 'GOOD', revokedLater: { revokedAt: day(60) } })
  expect(at(30, announced)).toMatchObject({ status: 'UNKNOWN', because: 'STALE' })
  expect(at(60, announced).status).toBe('REVOKED')
})

test('a permanent revocation stands although a later CRL leaves it out', () => {
  expect(at(20, crl(10, revoked(9)), crl(17)).status).toBe('REVOKED')
})

test('a hold counts until the first later CRL without it, and the moments inside it stay revoked', () => {
  const evidence = [crl(10, revoked(9, 'certificateHold')), crl(17), crl(24)]
  expect(at(8, ...evidence)).toMatchObject({ status: 'GOOD', revokedLater: null })
  expect(at(9, ...evidence).status).toBe('REVOKED')
  expect(at(16, ...evidence).status).toBe('REVOKED')
  expect(at(17, ...evidence).status).toBe('GOOD')
})

test('a hold is lifted by removeFromCRL', () => {
  const lifted = crl(17, revoked(16, 'removeFromCRL'))
  expect(at(18, crl(10, revoked(9, 'certificateHold')), lifted)).toMatchObject({ status: 'GOOD', revokedLater: null })
})

test('a hold not lifted counts without end, even past the next update', () => {
  expect(at(90, crl(10, revoked(9, 'certificateHold')))).toMatchObject({
    status: 'REVOKED',
    entry: { reason: 'certificateHold' },
  })
})

test('a hold is not lifted by a CRL issued after the certificate expired', () => {
  expect(at(99, crl(95, revoked(94, 'certificateHold')), crl(102)).status).toBe('REVOKED')
})

test('a hold that became a revocation counts from the hold', () => {
  expect(at(10, crl(10, revoked(9, 'certificateHold')), crl(17, revoked(15)))).toMatchObject({ status: 'REVOKED' })
  expect(at(20, crl(10, revoked(9, 'certificateHold')), crl(17, revoked(15)))).toMatchObject({ status: 'REVOKED' })
})

test('a CRL dated ahead of its arrival clears nothing, but what it revokes is revoked', () => {
  expect(at(12, crl(40, null, { recordedAt: day(10) }))).toMatchObject({ status: 'UNKNOWN', because: 'NOT_COVERED' })
  expect(at(12, crl(40, revoked(11), { recordedAt: day(10) })).status).toBe('REVOKED')
})

test('a newer CRL of the same issuer replaces an older one that promised to last longer', () => {
  const lasting = crl(10, null, { nextUpdate: day(60) })
  const short = crl(12, null, { nextUpdate: day(13) })
  expect(at(20, lasting).status).toBe('GOOD')
  expect(at(20, lasting, short)).toMatchObject({ status: 'UNKNOWN', because: 'STALE' })
})

test('what the hub learnt after `knownAt` is not in the answer', () => {
  const evidence = [crl(10), crl(12, revoked(11), { recordedAt: day(15) })]
  expect(revocationAt(evidence, NOT_AFTER, day(11), day(14))).toMatchObject({ status: 'GOOD', revokedLater: null })
  expect(revocationAt(evidence, NOT_AFTER, day(11), day(15)).status).toBe('REVOKED')
  expect(revocationAt(evidence, NOT_AFTER, day(11), day(9))).toMatchObject({ because: 'NO_EVIDENCE' })
})

test('of a moment after the moment of knowledge nothing is said to be good, whatever next update was promised', () => {
  const until = (asked: number, known: number) => revocationAt([crl(10)], NOT_AFTER, day(asked), day(known))
  expect(until(12, 12).status).toBe('GOOD')
  expect(until(13, 12)).toMatchObject({ status: 'UNKNOWN', because: 'STALE' })
  expect(revocationAt([crl(10)], NOT_AFTER, day(12) + EVIDENCE_CLOCK_SKEW_MS, day(12)).status).toBe('GOOD')
  expect(revocationAt([crl(10, revoked(9))], NOT_AFTER, day(50), day(12)).status).toBe('REVOKED')
})

test('evidence that came to be doubted clears and lifts nothing from then on, but still revokes', () => {
  const doubted = (entry: RevocationEntry | null = null) => crl(10, entry, { doubtedFrom: day(20) })
  expect(revocationAt([doubted()], NOT_AFTER, day(5), day(19)).status).toBe('GOOD')
  expect(revocationAt([doubted()], NOT_AFTER, day(5), day(20)).status).toBe('UNKNOWN')
  expect(at(12, doubted(revoked(8)))).toMatchObject({ status: 'REVOKED' })
  expect(at(5, doubted(revoked(8)))).toMatchObject({ status: 'UNKNOWN' })
  expect(at(12, crl(3, revoked(2, 'certificateHold')), doubted())).toMatchObject({ status: 'REVOKED' })
})

test('a newer word that came to be doubted still replaces the older one of its source', () => {
  const lasting = crl(10, null, { nextUpdate: day(60) })
  expect(at(30, lasting, crl(12, null, { nextUpdate: day(60), doubtedFrom: day(20) }))).toMatchObject({ because: 'STALE' })
})

const reasons: RevocationReason[] = [
  'unspecified',
  'keyCompromise',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'removeFromCRL',
]
const moment = fc.integer({ min: 0, max: 120 })
const anEntry = fc.record({
  revokedAt: moment.map(day),
  reason: fc.constantFrom(...reasons),
  invalidityDate: fc.option(moment.map(day)),
})
const anEvidence = fc
  .tuple(moment, fc.option(fc.integer({ min: 1, max: 30 })), fc.integer({ min: -2, max: 20 }), fc.option(anEntry), fc.uuid())
  .map(([issued, lasts, arrives, entry, digest]) =>
    crl(issued, entry, {
      digest,
      nextUpdate: lasts === null ? null : day(issued + lasts),
      recordedAt: day(issued + arrives),
    }),
  )
const someEvidence = fc.array(anEvidence, { maxLength: 12 })

test('the order in which evidence arrived plays no part', () => {
  fc.assert(
    fc.property(someEvidence, fc.func(fc.integer()), moment, moment, (evidence, order, asked, known) => {
      const shuffled = [...evidence].sort((a, b) => order(a.digest) - order(b.digest))
      const ask = (items: RevocationEvidence[]) => revocationAt(items, NOT_AFTER, day(asked), day(known))
      expect(ask(shuffled)).toEqual(ask(evidence))
    }),
    { numRuns: 300 },
  )
})

test('later knowledge never changes an answer asked with an earlier moment of knowledge', () => {
  fc.assert(
    fc.property(someEvidence, moment, moment, (evidence, asked, known) => {
      const before = evidence.filter((item) => item.recordedAt <= day(known))
      const ask = (items: RevocationEvidence[]) => revocationAt(items, NOT_AFTER, day(asked), day(known))
      expect(ask(evidence)).toEqual(ask(before))
    }),
    { numRuns: 300 },
  )
})

test('what was revoked for a permanent reason never becomes good again by more evidence', () => {
  fc.assert(
    fc.property(someEvidence, someEvidence, moment, (first, more, asked) => {
      const permanent = first.filter(({ entry }) => entry?.reason !== 'certificateHold')
      const before = revocationAt(permanent, NOT_AFTER, day(asked), EVER)
      fc.pre(before.status === 'REVOKED')
      expect(revocationAt([...permanent, ...more], NOT_AFTER, day(asked), EVER).status).toBe('REVOKED')
    }),
    { numRuns: 300 },
  )
})

test('good is said only on evidence recorded by then that covers the moment, and never past a revocation', () => {
  fc.assert(
    fc.property(someEvidence, moment, moment, (evidence, asked, known) => {
      const answer = revocationAt(evidence, NOT_AFTER, day(asked), day(known))
      fc.pre(answer.status === 'GOOD')
      const { thisUpdate, nextUpdate, recordedAt } = answer.evidence
      expect(recordedAt).toBeLessThanOrEqual(day(known))
      expect(day(asked)).toBeLessThanOrEqual(day(known) + EVIDENCE_CLOCK_SKEW_MS)
      expect(day(asked)).toBeLessThanOrEqual(Math.max(thisUpdate, nextUpdate ?? thisUpdate))
      const permanent = evidence.filter(
        ({ entry }) => entry !== null && !['certificateHold', 'removeFromCRL'].includes(entry.reason),
      )
      for (const item of permanent.filter((item) => item.recordedAt <= day(known)))
        expect(item.entry && revokedSince(item.entry)).toBeGreaterThan(day(asked))
    }),
    { numRuns: 300 },
  )
})

test('what was brought along clears nothing that is proven to exist only after it was stale; what it revokes stands', () => {
  const brought = crl(10, null, { recordedAt: day(50), brought: true })
  const answer = (provenBy: number, ...evidence: RevocationEvidence[]) =>
    revocationAt(countingFor(evidence, day(provenBy)), NOT_AFTER, day(8), EVER).status
  expect(answer(17, brought)).toBe('GOOD')
  expect(answer(17.01, brought)).toBe('UNKNOWN')
  expect(answer(17.01, crl(10))).toBe('GOOD')
  expect(answer(60, crl(10, revoked(8), { brought: true }))).toBe('REVOKED')
  expect(answer(17.01, brought, crl(12))).toBe('GOOD')
})

test('an older list brought along never clears what a newer one held revokes', () => {
  const moments = fc.record({ issued: fc.integer({ min: 1, max: 40 }), asked: fc.integer({ min: 1, max: 60 }) })
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 60 }), ({ issued, asked }, provenBy) => {
      const held = crl(50, revoked(45))
      const brought = crl(issued, null, { nextUpdate: day(90), recordedAt: day(55), brought: true })
      const ask = (...evidence: RevocationEvidence[]) =>
        revocationAt(countingFor(evidence, day(provenBy)), NOT_AFTER, day(asked), EVER).status
      expect(ask(held, brought) === 'REVOKED').toBe(ask(held) === 'REVOKED')
    }),
  )
})
