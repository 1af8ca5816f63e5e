import type {
  DocumentFacts,
  DocumentKind,
  FactCheck,
  Registration,
  SealDescription,
  SealFacts,
  SignatureDescription,
} from '../../model/facts.ts'
import type { SealFormat } from '../../model/seal.ts'
import type { Instant } from '../../model/time.ts'
import type { Originality } from './facts/originality.ts'

/** Everything the bytes of a seal tell, whatever the time: for the graph, for admission and for the judge. Made by `inspectSealBytes`. */
export interface SealReading {
  readonly subject: 'SEAL'
  /** SM3 over the received bytes, lower-case hex: the id of the inspection. */
  readonly digest: string
  /** Null when the bytes are broken beyond their outer shape; `checks` then says how. */
  readonly format: SealFormat | null
  readonly checks: readonly FactCheck[]
  /** Null with `format`. */
  readonly seal: SealDescription | null
  readonly vendor: string | null
  /** The maker's number for the structure (`header.version`). */
  readonly version: number | null
  readonly picture: SealPicture | null
  /** The unit named in the listed signer certificates by credit code and name; null when they name none, or not the same one. */
  readonly owner: SealOwner | null
  /** DER of the maker's certificate and of the listed signers', each once. */
  readonly certificates: readonly Uint8Array[]
  /** Lower-case hex SHA-256 of the maker's certificate. */
  readonly makerFingerprint: string | null
  /** Of the first certificate in the seal's list; null when the list holds digests. */
  readonly signerFingerprint: string | null
}

export interface SealPicture {
  /** As written: `PNG`, `png`, `ofd`. */
  readonly type: string
  readonly data: Uint8Array
  /** Millimetres. */
  readonly width: number
  readonly height: number
}

export interface SealOwner {
  readonly creditCode: string
  readonly name: string
}

/** Everything the bytes of a signature value and of its content tell, whatever the time. Made by `inspectSignatureBytes`. */
export interface SignatureReading {
  readonly subject: 'SIGNATURE'
  /**
   * The id of the verification. Of a value on its own its SM3, followed by `-` and SM3 of the content where that was given; of one
   * in a document SM3 of the document, `-` and its place.
   */
  readonly id: string
  /** As the document names it; null for a value on its own. */
  readonly label: string | null
  /** A time-stamp over the document, which signs nothing: its own conclusion is no part of the document's. */
  readonly isTimeStamp: boolean
  /** Files that came after it and are protected by a later signature; at most a hundred are named. */
  readonly addedLater: readonly string[]
  /** SM3 over the received value, lower-case hex. */
  readonly digest: string
  /** Null when the bytes are broken beyond their outer shape, or a bare signature value that belongs to no structure. */
  readonly format: SealFormat | null
  /** On the signature first, then those on the seal inside. */
  readonly checks: readonly FactCheck[]
  /** The seal inside; null for values without one and for broken ones. */
  readonly seal: SealReading | null
  readonly signature: SignatureDescription
  /** What the signature says it protects (`propertyInfo`). */
  readonly protects: string | null
  /** DER of the signer's and the maker's certificate and of others carried along, each once. */
  readonly certificates: readonly Uint8Array[]
  /** CRLs and OCSP responses carried along, DER: neither decoded nor believed here. */
  readonly revocationEvidence: readonly Uint8Array[]
  readonly makerFingerprint: string | null
  readonly signerFingerprint: string | null
}

/** Everything the bytes of a document tell, whatever the time. Made by `inspectDocumentBytes`. */
export interface DocumentReading {
  readonly kind: DocumentKind
  /** SM3 over the received bytes, lower-case hex: the id of the verification. */
  readonly digest: string
  /** On the document as a whole: format, whether it is signed, originality, files that nothing protects. */
  readonly checks: readonly FactCheck[]
  /** Null for a signature value on its own, which is no document. */
  readonly originality: Originality | null
  /** Files that no signature protects; at most a hundred are named. */
  readonly uncoveredFiles: readonly string[]
  /** In the order of the document; none for an unsigned or a broken one. */
  readonly signatures: readonly SignatureReading[]
}

/** The facts on a document as a whole, for the judge. */
export function documentFactsOf({ kind, digest, checks, signatures }: DocumentReading): DocumentFacts {
  const signing = signatures.filter(({ isTimeStamp }) => !isTimeStamp)
  return { kind, digest, checks, signatures: signing.map(({ id, label }) => ({ id, label: label ?? id.slice(0, 16) })) }
}

/** What the hub itself adds to what the bytes tell. */
export interface Circumstances {
  /** When this hub first recorded the digest; null when it had not. */
  readonly firstSeenAt: Instant | null
  /** The registration under the seal's code; null when there is none. */
  readonly registration: Registration | null
}

/** The facts for the judge: what the bytes tell and what the hub adds. */
export function sealFactsOf(reading: SealReading | SignatureReading, circumstances: Circumstances): SealFacts {
  return {
    subject: reading.subject,
    format: reading.format,
    digest: reading.digest,
    firstSeenAt: circumstances.firstSeenAt,
    checks: reading.checks,
    seal: reading.subject === 'SEAL' ? reading.seal : (reading.seal?.seal ?? null),
    signature: reading.subject === 'SEAL' ? null : reading.signature,
    registration: circumstances.registration,
  }
}
