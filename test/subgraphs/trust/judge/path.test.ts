import { describe, expect, test } from 'vitest'
import type { PathCandidate } from '../../../../model/facts.ts'
import type { SealFormat } from '../../../../model/seal.ts'
import { received } from '../../../../subgraphs/trust/judge/question.ts'
import type { TrustService } from '../../../../subgraphs/trust/service.ts'
import { trustSnapshot } from '../../../../subgraphs/trust/snapshot.ts'
import { ask, evidenceOf } from '../ask.ts'
import { type Listing, MAKER, ROOT, SIGNER, STRANGER, spanOf, WELL } from '../world.ts'
import { pathFactsOf } from '../world-facts.ts'
import { listsOf, serviceOf, servicesOf } from '../world-lists.ts'

/** The one candidate path of a certificate changed. */
function withPath(of: string, change: (path: PathCandidate) => PathCandidate, format: SealFormat = 'SES_V4') {
  const { certificates } = pathFactsOf({ ...WELL, format })
  return received({
    certificates: certificates.map((one) => (one.fingerprint === of ? { ...one, paths: one.paths.map(change) } : one)),
  })
}

describe('a candidate path', () => {
  const told = (change: (path: PathCandidate) => PathCandidate) => {
    const { indication, subIndication } = ask(WELL, { ...evidenceOf(WELL), paths: withPath(SIGNER, change) })
    return subIndication ?? indication
  }

  test.each<[string, (path: PathCandidate) => PathCandidate]>([
    ['without a certificate', (path) => ({ ...path, chain: [], subjects: [], validities: [], revocation: [] })],
    ['that begins with another certificate', (path) => ({ ...path, chain: [STRANGER, ...path.chain.slice(1)] })],
    ['that does not say how long each certificate is valid', (path) => ({ ...path, validities: path.validities.slice(0, 2) })],
  ])('%s is malformed, and stands for nothing', (_, change) => {
    expect(told((path) => path)).toBe('TOTAL_PASSED')
    expect(told(change)).toBe('CERTIFICATE_CHAIN_GENERAL_FAILURE')
  })

  test('whose signatures nobody checked stands for nothing, whatever else was checked', () => {
    const other = { check: 'PATH_NAMES', object: 'path', outcome: 'PASSED' } as const
    const noted = { check: 'PATH_SIGNATURE', object: 'path', outcome: 'NOTE' } as const
    expect(told((path) => ({ ...path, checks: [] }))).toBe('TRY_LATER')
    expect(told((path) => ({ ...path, checks: [noted] }))).toBe('TRY_LATER')
    expect(told((path) => ({ ...path, checks: [{ ...other, check: 'PATH_KNOWN' }] }))).toBe('TRY_LATER')
  })

  test('weighs what was found on its bytes', () => {
    const failed = { check: 'PATH_SIGNATURE', object: 'path', outcome: 'FAILED' } as const
    expect(told((path) => ({ ...path, checks: [...path.checks, failed] }))).not.toBe('TOTAL_PASSED')
  })

  test('without revocation evidence for a place in it is unknown there', () => {
    expect(told((path) => ({ ...path, revocation: [] }))).toBe('TRY_LATER')
  })
})

describe('an anchor that issues itself', () => {
  const direct = (path: PathCandidate): PathCandidate => ({
    ...path,
    chain: [SIGNER, ROOT],
    subjects: ['CN=signer', 'CN=root'],
    validities: [path.validities[0], path.validities[2]].filter((span) => span !== undefined),
    revocation: path.revocation.slice(0, 1),
  })
  const alone = (path: PathCandidate): PathCandidate => ({
    ...path,
    chain: [SIGNER],
    subjects: ['CN=signer'],
    validities: path.validities.slice(0, 1),
    revocation: [],
  })

  function told(change: (path: PathCandidate) => PathCandidate, ...services: readonly TrustService[]) {
    const trust = trustSnapshot(
      [...servicesOf({ ...WELL, anchors: [] }), serviceOf('ANCHOR', ROOT, {}), ...services],
      listsOf(WELL),
    )
    const { indication, subIndication } = ask(WELL, { ...evidenceOf(WELL), paths: withPath(SIGNER, change), trust })
    return subIndication ?? indication
  }

  test('needs no listing as authority, and is none where it is no accepted anchor', () => {
    expect(told(direct)).toBe('TOTAL_PASSED')
    expect(told(alone)).toBe('NO_CERTIFICATE_CHAIN_FOUND')
    expect(told(alone, serviceOf('CA', SIGNER, {}))).toBe('NO_CERTIFICATE_CHAIN_FOUND')
    expect(told(alone, serviceOf('ANCHOR', SIGNER, { until: '2025-05-01' }), serviceOf('CA', SIGNER, {}))).toBe(
      'NO_CERTIFICATE_CHAIN_FOUND',
    )
  })

  test('that was withdrawn for compromise is in doubt, also where it is the certificate itself', () => {
    const trusted = [serviceOf('ANCHOR', SIGNER, {}), serviceOf('CA', SIGNER, {})]
    const withdrawn = serviceOf('ANCHOR', SIGNER, { scope: '41', until: '2025-10-01', code: 'KEY_COMPROMISE' })
    expect(told(alone, ...trusted)).toBe('TRY_LATER')
    expect(told(alone, ...trusted, withdrawn)).toBe('REVOKED_CA_NO_POE')
  })
})

describe("the maker's path, by an authority of its own", () => {
  function told(listing: Listing, format: SealFormat, valid: readonly [string, string] = ['2020-01-01', '2035-01-01']) {
    const paths = withPath(
      MAKER,
      (path) => ({
        ...path,
        chain: path.chain.map((one, i) => (i === 1 ? STRANGER : one)),
        validities: path.validities.map((one, i) => (i === 1 ? spanOf(valid) : one)),
      }),
      format,
    )
    const world = { ...WELL, format }
    const trust = trustSnapshot([...servicesOf(world), serviceOf('CA', STRANGER, listing)], listsOf(world))
    const { indication, subIndication } = ask(world, { ...evidenceOf(world), paths, trust })
    return subIndication ?? indication
  }

  test('must be listed for the division of the seal', () => {
    expect(told({ scope: '41' }, 'SES_V4')).toBe('TOTAL_PASSED')
    expect(told({ scope: '35' }, 'SES_V4')).toBe('CHAIN_CONSTRAINTS_FAILURE')
  })

  test('must stand when the seal was made and, up to GB/T 38540-2020, when it is used', () => {
    for (const format of ['SES_V1', 'SES_V4', 'SES_V5'] as const) {
      expect(told({}, format)).toBe('TOTAL_PASSED')
      expect(told({ until: '2025-01-05' }, format)).toBe('NO_CERTIFICATE_CHAIN_FOUND')
    }
    expect(told({ until: '2025-03-01' }, 'SES_V4')).toBe('NO_CERTIFICATE_CHAIN_FOUND')
    expect(told({ until: '2025-03-01' }, 'SES_V5')).toBe('TOTAL_PASSED')
    expect(told({}, 'SES_V4', ['2020-01-01', '2025-03-01'])).not.toBe('TOTAL_PASSED')
  })
})
