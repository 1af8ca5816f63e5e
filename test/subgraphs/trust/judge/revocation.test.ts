import { describe, expect, test } from 'vitest'
import type { RevocationEntry, RevocationEvidence, RevocationReason } from '../../../../model/revocation.ts'
import { type Instant, parseInstant } from '../../../../model/time.ts'
import { caseOf } from '../../../../subgraphs/trust/judge/case.ts'
import { revocationStanding } from '../../../../subgraphs/trust/judge/revocation.ts'
import { evidenceOf, questionOf } from '../ask.ts'
import { SIGNER, WELL } from '../world.ts'

const at = (date: string): Instant => parseInstant(date)
const SIGNED = at('2025-06-01')
const question = questionOf(WELL)
const entry = (date: string, reason: RevocationReason): RevocationEntry => ({ revokedAt: at(date), reason, invalidityDate: null })

function crl(thisUpdate: string, listed: RevocationEntry | null, source = 'CN=authority'): RevocationEvidence {
  const issued = at(thisUpdate)
  const digest = `${source} ${thisUpdate}`
  return { kind: 'CRL', source, digest, thisUpdate: issued, nextUpdate: issued + 1, recordedAt: issued, entry: listed }
}

function standing(items: readonly RevocationEvidence[], provenBy: Instant | null = null) {
  const matter = caseOf(evidenceOf(WELL), question, [SIGNED], SIGNED)
  const asked = { fingerprint: SIGNER, notAfter: at('2027-01-01'), moment: SIGNED, provenBy }
  return revocationStanding({ ...matter, revocations: new Map([[SIGNER, items]]) }, asked)
}

describe('a hold', () => {
  const held = crl('2025-05-10', entry('2025-05-01', 'certificateHold'))
  const clear = (date: string) => ({ ...crl(date, null), nextUpdate: at('2025-06-10') })

  test('is lifted by the first later list without it', () => {
    expect(standing([held, clear('2025-05-20')])).toMatchObject({ kind: 'GOOD' })
  })

  test('is not lifted by what was issued before it or with it, nor by a list that still has it', () => {
    expect(standing([clear('2025-05-09'), held])).toMatchObject({ kind: 'REVOKED' })
    expect(standing([clear('2025-05-10'), held])).toMatchObject({ kind: 'REVOKED' })
    expect(standing([held, crl('2025-05-20', entry('2025-05-01', 'certificateHold'))])).toMatchObject({ kind: 'REVOKED' })
  })

  test('is not lifted by what is dated ahead of its arrival', () => {
    expect(standing([held, { ...clear('2025-05-20'), recordedAt: at('2025-05-12') }])).toMatchObject({ kind: 'REVOKED' })
  })
})

describe('that it was not revoked', () => {
  test('is said by evidence from its life, whatever newer evidence has nothing to say', () => {
    const afterwards = { ...crl('2027-06-01', null), recordedAt: at('2025-12-01') }
    expect(standing([crl('2025-08-01', null), afterwards])).toMatchObject({ kind: 'GOOD' })
  })

  test('is said by the newest of each source that covers the moment, whatever another source said since', () => {
    const covering = { ...crl('2025-05-28', null), nextUpdate: at('2025-06-08') }
    const others = [crl('2025-05-30', null, 'CN=other'), { ...crl('2025-05-30', null), kind: 'OCSP' as const }]
    for (const other of others) expect(standing([covering, other])).toMatchObject({ kind: 'GOOD', evidence: covering })
    expect(standing([covering, crl('2025-05-30', null)])).toMatchObject({ kind: 'UNKNOWN', because: 'STALE' })
  })
})

describe('what was revoked after the moment', () => {
  const replaced = crl('2025-12-01', entry('2025-10-01', 'superseded'))
  const compromised = crl('2025-12-02', entry('2025-11-01', 'keyCompromise'), 'CN=other')

  test('is in doubt by any of several revocations that casts it, whichever was first', () => {
    expect(standing([replaced])).toMatchObject({ kind: 'REVOKED_LATER', entry: { reason: 'superseded' } })
    for (const items of [
      [replaced, compromised],
      [compromised, replaced],
    ])
      expect(standing(items)).toMatchObject({ kind: 'IN_DOUBT', entry: { reason: 'keyCompromise' } })
  })

  test('is proven by what is older than the revocation that casts doubt, and then told by the first', () => {
    expect(standing([compromised, replaced], at('2025-10-15'))).toMatchObject({
      kind: 'REVOKED_LATER',
      entry: { reason: 'superseded' },
    })
    expect(standing([compromised, replaced], at('2025-11-01'))).toMatchObject({ kind: 'IN_DOUBT' })
  })

  test('is in doubt though nothing says how it stood at the moment', () => {
    const late = { ...compromised, thisUpdate: at('2027-06-01'), recordedAt: at('2025-12-02') }
    expect(standing([late])).toMatchObject({ kind: 'IN_DOUBT' })
  })

  test('and lifted again leaves no doubt; on hold still, it does', () => {
    const held = crl('2025-11-01', entry('2025-10-01', 'certificateHold'))
    expect(standing([held])).toMatchObject({ kind: 'IN_DOUBT', entry: { reason: 'certificateHold' } })
    expect(standing([held, crl('2025-12-01', null)])).toMatchObject({ kind: 'GOOD' })
  })
})
