/** ETSI EN 319 102-1 V1.3.1 §5.1.3: the three indications a validation ends in. */
export type Indication = 'TOTAL_PASSED' | 'INDETERMINATE' | 'TOTAL_FAILED'

/** ETSI EN 319 102-1 V1.3.1 table 5: the sub-indications of TOTAL_FAILED and of INDETERMINATE. */
export const SUB_INDICATIONS = {
  TOTAL_FAILED: ['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'REVOKED', 'EXPIRED', 'NOT_YET_VALID'],
  INDETERMINATE: [
    'SIG_CONSTRAINTS_FAILURE',
    'CHAIN_CONSTRAINTS_FAILURE',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    'CRYPTO_CONSTRAINTS_FAILURE',
    'POLICY_PROCESSING_ERROR',
    'SIGNATURE_POLICY_NOT_AVAILABLE',
    'TIMESTAMP_ORDER_FAILURE',
    'NO_SIGNING_CERTIFICATE_FOUND',
    'NO_CERTIFICATE_CHAIN_FOUND',
    'NO_CERTIFICATE_CHAIN_FOUND_NO_POE',
    'REVOKED_NO_POE',
    'REVOKED_CA_NO_POE',
    'OUT_OF_BOUNDS_NOT_REVOKED',
    'OUT_OF_BOUNDS_NO_POE',
    'REVOCATION_OUT_OF_BOUNDS_NO_POE',
    'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
    'NO_POE',
    'TRY_LATER',
    'SIGNED_DATA_NOT_FOUND',
  ],
} as const

export type SubIndication = (typeof SUB_INDICATIONS)[keyof typeof SUB_INDICATIONS][number]

/** The indication a sub-indication belongs to. */
export function indicationOf(subIndication: SubIndication): Indication {
  const failed: readonly string[] = SUB_INDICATIONS.TOTAL_FAILED
  return failed.includes(subIndication) ? 'TOTAL_FAILED' : 'INDETERMINATE'
}
