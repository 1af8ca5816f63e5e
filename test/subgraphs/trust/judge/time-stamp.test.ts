import { expect, test } from 'vitest'
import type { CertificateFacts } from '../../../../model/facts.ts'
import { parseInstant } from '../../../../model/time.ts'
import { received } from '../../../../subgraphs/trust/judge/question.ts'
import { ask, evidenceOf } from '../ask.ts'
import { STAMPER, spanOf, WELL, type World } from '../world.ts'
import { pathFactsOf } from '../world-facts.ts'

/** Compromised after signing: only the time-stamp proves that the signature is older. */
const STAMPED: World = {
  ...WELL,
  firstSeen: null,
  stamped: '2025-06-02',
  signer: { valid: ['2025-01-01', '2027-01-01'], usage: null, crl: { revoked: '2025-10-01', reason: 'keyCompromise' } },
}

function judged(change: (stamper: CertificateFacts) => readonly CertificateFacts[]) {
  const { certificates } = pathFactsOf(STAMPED)
  const changed = certificates.flatMap((one) => (one.fingerprint === STAMPER ? change(one) : [one]))
  const { indication, subIndication, because } = ask(STAMPED, {
    ...evidenceOf(STAMPED),
    paths: received({ certificates: changed }),
  })
  return [subIndication ?? indication, because.find(({ check }) => check === 'TIME_STAMP_AUTHORITY')?.outcome]
}

const revokedFrom = (at: string, reason: 'superseded' | 'keyCompromise') => (stamper: CertificateFacts) => {
  const entry = { revokedAt: parseInstant(at), reason, invalidityDate: null }
  const listing = (items: CertificateFacts['paths'][number]['revocation'][number]) => items.map((item) => ({ ...item, entry }))
  return [
    {
      ...stamper,
      paths: stamper.paths.map((path) => ({
        ...path,
        revocation: path.revocation.map((items, i) => (i === 0 ? listing(items) : items)),
      })),
    },
  ]
}

test('a time-stamp of a good authority is believed', () => {
  expect(judged((stamper) => [stamper])).toEqual(['TOTAL_PASSED', 'PASSED'])
})

test('an authority that was replaced or expired after the time it states is believed', () => {
  expect(judged(revokedFrom('2025-07-01', 'superseded'))).toEqual(['TOTAL_PASSED', 'PASSED'])
  expect(judged((stamper) => [{ ...stamper, validity: spanOf(['2024-01-01', '2025-12-31']) }])).toEqual([
    'TOTAL_PASSED',
    'PASSED',
  ])
})

test.each<[string, (stamper: CertificateFacts) => readonly CertificateFacts[]]>([
  ['of which nothing is known', () => []],
  ['without a path', (stamper) => [{ ...stamper, paths: [] }]],
  [
    'whose path leads to no accepted anchor',
    (stamper) => [
      {
        ...stamper,
        paths: stamper.paths.map((path) => ({ ...path, chain: [STAMPER, ...path.chain.slice(1, -1), 'ab'.repeat(32)] })),
      },
    ],
  ],
  ['that had expired', (stamper) => [{ ...stamper, validity: spanOf(['2024-01-01', '2025-06-01']) }]],
  ['that had not begun', (stamper) => [{ ...stamper, validity: spanOf(['2025-06-03', '2028-01-01']) }]],
  ['whose key may not sign', (stamper) => [{ ...stamper, keyUsage: ['keyAgreement'] }]],
  ['that was revoked before', revokedFrom('2025-06-01', 'superseded')],
  ['that was compromised later', revokedFrom('2025-12-01', 'keyCompromise')],
  [
    'of which nobody knows whether it was revoked',
    (stamper) => [
      { ...stamper, paths: stamper.paths.map((path) => ({ ...path, revocation: [[], ...path.revocation.slice(1)] })) },
    ],
  ],
])('a time-stamp of an authority %s proves nothing, and fails nothing', (_, change) => {
  expect(judged(change)).toEqual(['REVOKED_NO_POE', 'NOTE'])
})
