import { createHash } from 'node:crypto'
import type { Name } from '../../../pki/x509/name.ts'
import { subjectKeyOf } from '../../../pki/x509/subject-key.ts'
import type { CrlSeries } from '../store/certificate-store.ts'

/**
 * Names an issuer by name and key. Two keys under one name are two authorities: the CRL of a stranger who took a CA's name
 * never speaks of what the CA issued.
 * @param spki SubjectPublicKeyInfo of the key that signs the CRLs, DER.
 */
export function crlAuthorityOf(issuer: Name, spki: Uint8Array): string {
  return createHash('sha256').update(subjectKeyOf(issuer)).update(spki).digest('hex')
}

/**
 * The series of an authority's CRLs of one scope (RFC 5280 §5.2.5: the same issuing distribution point, byte for byte).
 * @param scope the DER in extnValue; null without the extension.
 * @param points the names of its distribution point, by `crlPointsOf`.
 */
export function crlSeriesOf(authority: string, scope: Uint8Array | null, points: readonly string[] = []): CrlSeries {
  const series = createHash('sha256').update(authority).update(scope === null ? 'complete' : 'limited').update(scope ?? '').digest('hex') // biome-ignore format: a sentence
  return { series, authority, scope, points }
}
