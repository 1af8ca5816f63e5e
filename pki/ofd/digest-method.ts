import { createHash } from 'node:crypto'

/** A check method of References (GB/T 33190-2016 18.2.2). Weak ones are computed and never vouch for anything. */
export interface DigestMethod {
  readonly name: 'SM3' | 'SHA-256' | 'SHA-1' | 'MD5'
  readonly isWeak: boolean
  readonly digest: (bytes: Uint8Array) => Uint8Array
}

const hashing = (algorithm: string) => (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest()

export const SM3: DigestMethod = { name: 'SM3', isWeak: false, digest: hashing('sm3') }
const SHA256: DigestMethod = { name: 'SHA-256', isWeak: false, digest: hashing('sha256') }
const SHA1: DigestMethod = { name: 'SHA-1', isWeak: true, digest: hashing('sha1') }
const MD5: DigestMethod = { name: 'MD5', isWeak: true, digest: hashing('md5') }

/** Spellings met; compared without case and `-`. Some systems write the OID of SM3 with key (…401.2) and mean plain SM3. */
// biome-ignore format: a table
const SPELLINGS: ReadonlyMap<string, DigestMethod> = new Map([
  ['SM3', SM3], ['1.2.156.10197.1.401', SM3], ['1.2.156.10197.1.401.1', SM3], ['1.2.156.10197.1.401.2', SM3],
  ['SHA256', SHA256], ['2.16.840.1.101.3.4.2.1', SHA256],
  ['SHA1', SHA1], ['1.3.14.3.2.26', SHA1],
  ['MD5', MD5], ['1.2.840.113549.2.5', MD5],
])

/** The method of a name; MD5 where it is left out, as the standard has it. Null for one not known. */
export function digestMethodNamed(name: string | null): DigestMethod | null {
  return name === null ? MD5 : (SPELLINGS.get(name.trim().toUpperCase().replaceAll('-', '')) ?? null)
}
