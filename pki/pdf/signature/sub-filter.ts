import { type Finding, finding, PASSED } from '../../ses/check-row.ts'
import type { ValueReading } from '../value/reading.ts'
import type { SignatureDictionary } from './dictionary.ts'

/** What a /SubFilter announces (ISO 32000-2 table 260, ETSI EN 319 142-1 5); vendors of seals write names of their own. */
export type SubFilter = 'PKCS7_DETACHED' | 'CADES_DETACHED' | 'PKCS7_SHA1' | 'RSA_SHA1' | 'TIME_STAMP' | 'OTHER'

interface Profile {
  readonly kinds: readonly ValueReading['kind'][]
  /** CAdES: the signer must name its certificate under the signature. */
  readonly needsSigningCertificate: boolean
}

// biome-ignore format: a table
const NAMES: ReadonlyMap<string, SubFilter> = new Map([
  ['adbe.pkcs7.detached',  'PKCS7_DETACHED'],
  ['ETSI.CAdES.detached',  'CADES_DETACHED'],
  ['adbe.pkcs7.sha1',      'PKCS7_SHA1'],
  ['adbe.x509.rsa_sha1',   'RSA_SHA1'],
  ['ETSI.RFC3161',         'TIME_STAMP'],
])

// biome-ignore format: a table
const PROFILES: Readonly<Record<SubFilter, Profile>> = {
  PKCS7_DETACHED: { kinds: ['SIGNED_DATA', 'SEAL_SIGNATURE'], needsSigningCertificate: false },
  CADES_DETACHED: { kinds: ['SIGNED_DATA'],                   needsSigningCertificate: true  },
  PKCS7_SHA1:     { kinds: ['SIGNED_DATA'],                   needsSigningCertificate: false },
  RSA_SHA1:       { kinds: [],                                needsSigningCertificate: false },
  TIME_STAMP:     { kinds: ['TIME_STAMP'],                    needsSigningCertificate: false },
  OTHER:          { kinds: ['SIGNED_DATA', 'SEAL_SIGNATURE'], needsSigningCertificate: false },
}

export function subFilterNamed(name: string | null): SubFilter {
  return NAMES.get(name ?? '') ?? 'OTHER'
}

export function profileOf(subFilter: SubFilter): Profile {
  return PROFILES[subFilter]
}

/** Whether the value is what the dictionary announces, and whether that is accepted. */
export function checkSubFilter({ type, subFilter: name }: SignatureDictionary, kind: ValueReading['kind']): Finding {
  const subFilter = subFilterNamed(name)
  if (subFilter === 'RSA_SHA1')
    return finding('FAILED', 'adbe.x509.rsa_sha1 过弱，不予验证', 'adbe.x509.rsa_sha1 is too weak to be checked')
  if (subFilter === 'PKCS7_SHA1')
    return finding('UNKNOWN', 'adbe.pkcs7.sha1 使用 SHA-1，过弱', 'adbe.pkcs7.sha1 uses SHA-1, which is too weak')
  const saysTimeStamp = type === 'DocTimeStamp' || subFilter === 'TIME_STAMP'
  if (kind === null) return finding('UNKNOWN', '签名值的种类不明', 'what kind of value it is cannot be told')
  if (saysTimeStamp !== (kind === 'TIME_STAMP'))
    return finding('FAILED', '签名字典与签名值的种类不符', 'dictionary and value are not of one kind')
  if (subFilter === 'OTHER')
    return finding('NOTE', `非标准的 /SubFilter：${name ?? '无'}`, `a /SubFilter of no standard: ${name ?? 'none'}`)
  if (!PROFILES[subFilter].kinds.includes(kind))
    return finding('FAILED', `/SubFilter ${name} 与签名值不符`, `the value is not what /SubFilter ${name} announces`)
  return kind === 'SEAL_SIGNATURE' ? finding('NOTE', '签名值是电子签章', 'the value is a seal signature') : PASSED
}
