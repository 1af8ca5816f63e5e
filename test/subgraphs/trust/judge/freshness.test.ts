import { describe, expect, test } from 'vitest'
import type { Freshness } from '../../../../model/freshness.ts'
import type { RevocationEvidence } from '../../../../model/revocation.ts'
import { parseInstant } from '../../../../model/time.ts'
import { worse } from '../../../../subgraphs/trust/judge/freshness.ts'
import { received } from '../../../../subgraphs/trust/judge/question.ts'
import { ask, evidenceOf } from '../ask.ts'
import { SIGNER, WELL, type World } from '../world.ts'
import { pathFactsOf } from '../world-facts.ts'

const DAY = 24 * 60 * 60_000
const UNKNOWN: Freshness = { kind: 'UNKNOWN', reason: { zh: '不明', en: 'unknown' } }
const stale = (over: number): Freshness => ({ kind: 'STALE', age: 100 + over, bound: 100 })
const fresh = (age: number): Freshness => ({ kind: 'FRESH', age, bound: 100 })

test('of two sources the one is told that is unknown, then the one that is stale, then the one nearest to it', () => {
  const inOrder = [UNKNOWN, stale(9), stale(1), fresh(99), fresh(1)]
  for (const [i, a] of inOrder.entries())
    for (const b of inOrder.slice(i)) {
      expect(worse(a, b)).toEqual(a)
      expect(worse(b, a)).toEqual(a)
    }
})

describe('how fresh the sources of an answer are', () => {
  const at = (date: string) => parseInstant(date)
  const crl = (thisUpdate: string, nextUpdate: string | null, recordedAt = thisUpdate): RevocationEvidence => ({
    kind: 'CRL',
    source: 'CN=authority',
    digest: thisUpdate,
    thisUpdate: at(thisUpdate),
    nextUpdate: nextUpdate === null ? null : at(nextUpdate),
    recordedAt: at(recordedAt),
    entry: null,
  })

  function freshness(items: readonly RevocationEvidence[], changes: Partial<World> = {}): Freshness {
    const world: World = { ...WELL, registered: null, ...changes }
    const certificates = pathFactsOf(world).certificates.map((certificate) => ({
      ...certificate,
      paths: certificate.paths.map((path) => ({
        ...path,
        revocation: certificate.fingerprint === SIGNER ? [items, ...path.revocation.slice(1)] : path.revocation,
      })),
    }))
    return ask(world, { ...evidenceOf(world), paths: received({ certificates }) }).freshness
  }

  test('without a source nobody knows', () => {
    expect(ask({ ...WELL, registered: null, pathFacts: 'ABSENT' }).freshness.kind).toBe('UNKNOWN')
    expect(freshness([]).kind).toBe('UNKNOWN')
  })

  test('the newest evidence known on a certificate counts, by its own next update', () => {
    const [old, next] = [crl('2025-12-01', '2025-12-20'), crl('2025-12-20', '2025-12-31')]
    expect(freshness([old, next])).toEqual({ kind: 'STALE', age: 11.5 * DAY, bound: 11 * DAY })
    expect(freshness([next, old])).toEqual(freshness([old, next]))
    expect(freshness([crl('2025-12-20', null)])).toMatchObject({ kind: 'STALE', bound: 0 })
    expect(freshness([crl('2025-12-31', '2026-01-07')]).kind).toBe('FRESH')
  })

  test('what was recorded after the moment of knowledge is not looked at', () => {
    const later = crl('2025-12-31', '2026-01-07', '2025-12-31T11:30Z')
    const stood = crl('2025-12-01', '2025-12-20')
    expect(freshness([stood, later], { knownAt: '2025-12-31T11:00Z' })).toMatchObject({ kind: 'STALE', bound: 19 * DAY })
    expect(freshness([stood, later], { knownAt: '2025-12-31T11:30Z' }).kind).toBe('FRESH')
  })

  test("the platform's word counts where the seal is registered", () => {
    const good = crl('2025-12-31', '2026-01-07')
    expect(freshness([good], { registered: WELL.registered }).kind).toBe('FRESH')
    expect(freshness([good], { registered: WELL.registered, heard: '2025-12-01' })).toMatchObject({ kind: 'STALE', bound: DAY })
  })
})
