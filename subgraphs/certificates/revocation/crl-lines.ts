import { PkiError } from '../../../pki/error.ts'
import type { CertificateRevocationList } from '../../../pki/x509/crl.ts'
import type { CrlEntry } from '../../../pki/x509/crl-entry.ts'
import type { Name } from '../../../pki/x509/name.ts'
import { namesEqual } from '../../../pki/x509/name-matching.ts'
import { subjectKeyOf } from '../../../pki/x509/subject-key.ts'
import type { CrlLine, CrlLineKey, CrlLines } from '../store/certificate-store.ts'

/**
 * The lines of a CRL as the store takes them; only what is asked for is read.
 * Walking them throws PkiError STRUCTURE for a certificate listed twice and for "removed", the word of deltas alone
 * (RFC 5280 §5.3.1), in a complete CRL.
 */
export function linesOf({ issuer, entries, extensions }: CertificateRevocationList): CrlLines {
  const isDelta = extensions.baseCrlNumber !== null
  const keys = new Map(entries.issuers.map((name) => [name, certificateIssuerKey(name, issuer)]))
  const names = new Map([...keys].map(([name, key]) => [key, name]))
  return {
    find: ({ certificateIssuer, serialNumber }: CrlLineKey) => {
      const name = names.get(certificateIssuer)
      const entry = name === undefined ? null : entries.find(serialNumber, name)
      return entry && lineOf(entry, certificateIssuer)
    },
    *[Symbol.iterator]() {
      const listed = new Set<string>()
      for (const [entry, name] of entries.withIssuers()) {
        const line = lineOf(entry, keys.get(name) ?? '')
        if (line.reason === 'removeFromCRL' && !isDelta) throw new PkiError('STRUCTURE', 'removeFromCRL in a complete CRL')
        const key = line.certificateIssuer + line.serialNumber
        if (listed.has(key)) throw new PkiError('STRUCTURE', `serial number ${line.serialNumber} listed twice`)
        listed.add(key)
        yield line
      }
    },
  }
}

/** How the store names the issuer of a listed certificate: empty for the CRL's own (RFC 5280 §5.3.3). */
export function certificateIssuerKey(certificateIssuer: Name, crlIssuer: Name): string {
  return namesEqual(certificateIssuer, crlIssuer) ? '' : subjectKeyOf(certificateIssuer)
}

function lineOf({ serialNumber, revokedAt, reason, invalidityDate }: CrlEntry, certificateIssuer: string): CrlLine {
  return { certificateIssuer, serialNumber, revokedAt, reason, invalidityDate }
}
