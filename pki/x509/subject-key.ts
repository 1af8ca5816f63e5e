import { createHash } from 'node:crypto'
import type { Name } from './name.ts'
import { nameKey } from './name-matching.ts'

/** What stores find certificates by: SHA-256 over the comparable form of a name (RFC 5280 §7.1), lower-case hex. */
export function subjectKeyOf(name: Name): string {
  return createHash('sha256').update(nameKey(name)).digest('hex')
}
