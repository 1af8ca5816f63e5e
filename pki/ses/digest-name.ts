import { createHash } from 'node:crypto'

/** A digest as node:crypto knows it. */
export type DigestName = 'sm3' | 'sha256' | 'sha384' | 'sha512'

/** Spellings met or to be expected where a standard leaves the name of a digest open; compared without case, `-` and blanks. */
// biome-ignore format: a table
const SPELLINGS: Readonly<Record<string, DigestName>> = {
  SM3: 'sm3', '1.2.156.10197.1.401': 'sm3', '1.2.156.10197.1.401.1': 'sm3', // GM/T 0006
  SHA256: 'sha256', '2.16.840.1.101.3.4.2.1': 'sha256', // RFC 5754 §2
  SHA384: 'sha384', '2.16.840.1.101.3.4.2.2': 'sha384',
  SHA512: 'sha512', '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** The digest a name or OID stands for; null for what is not accepted (SHA-1 and MD5 among them) or not known. */
export function digestNamed(name: string): DigestName | null {
  return SPELLINGS[name.toUpperCase().replace(/[-\s]/g, '')] ?? null
}

/** The digest of bytes. */
export function digestOf(name: DigestName, bytes: Uint8Array): Uint8Array {
  return createHash(name).update(bytes).digest()
}
