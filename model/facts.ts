import type { CheckOutcome } from './check.ts'
import type { DivisionCode, DivisionScope } from './division-code.ts'
import type { RevocationEvidence } from './revocation.ts'
import type { SealClass, SealFormat, SealKind } from './seal.ts'
import type { Bilingual } from './text.ts'
import type { Instant, Span } from './time.ts'
import type { SealChange } from './timeline.ts'

/** A check done where the bytes are. The words for its rule and next step stand in `checks.ts`, once. */
export interface FactCheck {
  /** A name of `checks.ts`. */
  readonly check: string
  readonly object: string
  readonly outcome: CheckOutcome
  /** The structure it was done on, where the clause depends on it. */
  readonly format?: SealFormat
  /** What was seen, where the general words do not say enough. */
  readonly detail?: Bilingual
}

/** Lower-case hex SHA-256 over the DER of a certificate. */
export type Fingerprint = string

/** Type `SealFacts`, producer `seals`: everything bytes and registrations tell of a seal or signature; no verdict of a moment. */
export interface SealFacts {
  readonly subject: 'SEAL' | 'SIGNATURE'
  /** Null when the bytes are no structure we know; `checks` then says why. */
  readonly format: SealFormat | null
  /** SM3 over the received bytes, lower-case hex. */
  readonly digest: string
  /** When this hub first recorded that digest: its own proof of existence. */
  readonly firstSeenAt: Instant | null
  readonly checks: readonly FactCheck[]
  readonly seal: SealDescription | null
  readonly signature: SignatureDescription | null
  /** Null: not registered here. */
  readonly registration: Registration | null
}

export interface SealDescription {
  readonly code: string
  readonly name: string
  readonly format: SealFormat
  readonly typeCode: number
  readonly kind: SealKind
  readonly class: SealClass
  /** The issuing division in the code; null when the code carries none. */
  readonly division: DivisionCode | null
  readonly createdAt: Instant
  readonly validity: Span
  readonly makerCertificate: Fingerprint
  /** The certificates (or their digests, lower-case hex, as listed) that may sign with this seal. */
  readonly signerCertificates: readonly string[]
  /** SM3 over the seal's own bytes, lower-case hex. */
  readonly digest: string
  /** A time-stamp over the maker's signature that holds by its bytes. */
  readonly timeStamp?: TimeStampDescription | null
}

export interface SignatureDescription {
  /** The signing time the signature claims; null when it claims none. */
  readonly claimedAt: Instant | null
  readonly signerCertificate: Fingerprint | null
  /** Whether the signed content was handed in, so that its digest could be compared. */
  readonly contentGiven: boolean
  /** A time-stamp over the signature that holds by its bytes; whether its authority is to be believed is for the judge. */
  readonly timeStamp?: TimeStampDescription | null
}

/** What a time-stamp token states that holds by its bytes: over these bytes, signed, by a certificate for that purpose alone. */
export interface TimeStampDescription {
  /** What it is over existed no later than this. */
  readonly time: Instant
  readonly authority: Fingerprint
}

/** What a document is: a package, a PDF, or a signature value on its own with the content it signs. */
export type DocumentKind = 'OFD' | 'PDF' | 'SIGNATURE_VALUE'

/** Type `DocumentFacts`, producer `seals`: what the file tells as a whole. Of each signature `SealFacts` speak, under its id. */
export interface DocumentFacts {
  readonly kind: DocumentKind
  /** SM3 over the received bytes, lower-case hex. */
  readonly digest: string
  readonly checks: readonly FactCheck[]
  /** Every signature, in the order of the document: whoever judges must have the facts on all of them. */
  readonly signatures: readonly SignatureReference[]
}

/** One signature of a document. */
export interface SignatureReference {
  readonly id: string
  /** As the document names it, for people. */
  readonly label: string
}

export interface Registration {
  readonly platform: string
  readonly division: DivisionCode
  /** SM3 of every seal data ever registered under the code, lower-case hex. */
  readonly sealDigests: readonly string[]
  readonly timeline: readonly SealChange[]
  /** When the source was last heard. */
  readonly heardAt: Instant | null
  /** When it was heard before; left out, nothing is known of that. */
  readonly contact?: Contact
}

/** How a source was heard over time, so that a question about an earlier moment of knowledge is answered as it was then. */
export interface Contact {
  /** Since when the history below is complete. */
  readonly since: Instant
  /**
   * Every time between two words of the source that was longer than `bound`, newest first: from the last word before it to the
   * first after it. The one that may be going on begins at `heardAt`.
   */
  readonly silences: readonly { readonly from: Instant; readonly until: Instant }[]
  /** Milliseconds. */
  readonly bound: number
}

/** Type `PathFacts`, producer `certificates`: what is known of each certificate asked about. Timeless: spans, not verdicts. */
export interface PathFacts {
  readonly certificates: readonly CertificateFacts[]
}

export interface CertificateFacts {
  readonly fingerprint: Fingerprint
  readonly subject: string
  readonly issuer: string
  readonly serialNumber: string
  readonly validity: Span
  /** Key usage bits by their RFC 5280 names; null when the extension is absent. */
  readonly keyUsage: readonly string[] | null
  /** At most eight, the most promising first; empty with `noPath` saying why. */
  readonly paths: readonly PathCandidate[]
  readonly noPath: { readonly code: string; readonly detail: Bilingual } | null
}

/** Type `DistrustFacts`, producer `certificates`: what falls with one certificate. Informs an administrator; nothing is judged by it. */
export interface DistrustFacts {
  /** Lower-case hex digests of the certificate, one by each algorithm a seal may list it by. */
  readonly digests: readonly string[]
  /** How the CA certificates that fall are named by those they issued, itself among them if it may issue. */
  readonly authorities: readonly {
    /** Lower-case hex SHA-256 over the comparable form of the name. */
    readonly name: string
    /** Key identifier, lower-case hex; null where the CA certificate has none. */
    readonly keyIdentifier: string | null
  }[]
  /** False: there are more than were looked for. */
  readonly complete: boolean
}

/** One path from the certificate to a root held; every check that needs no time is done. */
export interface PathCandidate {
  /** Fingerprints from the end entity to the root, both included. */
  readonly chain: readonly Fingerprint[]
  readonly subjects: readonly string[]
  readonly validities: readonly Span[]
  readonly checks: readonly FactCheck[]
  /** Revocation evidence for each certificate of the chain but the root, in the order of the chain. */
  readonly revocation: readonly (readonly RevocationEvidence[])[]
}

/** Type `MemberFacts`, producer `trust`: the standing of a platform, good for ten minutes by `standingUntil`. */
export interface MemberFacts {
  readonly platform: string
  readonly certificate: Fingerprint
  readonly scope: DivisionScope
  readonly span: Span
  readonly standingUntil: Instant
}
