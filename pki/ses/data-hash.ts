import { SIGNATURE_ALGORITHMS } from '../signature-algorithms.ts'
import { algorithmMeant } from './algorithm-meant.ts'
import { type Finding, finding, PASSED } from './check-row.ts'
import { type DigestName, digestOf } from './digest-name.ts'
import type { SealSignature } from './signature.ts'

const NOT_GIVEN = finding('UNKNOWN', '未提供原文', 'the content was not given')

/**
 * Whether `dataHash` is the digest of the content, by the digest of the signature algorithm: SM3 for SM2.
 * @param content the protected bytes as stored; null leaves it UNKNOWN.
 */
export function checkDataHash({ toSign, signatureAlgID }: SealSignature, content: Uint8Array | null): Finding {
  if (content === null) return NOT_GIVEN
  const digest = digestOfAlgorithm(signatureAlgID)
  if (digest === null)
    return finding('UNKNOWN', `签名算法 ${signatureAlgID} 没有指明杂凑算法`, `the algorithm ${signatureAlgID} names no digest`)
  return Buffer.compare(digestOf(digest, content), toSign.dataHash) === 0 ? PASSED : { outcome: 'FAILED' }
}

/** The digest a signature algorithm is defined with; null for one that names none or is not accepted. */
export function digestOfAlgorithm(oid: string): DigestName | null {
  const algorithm = SIGNATURE_ALGORITHMS[algorithmMeant(oid)]
  return algorithm && 'hash' in algorithm ? algorithm.hash : null
}
