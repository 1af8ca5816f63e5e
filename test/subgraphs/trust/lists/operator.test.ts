import { describe, expect, test } from 'vitest'
import { operatorScopes } from '../../../../subgraphs/trust/lists/operator.ts'
import { named, type TrustService } from '../../../../subgraphs/trust/service.ts'
import { trustSnapshot } from '../../../../subgraphs/trust/snapshot.ts'
import type { HeldList } from '../../../../subgraphs/trust/store/trust-store.ts'

const [NATION, HENAN, NEXT, FUJIAN] = ['a1', 'b1', 'b2', 'c1'].map((byte) => byte.repeat(32)) as [string, string, string, string]
const NOW = 1_000

interface Said {
  readonly list: string | null
  readonly scope?: string
  readonly from?: number
  readonly until?: number
  readonly recordedAt?: number
}

/** A key named as operator of a territory's list: by the hub itself, or by a list. */
function operator(fingerprint: string, territory: string, said: Said): TrustService {
  const { list, scope = '', from = 0, until = null, recordedAt = 1 } = said
  const span = { from, until }
  return { ...named({ role: 'LIST_OPERATOR', fingerprint, name: territory, scope, span, evidence: null, list }), recordedAt }
}

function list(territory: string, signer: string | null, nextUpdate = NOW * 2): HeldList {
  const digest = territory.repeat(10).padEnd(64, '0')
  return { territory, sequence: 1, own: false, issuedAt: 0, nextUpdate, digest, signer, recordedAt: 1 }
}

const BY_HUB = operator(NATION, '000000', { list: null })
const POINTER = operator(HENAN, '410000', { list: '000000', scope: '41' })
const NATIONAL = list('000000', NATION)

function scopes(
  services: readonly TrustService[],
  lists: readonly HeldList[],
  asked: { readonly signer?: string; readonly byCurrentLists?: boolean; readonly knownAt?: number } = {},
) {
  const { signer = HENAN, byCurrentLists = true, knownAt = NOW } = asked
  return operatorScopes(trustSnapshot(services, lists), { territory: '410000', signer, at: NOW, knownAt, byCurrentLists })
}

describe('who signs the list of a territory', () => {
  test('is named by a list above whose own signer is its operator', () => {
    expect(scopes([BY_HUB, POINTER], [NATIONAL])).toEqual(['41'])
    expect(scopes([BY_HUB, POINTER], [NATIONAL], { signer: NEXT })).toEqual([])
  })

  test.each<[string, readonly TrustService[], readonly HeldList[]]>([
    ['that is not held', [BY_HUB, POINTER], []],
    ['of which nobody wrote down who signed it', [BY_HUB, POINTER], [list('000000', null)]],
    ['that a stranger signed', [BY_HUB, POINTER], [list('000000', FUJIAN)]],
    ['whose operator nobody names', [POINTER], [NATIONAL]],
    ['whose operator was withdrawn', [operator(NATION, '000000', { list: null, until: NOW - 1 }), POINTER], [NATIONAL]],
  ])('is named by no list above %s', (_, services, lists) => {
    expect(scopes(services, lists)).toEqual([])
    expect(scopes(services, lists, { byCurrentLists: false })).toEqual([])
  })

  test('is named by no list beside or below, nor by its own list alone', () => {
    const fujian = operator(FUJIAN, '350000', { list: null })
    const zhumadian = operator(FUJIAN, '411700', { list: null })
    expect(scopes([fujian, operator(HENAN, '410000', { list: '350000' })], [list('350000', FUJIAN)])).toEqual([])
    expect(scopes([zhumadian, operator(HENAN, '410000', { list: '411700' })], [list('411700', FUJIAN)])).toEqual([])
    expect(scopes([operator(HENAN, '410000', { list: '410000' })], [list('410000', HENAN)])).toEqual([])
  })

  test('is kept by a list above that is overdue, but nothing new is taken in by its word', () => {
    const overdue = list('000000', NATION, NOW - 1)
    expect(scopes([BY_HUB, POINTER], [overdue])).toEqual([])
    expect(scopes([BY_HUB, POINTER], [overdue], { byCurrentLists: false })).toEqual(['41'])
    expect(scopes([BY_HUB, POINTER], [list('000000', NATION, NOW)])).toEqual(['41'])
  })
})

describe("a territory's own list", () => {
  const outside = operator(HENAN, '410000', { list: null, scope: '41' })
  const own = (fingerprint: string, said: Omit<Said, 'list'> = {}) => operator(fingerprint, '410000', { list: '410000', ...said })
  const held = [list('410000', HENAN)]

  test('hands over to another key, within what whoever names an operator outside allows', () => {
    expect(scopes([outside, own(NEXT, { scope: '41' })], held, { signer: NEXT })).toEqual(['41'])
    expect(scopes([outside, own(NEXT, { scope: '4117' })], held, { signer: NEXT })).toEqual(['4117'])
    expect(scopes([outside, own(NEXT, { scope: '' })], held, { signer: NEXT })).toEqual(['41'])
    expect(scopes([outside, own(NEXT, { scope: '35' })], held, { signer: NEXT })).toEqual([])
    expect(scopes([own(NEXT, { scope: '41' })], held, { signer: NEXT })).toEqual([])
  })

  test('takes a key out that it withdraws, whoever named it', () => {
    expect(scopes([outside, own(HENAN, { until: NOW - 1 })], held)).toEqual([])
    expect(scopes([outside, own(HENAN, { until: NOW + 1 })], held)).toContain('41')
  })

  test('leaves a key as it was that it named and took back', () => {
    expect(scopes([outside, own(HENAN, { from: 500, until: 400 })], held)).toEqual(['41'])
    expect(scopes([outside, own(NEXT, { from: 500, until: 400 })], held, { signer: NEXT })).toEqual([])
  })

  test('counts as it was known', () => {
    const later = own(NEXT, { scope: '41', recordedAt: 900 })
    expect(scopes([outside, later], held, { signer: NEXT, knownAt: 899 })).toEqual([])
    expect(scopes([outside, later], held, { signer: NEXT, knownAt: 900 })).toEqual(['41'])
  })
})
