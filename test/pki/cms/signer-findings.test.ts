import { expect, test } from 'vitest'
import { SIGNER_OUTCOMES, type SignerCheck } from '../../../pki/cms/signer-findings.ts'
import type { SignerFailure } from '../../../pki/cms/signer-verification.ts'

/** What fails, and what is not come to. */
const EXPECTED: Readonly<Record<SignerFailure, readonly [failed: readonly SignerCheck[], unknown: readonly SignerCheck[]]>> = {
  CONTENT_MISSING: [[], ['DATA_HASH', 'SIGNATURE_ALGORITHM', 'SIGNATURE_VALUE']],
  CONTENT_DIFFERS: [['DATA_HASH'], ['SIGNATURE_ALGORITHM', 'SIGNATURE_VALUE']],
  DIGEST_MISMATCH: [['DATA_HASH'], ['SIGNATURE_ALGORITHM', 'SIGNATURE_VALUE']],
  CERTIFICATE_MISSING: [[], ['SIGNATURE_ALGORITHM', 'SIGNATURE_VALUE']],
  ATTRIBUTES: [['SIGNATURE_FORMAT'], ['DATA_HASH', 'SIGNATURE_ALGORITHM', 'SIGNATURE_VALUE']],
  SIGNATURE: [['SIGNATURE_VALUE'], []],
  ALGORITHM: [[], ['DATA_HASH', 'SIGNATURE_ALGORITHM', 'SIGNATURE_VALUE']],
  KEY: [['SIGNATURE_ALGORITHM'], ['SIGNATURE_VALUE']],
}

const checksThat = (outcomes: Readonly<Record<string, string>>, outcome: string) =>
  Object.keys(outcomes).filter((check) => outcomes[check] === outcome)

test.each(Object.entries(EXPECTED))(
  'of a signature that fails by %s what was not come to is UNKNOWN, and its value never passes',
  (failure, [failed, unknown]) => {
    const outcomes = SIGNER_OUTCOMES[failure as SignerFailure]
    expect([checksThat(outcomes, 'FAILED'), checksThat(outcomes, 'UNKNOWN')]).toEqual([failed, unknown])
    expect(outcomes.SIGNATURE_VALUE).not.toBe('PASSED')
  },
)
