import type { CertDigest, CertList } from './cert-list.ts'
import { type Finding, finding, PASSED } from './check-row.ts'
import { digestNamed, digestOf } from './digest-name.ts'

/**
 * Whether a seal's list lets this certificate sign: certificates are compared byte for byte (GM/T 0031-2014 §6.2.2 c), digests
 * by their algorithm. A list without a match but with a digest of an unknown algorithm leaves it UNKNOWN.
 */
export function signerInSeal(certificate: Uint8Array, list: CertList): Finding {
  if (list.certListType === 1)
    return list.certs.some((cert) => Buffer.compare(cert, certificate) === 0) ? PASSED : { outcome: 'FAILED' }
  if (list.digests.some((digest) => matches(certificate, digest))) return PASSED
  const unknown = list.digests.find(({ type }) => digestNamed(type) === null)
  if (unknown) return finding('UNKNOWN', `不接受的杂凑算法“${unknown.type}”`, `a digest of the unknown type “${unknown.type}”`)
  return { outcome: 'FAILED' }
}

function matches(certificate: Uint8Array, { type, value }: CertDigest): boolean {
  const digest = digestNamed(type)
  return digest !== null && Buffer.compare(digestOf(digest, certificate), value) === 0
}
