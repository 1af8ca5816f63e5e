import { describe, expect, test } from 'vitest'
import type { PathFacts } from '../../../../model/facts.ts'
import type { RevocationEvidence } from '../../../../model/revocation.ts'
import { parseInstant } from '../../../../model/time.ts'
import { received } from '../../../../subgraphs/trust/judge/question.ts'
import { ask, evidenceOf } from '../ask.ts'
import { AUTHORITY, SIGNER, WELL, type World } from '../world.ts'
import { pathFactsOf } from '../world-facts.ts'

/** Each certificate has two candidate paths: one to a stranger's root, then the trusted one. */
const TWO_PATHS: World = { ...WELL, paths: 'ALSO_TO_A_STRANGER' }
const REVOKED = { revokedAt: parseInstant('2025-05-01'), reason: 'superseded', invalidityDate: null } as const

/** The evidence of certificates changed at one place of one of their paths. */
function changed(of: readonly string[], at: number, place: number, change: (item: RevocationEvidence) => RevocationEvidence) {
  const facts = pathFactsOf(TWO_PATHS)
  const certificates = facts.certificates.map((certificate) => ({
    ...certificate,
    paths: certificate.paths.map((path, i) => ({
      ...path,
      revocation: path.revocation.map((items, j) =>
        of.includes(certificate.fingerprint) && i === at && j === place ? items.map(change) : items,
      ),
    })),
  }))
  return { certificates }
}

function judged(paths: PathFacts) {
  const { indication, subIndication } = ask(TWO_PATHS, { ...evidenceOf(TWO_PATHS), paths: received(paths) })
  return subIndication ?? indication
}

describe('a revocation counts whichever path it came with', () => {
  const another = (item: RevocationEvidence) => ({ ...item, digest: 'another', entry: REVOKED })

  test.each([0, 1])("the signer's, beside path %i of two", (path) => {
    expect(judged(changed([SIGNER], path, 0, another))).toBe('REVOKED')
  })

  test("the authority's, beside the path of the signer or of another certificate", () => {
    const { certificates } = pathFactsOf(TWO_PATHS)
    for (const { fingerprint } of certificates)
      expect(judged(changed([fingerprint], 1, 1, another)), fingerprint).toBe('REVOKED_CA_NO_POE')
    expect(certificates.every(({ paths }) => paths[1]?.chain[1] === AUTHORITY)).toBe(true)
  })

  test('the same list seen at two moments counts from the first', () => {
    const seenAgain = (item: RevocationEvidence) => ({ ...item, recordedAt: item.recordedAt + 1 })
    expect(judged(changed([SIGNER], 0, 0, seenAgain))).toBe('TOTAL_PASSED')
  })
})
