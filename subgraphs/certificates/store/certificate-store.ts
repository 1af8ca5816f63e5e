import type { RevocationEntry } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'
import type { OcspReader, OcspStore } from './ocsp-store.ts'
import type { SightingStore } from './sighting-store.ts'
import type { SourceStore } from './source-store.ts'

/** A certificate as held. */
export interface HeldCertificate {
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string
  /** Lower-case hex SM3 of the DER. */
  readonly sm3: string
  readonly der: Uint8Array
  /** Two subjects that RFC 5280 §7.1 holds for the same have the same key. */
  readonly subjectKey: string
  readonly notAfter: Instant
  /** Lower-case hex SHA-1 of the bits of the public key, which an OCSP responder may name itself by; empty for no readable key. */
  readonly keyHash: string
  /** Subject key of the issuer of a CA certificate; empty for any other. */
  readonly authorityIssuer: string
}

/** What stands at the head of a CRL. Its signature and scope were checked before it was handed to the store. */
export interface CrlHead {
  /** Lower-case hex SM3 of the bytes. */
  readonly digest: string
  /** Names what one issuer key says of one scope, in complete CRLs and deltas; numbers and dates rise within it. */
  readonly series: string
  readonly kind: 'COMPLETE' | 'DELTA'
  /** Issuer name, for people. */
  readonly issuer: string
  /** cRLNumber, hex without leading zeros. */
  readonly number: string
  readonly thisUpdate: Instant
  readonly nextUpdate: Instant | null
}

export interface HeldCrl extends CrlHead {
  readonly entryCount: number
  readonly recordedAt: Instant
  /** It is not held but came along with what is judged, and `recordedAt` is when it was first seen. */
  readonly brought?: true
}

/** The certificate a line of a CRL is about. */
export interface CrlLineKey {
  /** Subject key of who issued the certificate; empty where that is the issuer of the CRL itself. */
  readonly certificateIssuer: string
  /** Hex of the content octets. */
  readonly serialNumber: string
}

/** One line of a CRL. */
export interface CrlLine extends RevocationEntry, CrlLineKey {}

/** The lines of a CRL in their order, each certificate at most once, and the line on one certificate. */
export interface CrlLines extends Iterable<CrlLine> {
  readonly find: (key: CrlLineKey) => CrlLine | null
}

/** The scope of a series. */
export interface CrlSeries {
  readonly series: string
  /** Names issuer name and key, under whatever scope. */
  readonly authority: string
  /** The issuing distribution point as received (the DER in extnValue); null for everything the issuer issued. */
  readonly scope: Uint8Array | null
  /** The names of its distribution point; empty where it names none. */
  readonly points: readonly string[]
}

/** A CRL of a series with what it says of one certificate. */
export interface CrlWord {
  readonly crl: HeldCrl
  readonly entry: RevocationEntry | null
}

/** Which words of a series are asked for. */
export interface CrlQuestion extends CrlLineKey {
  readonly series: string
  /** When the certificate expires. */
  readonly notAfter: Instant
  /** Leave out what was recorded later. */
  readonly knownAt: Instant
}

/** Where a page of certificates goes on: after this one, in the order of expiry. */
export interface ExpiryPosition {
  readonly notAfter: Instant
  readonly fingerprint: string
}

export interface PlacedCertificate extends HeldCertificate {
  /** Position among all certificates, from 1. */
  readonly position: number
}

export interface CertificateReader extends OcspReader {
  /** The certificate with this SHA-256 or SM3, or null. */
  readonly certificate: (digest: string) => Promise<HeldCertificate | null>
  /** At most 64 certificates of a subject, those that expire last first. */
  readonly bySubject: (subjectKey: string) => Promise<readonly HeldCertificate[]>
  /** At most 64 certificates of a key, those that expire last first. */
  readonly byKeyHash: (keyHash: string) => Promise<readonly HeldCertificate[]>
  /** At most `limit` CA certificates that name an issuer with this subject key, in no order. */
  readonly authoritiesBelow: (issuerKey: string, limit: number) => Promise<readonly HeldCertificate[]>
  /** At most `limit` certificates that expire from `after` on until `until`, the first to expire first. */
  readonly expiring: (after: ExpiryPosition, until: Instant, limit: number) => Promise<readonly HeldCertificate[]>
  /** At most `limit` certificates taken in after that position, in the order they were taken in. */
  readonly takenInAfter: (position: number, limit: number) => Promise<readonly PlacedCertificate[]>
  /** Rises with every certificate taken in; what was found at one generation holds until the next. */
  readonly generation: () => Promise<number>
  readonly crl: (digest: string) => Promise<HeldCrl | null>
  /** The bytes of a CRL as received. */
  readonly crlBytes: (digest: string) => Promise<Uint8Array | null>
  /** The newest CRL of a series, or of one kind in it. */
  readonly newestCrl: (series: string, kind?: CrlHead['kind']) => Promise<HeldCrl | null>
  /** At most 256 series of an authority at one of these points, or at no named point; in the order of their names. */
  readonly seriesOf: (authority: string, points: readonly string[]) => Promise<readonly Omit<CrlSeries, 'points'>[]>
  /**
   * What the CRLs of a series say of one certificate, oldest first: always the first and the last that list it in the same
   * words, the one that no longer does, and the newest ones issued before it expired; beside these the newest 64.
   * Bounded by 64 + 8 + 3 a change of the entry.
   */
  readonly words: (question: CrlQuestion) => Promise<readonly CrlWord[]>
}

/**
 * Certificates and CRLs are only ever added. `recordedAt` is given inside the commit; it rises strictly within a series of CRLs,
 * so that a moment of knowledge always cuts a series between two of them.
 */
export interface CertificateStore extends CertificateReader, OcspStore, SightingStore, SourceStore {
  /** Adds a certificate, durable once resolved. Resolves to false, changing nothing, when it is held already. */
  readonly add: (certificate: HeldCertificate, now: Instant) => Promise<boolean>
  /**
   * Adds a CRL with all of its lines or not at all, durable once resolved, as the newest of its series. Its lines are written in
   * pieces between which others have their turn; no reader sees any of them before the last is there.
   * Resolves to null, changing nothing, when the series has moved on from `after`, the CRL it was judged against.
   * A delta stands for what its base lists with its own lines laid over; a line of `removeFromCRL` takes one off.
   */
  readonly addCrl: (crl: NewCrl, now: Instant) => Promise<HeldCrl | null>
  readonly close: () => void
}

export interface NewCrl {
  readonly head: CrlHead
  readonly scope: CrlSeries
  readonly bytes: Uint8Array
  readonly lines: CrlLines
  /** Digest of the newest CRL of the series as last seen; null for the first. */
  readonly after: string | null
  /** Digest of the complete CRL of the series that a delta builds on; null for a complete CRL. */
  readonly base: string | null
}
