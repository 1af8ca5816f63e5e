import type { PublicKey } from './spki.ts'

/** A signature algorithm this program accepts; RSASSA-PSS says its hash in the parameters. */
export type SignatureAlgorithm = FixedAlgorithm | PssAlgorithm

interface FixedAlgorithm {
  readonly name: string
  readonly family: PublicKey['family']
  /** The name node:crypto knows it by. */
  readonly hash: 'sm3' | 'sha256' | 'sha384' | 'sha512'
  readonly parameters: 'absent' | 'absent or NULL'
}

interface PssAlgorithm {
  readonly name: string
  readonly family: 'RSA'
  readonly parameters: 'RSASSA-PSS'
}

export const SM2_WITH_SM3 = '1.2.156.10197.1.501'
export const SHA256_WITH_RSA = '1.2.840.113549.1.1.11'
export const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'
export const ECDSA_WITH_SHA384 = '1.2.840.10045.4.3.3'

/**
 * What we accept is a table; nothing else compares the OIDs of signatures.
 * RFC 4055 §5 has RSA parameters accepted both NULL and absent; of 86 certificates of the national root 85 write NULL for SM2.
 */
// biome-ignore format: a table
export const SIGNATURE_ALGORITHMS: Readonly<Record<string, SignatureAlgorithm>> = {
  [SM2_WITH_SM3]:          { name: 'SM2-with-SM3', family: 'SM2', hash: 'sm3', parameters: 'absent or NULL' }, // GM/T 0006
  [SHA256_WITH_RSA]:       { name: 'sha256WithRSAEncryption', family: 'RSA', hash: 'sha256', parameters: 'absent or NULL' }, // RFC 4055 §5
  '1.2.840.113549.1.1.12': { name: 'sha384WithRSAEncryption', family: 'RSA', hash: 'sha384', parameters: 'absent or NULL' },
  '1.2.840.113549.1.1.13': { name: 'sha512WithRSAEncryption', family: 'RSA', hash: 'sha512', parameters: 'absent or NULL' },
  '1.2.840.113549.1.1.10': { name: 'RSASSA-PSS', family: 'RSA', parameters: 'RSASSA-PSS' }, // RFC 4055 §3
  [ECDSA_WITH_SHA256]:     { name: 'ecdsa-with-SHA256', family: 'EC', hash: 'sha256', parameters: 'absent' }, // RFC 5758 §3.2
  [ECDSA_WITH_SHA384]:     { name: 'ecdsa-with-SHA384', family: 'EC', hash: 'sha384', parameters: 'absent' },
  '1.2.840.10045.4.3.4':   { name: 'ecdsa-with-SHA512', family: 'EC', hash: 'sha512', parameters: 'absent' },
}

/** Whether an algorithm's values are two integers: those of SM2 and ECDSA. */
export function isCurveAlgorithm(oid: string): boolean {
  const family = SIGNATURE_ALGORITHMS[oid]?.family
  return family === 'SM2' || family === 'EC'
}

/** Algorithms that are met and refused, so that the refusal can name them. */
export const REFUSED_ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.2.840.113549.1.1.14': 'sha224WithRSAEncryption',
  '1.2.840.10040.4.3': 'dsa-with-SHA1',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.2.840.10045.4.3.1': 'ecdsa-with-SHA224',
  '1.2.156.10197.1.502': 'SM2-with-SHA1',
  '1.2.156.10197.1.503': 'SM2-with-SHA256',
  '1.2.156.10197.1.504': 'RSA-with-SM3',
}
