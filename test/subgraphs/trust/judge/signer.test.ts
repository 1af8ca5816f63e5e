import { describe, expect, test } from 'vitest'
import type { CertificateFacts } from '../../../../model/facts.ts'
import { received } from '../../../../subgraphs/trust/judge/question.ts'
import { trustSnapshot } from '../../../../subgraphs/trust/snapshot.ts'
import { ask, evidenceOf } from '../ask.ts'
import { SIGNER, STRANGER, spanOf, WELL, type World } from '../world.ts'
import { pathFactsOf, sealFactsOf } from '../world-facts.ts'
import { listsOf, serviceOf, servicesOf } from '../world-lists.ts'

const SEAL: World = { ...WELL, subject: 'SEAL' }
const OTHER = 'd1'.repeat(32)

/** A seal bound to several certificates: those given, made of the signer's. */
function judged(listed: readonly string[], held: (signer: CertificateFacts) => readonly CertificateFacts[]) {
  const facts = sealFactsOf(SEAL)
  const { certificates } = pathFactsOf(SEAL)
  const paths = { certificates: certificates.flatMap((one) => (one.fingerprint === SIGNER ? held(one) : [one])) }
  const seal = facts.seal && { ...facts.seal, signerCertificates: listed }
  const { indication, subIndication, because } = ask(SEAL, {
    ...evidenceOf(SEAL),
    seal: received({ ...facts, seal }),
    paths: received(paths),
  })
  const named = because.filter(({ check }) => check === 'OTHER_CERTIFICATE').map(({ explanation }) => explanation.en)
  return { answer: subIndication ?? indication, named }
}

const as = (fingerprint: string, one: CertificateFacts): CertificateFacts => ({
  ...one,
  fingerprint,
  subject: `CN=${fingerprint.slice(0, 2)}`,
  paths: one.paths.map((path) => ({ ...path, chain: [fingerprint, ...path.chain.slice(1)] })),
})
const expired = (one: CertificateFacts): CertificateFacts => ({ ...one, validity: spanOf(['2023-01-01', '2025-01-01']) })

describe('of the certificates a seal is bound to', () => {
  test('one that stands is enough, in whatever order they are listed; the others are named with what they lack', () => {
    for (const listed of [
      [SIGNER, OTHER],
      [OTHER, SIGNER],
    ]) {
      const { answer, named } = judged(listed, (one) => [expired(one), as(OTHER, one)])
      expect(answer).toBe('TOTAL_PASSED')
      expect(named).toHaveLength(1)
      expect(named[0]).toContain('CERTIFICATE_VALIDITY')
    }
  })

  test('none that stands is not enough, however many there are', () => {
    expect(judged([SIGNER, OTHER], (one) => [expired(one), expired(as(OTHER, one))]).answer).toBe('EXPIRED')
  })

  test('one of which nothing is known is not counted', () => {
    expect(judged([OTHER, SIGNER], (one) => [one])).toEqual({ answer: 'TOTAL_PASSED', named: [] })
    expect(judged([OTHER], (one) => [one]).answer).toBe('NO_SIGNING_CERTIFICATE_FOUND')
    expect(judged([], (one) => [one]).answer).toBe('NO_SIGNING_CERTIFICATE_FOUND')
  })
})

test('the authority of a seal’s own certificate must be listed for the division of the seal', () => {
  const { certificates } = pathFactsOf(SEAL)
  const told = (scope: string) => {
    const changed = certificates.map((one) =>
      one.fingerprint === SIGNER
        ? {
            ...one,
            paths: one.paths.map((path) => ({ ...path, chain: path.chain.map((each, i) => (i === 1 ? STRANGER : each)) })),
          }
        : one,
    )
    const trust = trustSnapshot([...servicesOf(SEAL), serviceOf('CA', STRANGER, { scope })], listsOf(SEAL))
    const { indication, subIndication } = ask(SEAL, { ...evidenceOf(SEAL), paths: received({ certificates: changed }), trust })
    return subIndication ?? indication
  }
  expect(told('41')).toBe('TOTAL_PASSED')
  expect(told('35')).toBe('CHAIN_CONSTRAINTS_FAILURE')
})
