import type { RevocationEntry } from '../../../model/revocation.ts'
import type { Instant } from '../../../model/time.ts'

/** What a believed OCSP response says of one certificate. */
export interface OcspSaying {
  /** Names name and key of the certificate's issuer. */
  readonly authority: string
  /** Hex of the content octets. */
  readonly serialNumber: string
  readonly status: 'GOOD' | 'REVOKED' | 'UNKNOWN'
  readonly thisUpdate: Instant
  readonly nextUpdate: Instant | null
  /** Of a certificate that is revoked. */
  readonly entry: RevocationEntry | null
  /** DER of a delegated responder whose own revocation is to be looked at; null where there is nothing to look at. */
  readonly delegate: Uint8Array | null
}

/** A saying with the response it comes from. */
export interface OcspWord extends OcspSaying {
  /** Lower-case hex SM3 of the response. */
  readonly digest: string
  /** Name or key of the responder, for people. */
  readonly responder: string
  readonly recordedAt: Instant
  /** It is not held but came along with what is judged, and `recordedAt` is when it was first seen. */
  readonly brought?: true
}

/** A response whose every saying was verified before it was handed to the store. */
export interface NewOcspResponse {
  readonly digest: string
  readonly responder: string
  readonly producedAt: Instant
  readonly bytes: Uint8Array
  readonly sayings: readonly OcspSaying[]
}

export interface OcspQuestion {
  readonly authority: string
  readonly serialNumber: string
  /** When the certificate expires. */
  readonly notAfter: Instant
  /** Leave out what was recorded later. */
  readonly knownAt: Instant
}

export interface OcspReader {
  /** Whether a response with this digest is held. */
  readonly hasOcsp: (digest: string) => Promise<boolean>
  /** The bytes of a response as received. */
  readonly ocspBytes: (digest: string) => Promise<Uint8Array | null>
  /**
   * What the responses say of one certificate, in the order they were recorded: the newest 64, the newest 8 issued before it
   * expired, and the first 64 that said something else than the one before.
   */
  readonly ocspWords: (question: OcspQuestion) => Promise<readonly OcspWord[]>
}

/** Responses are only ever added; `recordedAt` rises strictly among the words on one certificate. */
export interface OcspStore extends OcspReader {
  /** Adds a response with all of its sayings, durable once resolved. Resolves to false, changing nothing, when it is held already. */
  readonly addOcsp: (response: NewOcspResponse, now: Instant) => Promise<boolean>
}
