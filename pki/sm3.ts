import { createHash } from 'node:crypto'

/** SM3 (GB/T 32905) over the parts one after another: 32 bytes. */
export function sm3(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sm3')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** SM3 over the parts one after another, as 64 lower-case hexadecimal digits. */
export function sm3Hex(...parts: readonly Uint8Array[]): string {
  return Buffer.from(sm3(...parts)).toString('hex')
}
