import { describe, expect, test } from 'vitest'
import type { RevocationEvidence } from '../../../../model/revocation.ts'
import { parseInstant } from '../../../../model/time.ts'
import { received } from '../../../../subgraphs/trust/judge/question.ts'
import { ask, evidenceOf } from '../ask.ts'
import { AUTHORITY, MAKER, ROOT, SIGNER, WELL, type World } from '../world.ts'
import { pathFactsOf, sealFactsOf } from '../world-facts.ts'

const FACTS = sealFactsOf(WELL)

test('the answer names the bytes, the certificates of the paths chosen, and the evidence on them', () => {
  const { sources } = ask({ ...WELL, paths: 'ALSO_TO_A_STRANGER' }).evidence
  const named = (kind: string) => sources.flatMap((source) => (source.kind === kind ? [source.digest] : []))
  expect(named('SIGNATURE')).toEqual([FACTS.digest])
  expect(named('SEAL')).toEqual([FACTS.seal?.digest])
  expect(named('CERTIFICATE')).toEqual([ROOT, AUTHORITY, MAKER, SIGNER])
  expect(named('CRL')).toHaveLength(2)
})

test('a seal on its own is named once, and bytes that did not arrive not at all', () => {
  const kinds = (world: Partial<World>) => ask({ ...WELL, ...world }).evidence.sources.map(({ kind }) => kind)
  expect(kinds({ subject: 'SEAL' }).filter((kind) => kind === 'SEAL')).toHaveLength(1)
  expect(kinds({ subject: 'SEAL' })).not.toContain('SIGNATURE')
  expect(kinds({ sealFacts: 'ABSENT' })).toEqual([])
})

test('the answer names the lists and the agreements whose word is in it, and no others', () => {
  expect(ask(WELL).evidence).toMatchObject({ lists: [], agreements: [] })
  const listed = ask({ ...WELL, anchors: [{ list: 'IN_FORCE' }], makers: [{ list: 'OVERDUE' }] }).evidence.lists
  expect(listed.map(({ territory }) => territory)).toEqual(['410000', '420000'])
  expect(ask({ ...WELL, sealClass: 'PRIVATE', agreements: [{}] }).evidence.agreements).toHaveLength(1)
})

describe('of the revocation evidence on a certificate', () => {
  const day = (date: string) => parseInstant(date)
  const entry = { revokedAt: day('2025-11-01'), reason: 'superseded', invalidityDate: null } as const
  const item = (digest: string, date: string, more: Partial<RevocationEvidence> = {}): RevocationEvidence => ({
    kind: 'CRL',
    source: 'CN=authority',
    digest,
    thisUpdate: day(date),
    nextUpdate: day('2026-01-10'),
    recordedAt: day(date),
    entry: null,
    ...more,
  })

  function named(items: readonly RevocationEvidence[], world: Partial<World> = {}) {
    const asked: World = { ...WELL, ...world }
    const certificates = pathFactsOf(asked).certificates.map((certificate) => ({
      ...certificate,
      paths: certificate.paths.map((path) => ({
        ...path,
        revocation: certificate.fingerprint === SIGNER ? [items, ...path.revocation.slice(1)] : [[], []],
      })),
    }))
    const { sources } = ask(asked, { ...evidenceOf(asked), paths: received({ certificates }) }).evidence
    return sources.filter(({ digest }) => items.some((one) => one.digest === digest))
  }

  test('the newest of every source is named, and every one that lists it', () => {
    const names = named([
      item('a', '2025-10-01'),
      item('b', '2025-12-01', { entry }),
      item('c', '2025-12-30'),
      item('d', '2025-12-29', { kind: 'OCSP' }),
      item('e', '2025-12-28', { source: 'CN=other' }),
    ]).map(({ digest }) => digest)
    expect(names).toEqual(['b', 'c', 'e', 'd'])
  })

  test('what was not known then is not', () => {
    const items = [item('a', '2025-12-01'), item('b', '2025-12-02', { recordedAt: day('2025-12-31T11:30Z') })]
    expect(named(items, { knownAt: '2025-12-31T11:00Z' }).map(({ digest }) => digest)).toEqual(['a'])
    expect(named(items, { knownAt: '2025-12-31T11:30Z' }).map(({ digest }) => digest)).toEqual(['b'])
  })

  test('what came with the document says so, unless it is held too', () => {
    const brought = item('a', '2025-12-30', { brought: true })
    expect(named([brought])).toEqual([{ kind: 'CRL', digest: 'a', brought: true }])
    expect(named([brought, item('a', '2025-12-30', { recordedAt: day('2025-12-31') })])).toEqual([{ kind: 'CRL', digest: 'a' }])
  })
})
