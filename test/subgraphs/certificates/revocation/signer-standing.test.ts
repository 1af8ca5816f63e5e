import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RevocationEvidence, RevocationReason } from '../../../../model/revocation.ts'
import { signerStanding, vouchedFor } from '../../../../subgraphs/certificates/revocation/signer-standing.ts'

const DAY = 86_400_000
const VALIDITY = { from: 0, until: 100 * DAY }

/** A weekly CRL on the signer, recorded some days after its date. */
function crl(issued: number, arrives = 0, listed: { on: number; reason?: RevocationReason } | null = null): RevocationEvidence {
  const entry = listed && { revokedAt: listed.on * DAY, reason: listed.reason ?? 'keyCompromise', invalidityDate: null }
  const dates = { thisUpdate: issued * DAY, nextUpdate: (issued + 7) * DAY, recordedAt: (issued + arrives) * DAY }
  return { kind: 'CRL', source: 'CN=CA', digest: `d${issued}.${arrives}`, ...dates, entry }
}

const standing = (signedOn: number, ...evidence: RevocationEvidence[]) => signerStanding(evidence, VALIDITY, signedOn * DAY)

test('a signer is cleared from when evidence that covers the signing is known, and not before he signed', () => {
  expect(standing(12, crl(10, 1))).toEqual({ clearedFrom: 12 * DAY, doubtedFrom: null })
  expect(standing(12, crl(15, 2))).toEqual({ clearedFrom: 17 * DAY, doubtedFrom: null })
  expect(standing(12)).toEqual({ clearedFrom: null, doubtedFrom: null })
  expect(standing(12, crl(1))).toEqual({ clearedFrom: null, doubtedFrom: null })
})

test('a signer is doubted from when it is known that he was revoked, or his key compromised later; not when he merely ended', () => {
  expect(standing(12, crl(10), crl(20, 0, { on: 11 }))).toEqual({ clearedFrom: 12 * DAY, doubtedFrom: 20 * DAY })
  expect(standing(12, crl(10), crl(20, 0, { on: 15 }))).toMatchObject({ doubtedFrom: 20 * DAY })
  expect(standing(12, crl(10), crl(20, 0, { on: 15, reason: 'superseded' }))).toMatchObject({ doubtedFrom: null })
})

test('who signs outside his validity is never cleared', () => {
  expect(standing(101, crl(99, 0)).clearedFrom).toBeNull()
  expect(signerStanding([crl(10)], { from: 13 * DAY, until: null }, 12 * DAY).clearedFrom).toBeNull()
})

test('what a signer said as known at a moment depends on nothing that became known later', () => {
  const day = fc.integer({ min: 0, max: 40 })
  const evidence = fc.array(
    fc
      .tuple(day, fc.integer({ min: 0, max: 9 }), fc.option(day))
      .map(([issued, arrives, on]) => crl(issued, arrives, on === null ? null : { on })),
    { maxLength: 8 },
  )
  const item = crl(12)
  fc.assert(
    fc.property(evidence, day, (all, known) => {
      const clears = (items: readonly RevocationEvidence[]) => {
        const vouched = vouchedFor(item, signerStanding(items, VALIDITY, item.thisUpdate))
        return vouched !== null && vouched.recordedAt <= known * DAY && (vouched.doubtedFrom ?? Infinity) > known * DAY
      }
      expect(clears(all)).toBe(clears(all.filter(({ recordedAt }) => recordedAt <= known * DAY)))
    }),
    { numRuns: 500 },
  )
})
