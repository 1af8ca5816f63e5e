import type { Check } from './check.ts'
import type { DocumentKind } from './facts.ts'
import type { Indication, SubIndication } from './indication.ts'
import type { Bilingual } from './text.ts'

/** What the graph concludes, as asked for by every report. */
export interface Conclusion {
  readonly indication: Indication
  readonly subIndication: SubIndication | null
  readonly summary: Bilingual
  readonly because: readonly Check[]
  readonly reliedOnIn: string
  readonly asOf: string
  readonly knownAt: string
  readonly policy: { readonly id: string; readonly version: string; readonly revocation: 'REQUIRED' | 'OPTIONAL' }
}

/** What bytes alone tell. */
export interface Integrity {
  readonly holds: boolean
  readonly checks: readonly Check[]
}

export interface CertificateSummary {
  readonly fingerprint: string
  readonly subject: string
  readonly issuer: string
  readonly serialNumber: string
  readonly algorithm: string
  readonly keyUsage: readonly string[] | null
  readonly notBefore: string
  readonly notAfter: string
}

interface SealClaims {
  readonly id: string
  readonly format: string | null
  readonly code: string | null
  readonly name: string | null
  readonly class: string | null
  readonly kind: string | null
  readonly vendor: string | null
  readonly createdAt: string | null
  readonly notBefore: string | null
  readonly notAfter: string | null
  readonly registered: { readonly status: { readonly state: string; readonly since: string | null } } | null
}

/** Everything asked about a seal: the diagnostic layer. */
export interface SealReport extends SealClaims {
  readonly integrity: Integrity
  readonly makerCertificate: CertificateSummary | null
  readonly conclusion: Conclusion
}

/** Everything asked about one signature. */
export interface SignatureReport {
  readonly id: string
  readonly label: string | null
  /** A time-stamp over the document, which signs nothing. */
  readonly isTimeStamp: boolean
  readonly format: string | null
  readonly signedAt: string | null
  readonly protects: string | null
  readonly addedLater: readonly string[]
  readonly integrity: Integrity
  readonly seal: SealClaims | null
  readonly signerCertificate: CertificateSummary | null
  readonly makerCertificate: CertificateSummary | null
  readonly conclusion: Conclusion
}

/** Everything asked about a document, or a signature value on its own. */
export interface DocumentReport {
  readonly id: string
  readonly kind: DocumentKind
  readonly originality: string | null
  readonly uncoveredFiles: readonly string[]
  readonly integrity: Integrity
  readonly signatures: readonly SignatureReport[]
  readonly conclusion: Conclusion
}
