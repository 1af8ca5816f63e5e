import { createHash } from 'node:crypto'
import type { Name } from '../../../pki/x509/name.ts'
import { subjectKeyOf } from '../subject-key.ts'

/**
 * Names what one issuer key says in its complete CRLs. Two keys under one name are two series: the CRL of a stranger who
 * took a CA's name never speaks of what the CA issued.
 * @param spki SubjectPublicKeyInfo of the key that signs the CRLs, DER.
 */
export function crlSeriesOf(issuer: Name, spki: Uint8Array): string {
  return createHash('sha256').update(subjectKeyOf(issuer)).update(spki).digest('hex')
}
