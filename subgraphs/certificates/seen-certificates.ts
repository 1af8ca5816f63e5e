import { BoundedCache } from '../../runtime/bounded-cache.ts'
import { type DecodedCertificate, decodedCertificate } from './decoded-certificate.ts'
import { isAuthority } from './issuer-pool.ts'
import type { CertificateReader } from './store/certificate-store.ts'

const MAXIMUM_SEEN = 2048
const DIGEST = /^[0-9a-f]{64}$/

/** The certificates this room can speak of: those held, and the ones last seen in a request without being taken in. */
export interface KnownCertificates {
  /** Remembers a certificate that a request brought along. */
  readonly see: (certificate: DecodedCertificate) => void
  /** The certificate with this SHA-256 or SM3, hex in either case; null when it is neither held nor was seen lately. */
  readonly find: (digest: string) => Promise<DecodedCertificate | null>
  /** The CA certificates among those last seen. Whether they are what they say nobody has checked. */
  readonly seenAuthorities: () => readonly DecodedCertificate[]
}

/** Certificates of the store, beside the 2048 last seen. What was only seen is forgotten, never stored and never an issuer. */
export function knownCertificates(store: Pick<CertificateReader, 'certificate'>): KnownCertificates {
  const seen = new BoundedCache<DecodedCertificate>(2 * MAXIMUM_SEEN)
  return {
    see(certificate) {
      seen.set(certificate.fingerprint, certificate)
      seen.set(certificate.sm3, certificate)
    },
    async find(digest) {
      const key = digest.toLowerCase()
      if (!DIGEST.test(key)) return null
      const lately = seen.get(key)
      if (lately) return lately
      const held = await store.certificate(key)
      return held && decodedCertificate(held.der)
    },
    seenAuthorities: () => [...new Set(seen.values())].filter(isAuthority),
  }
}
