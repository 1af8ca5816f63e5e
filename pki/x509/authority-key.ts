import { PkiError } from '../error.ts'
import type { Certificate } from './certificate.ts'
import { subjectKeyOf } from './subject-key.ts'

/** How an authority is named: by those it issued, and by its own certificate. */
export interface AuthorityKey {
  /** `subjectKeyOf` its name. */
  readonly name: string
  /** Lower-case hex; null where none is given, or none that can be read. */
  readonly keyIdentifier: string | null
}

/** Whom a certificate names as its issuer: issuer and authority key identifier (RFC 5280 §4.1.2.4, §4.2.1.1). */
export function issuerKeyOf({ issuer, extensions }: Certificate): AuthorityKey {
  const named = readable(() => extensions.authorityKeyIdentifier?.keyIdentifier ?? null)
  return { name: subjectKeyOf(issuer), keyIdentifier: named }
}

/** What those it issued name an authority by: subject and subject key identifier (RFC 5280 §4.1.2.6, §4.2.1.2). */
export function authorityKeyOf({ subject, extensions }: Certificate): AuthorityKey {
  return { name: subjectKeyOf(subject), keyIdentifier: readable(() => extensions.subjectKeyIdentifier) }
}

function readable(read: () => Uint8Array | null): string | null {
  try {
    const identifier = read()
    return identifier === null || identifier.length === 0 ? null : Buffer.from(identifier).toString('hex')
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}
